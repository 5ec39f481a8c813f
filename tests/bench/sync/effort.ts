import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'

export interface Effort {
  seconds: number
  /** Of this process and all that it has started, at all cores together; null where the system does not say. */
  cpuSeconds: number | null
  /** How many wanted to run at once beside the work, on average; beyond the number of cores everything waits. */
  load: number
  cores: number
}

/** How long something takes, and how much of the machine: beside other work the first says little without the second. */
export async function effortOf(work: () => Promise<unknown>): Promise<Effort> {
  const [began, before] = [performance.now(), cpuSeconds()]
  await work()
  const after = cpuSeconds()
  return {
    seconds: Number(((performance.now() - began) / 1000).toFixed(2)),
    cpuSeconds: before === null || after === null ? null : Number((after - before).toFixed(2)),
    load: Number((loadavg()[0] ?? 0).toFixed(1)),
    cores: availableParallelism(),
  }
}

/** Linux counts in hundredths of a second (proc(5), `USER_HZ`). */
function cpuSeconds(): number | null {
  if (!existsSync('/proc/self/stat')) return null
  const processes = readdirSync('/proc').flatMap((name) => statOf(name))
  const own = new Set([process.pid])
  for (let size = 0; size < own.size; ) {
    size = own.size
    for (const { id, parent } of processes) if (own.has(parent)) own.add(id)
  }
  return processes.reduce((sum, { id, ticks }) => sum + (own.has(id) ? ticks : 0), 0) / 100
}

function statOf(name: string): { id: number; parent: number; ticks: number }[] {
  if (!/^\d+$/.test(name)) return []
  try {
    const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    // Parent; then user and system time, of the process and of its children that have ended.
    const ticks = [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0)
    return [{ id: Number(name), parent: Number(fields[1]), ticks }]
  } catch {
    return []
  }
}
