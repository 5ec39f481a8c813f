/** In milliseconds of this thread's own work, so that a busy machine does not count. */
export function watchTurns(): () => number {
  let longest = 0
  let since = process.threadCpuUsage()
  let isWatching = true
  function turn() {
    const { user, system } = process.threadCpuUsage(since)
    longest = Math.max(longest, (user + system) / 1000)
    since = process.threadCpuUsage()
    if (isWatching) setImmediate(turn)
  }
  setImmediate(turn)
  return () => {
    turn()
    isWatching = false
    return longest
  }
}
