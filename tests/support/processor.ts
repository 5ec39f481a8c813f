/** Milliseconds that this process has had of the processor since the call: others work on the machine, too. */
export function processorTime(): () => number {
  const began = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(began)
    return (user + system) / 1000
  }
}
