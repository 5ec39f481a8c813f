import { afterAll, describe, expect, it } from 'vitest'
import { notWatchableReason, type WatchedDisk, watchedDisk } from './disk/watched-disk.ts'
import { type DiskFault, diskFaults, failOneByOne } from './disk-faults.ts'

const reason = notWatchableReason()
const most = 200
/** A prime, so that each call that a commit makes has its turn. */
const step = 7

/** Calls of these kinds there are only a few of; all of them fail once. */
const few: Partial<Record<DiskFault['call'], number>> = { truncate: 2, open: 5 }

describe('a disk that is full or fails', { skip: reason !== undefined, meta: { skipReason: reason } }, () => {
  let compiled: WatchedDisk | undefined
  const disk = () => (compiled ??= watchedDisk())
  afterAll(() => compiled?.[Symbol.dispose]())

  it.each(Object.entries(diskFaults))(
    'costs no acknowledged answer, is told to the learner, and leaves a database that goes on: %s',
    async (_, fault) => {
      const least = few[fault.call]
      const every = least === undefined ? step : 1
      const { failed, faults, acknowledged, refused } = await failOneByOne(disk(), fault, most, every)
      expect(faults).toEqual([])
      expect(failed).toBeGreaterThanOrEqual(least ?? Math.ceil(most / step))
      expect(acknowledged).toBeGreaterThan(failed)
      if (least === undefined) expect(refused).toBeGreaterThanOrEqual(failed - 2)
    },
    300_000,
  )
})
