import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, constants } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ramFolder } from '../support/ram-folder.ts'
import type { WatchedDisk } from './disk/watched-disk.ts'
import type { DiskCounts, DiskOrder } from './failing-disk.ts'

const run = promisify(execFile)
const { ENOSPC, EIO } = constants.errno

/** What can go wrong with a call, and whether it goes on. */
export const diskFaults = {
  'no room for a write': { call: 'write', errno: ENOSPC, how: 'on' },
  'a write that fails': { call: 'write', errno: EIO, how: 'once' },
  'an fsync that fails': { call: 'sync', errno: EIO, how: 'once' },
  'an fsync that goes on failing': { call: 'sync', errno: EIO, how: 'on' },
  'a truncation that fails': { call: 'truncate', errno: EIO, how: 'on' },
  'an opening that fails': { call: 'open', errno: EIO, how: 'on' },
} as const satisfies Record<string, Pick<DiskOrder, 'call' | 'errno' | 'how'>>

export type DiskFault = (typeof diskFaults)[keyof typeof diskFaults]

/**
 * Lets the first call of a kind fail, then the second or the one that is `every` so many later, up to `most` or to the last
 * there is, spread over all processors.
 */
export async function failOneByOne(disk: WatchedDisk, fault: DiskFault, most: number, every = 1): Promise<DiskCounts> {
  const processors = availableParallelism()
  const shares = Array.from({ length: processors }, (_, index) =>
    share(disk, { ...fault, first: 1 + index * every, step: processors * every, most }),
  )
  return (await Promise.all(shares)).reduce((a, b) => ({
    failed: a.failed + b.failed,
    startsRefused: a.startsRefused + b.startsRefused,
    acknowledged: a.acknowledged + b.acknowledged,
    refused: a.refused + b.refused,
    faults: [...a.faults, ...b.faults],
  }))
}

async function share(disk: WatchedDisk, order: Omit<DiskOrder, 'folder' | 'aside' | 'faultFile'>): Promise<DiskCounts> {
  const place = mkdtempSync(join(ramFolder, 'bdc-faults-'))
  const [folder, faultFile] = [join(place, 'disk'), join(place, 'fault')]
  mkdirSync(folder)
  writeFileSync(faultFile, '')
  try {
    const told: DiskOrder = { ...order, folder, faultFile, aside: place }
    const program = join(import.meta.dirname, 'failing-disk.ts')
    const { stdout } = await run(process.execPath, [program, JSON.stringify(told)], {
      env: disk.environment({ folder, fault: faultFile }),
      maxBuffer: 100_000_000,
    })
    return JSON.parse(stdout) as DiskCounts
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
