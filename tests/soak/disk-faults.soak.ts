import { parseArgs } from 'node:util'
import { notWatchableReason, watchedDisk } from '../durability/disk/watched-disk.ts'
import { diskFaults, failOneByOne } from '../durability/disk-faults.ts'

/** Lets so many calls of each kind fail, one in each run, and prints a line for each kind. */
const { values } = parseArgs({ options: { calls: { type: 'string', default: '5000' } } })

const reason = notWatchableReason()
if (reason !== undefined) throw new Error(`No disk can be made to fail here: ${reason}.`)
using disk = watchedDisk()
for (const [name, fault] of Object.entries(diskFaults)) {
  const counts = await failOneByOne(disk, fault, Number(values.calls))
  process.stdout.write(`${JSON.stringify({ soak: 'disk faults', fault: name, ...counts })}\n`)
  if (counts.faults.length > 0) process.exitCode = 1
}
