import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'

/** Where files are written that a crash of this machine may take: in memory, if there is such a folder. */
export const ramFolder = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
