import { existsSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

const place = '/dev/shm'

/** Where files are written that a crash of this machine may take: in memory, if there is such a folder and it has room. */
export const ramFolder = existsSync(place) && freeBytes(place) > 2 ** 30 ? place : tmpdir()

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}
