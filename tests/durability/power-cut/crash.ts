import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Chance } from '../chance.ts'
import { type Change, changeName, type Disk, type Entry, growing, type Inode, longest } from './disk.ts'

const sectorSize = 512

/** How much of what no fsync has made last survives the cut. */
type Survival = { what: 'nothing' } | { what: 'everything' } | { what: 'some'; likelihood: number; filler: Filler }
/** What stands where the size of a file arrived before its content did. */
type Filler = 'none' | 'zeros' | 'garbage'

const fillers: readonly Filler[] = ['none', 'zeros', 'garbage']

function survivalBy(chance: Chance): Survival {
  if (chance.is(0.1)) return { what: 'nothing' }
  if (chance.is(0.1)) return { what: 'everything' }
  return { what: 'some', likelihood: chance.of([0.05, 0.3, 0.5, 0.7, 0.95]), filler: chance.of(fillers) }
}

/** The files after a power cut at this moment, as one throw of chance has it. */
export function crash(disk: Disk, chance: Chance): Map<string, Buffer> {
  const survival = survivalBy(chance)
  const names = new Map(disk.names)
  for (const change of disk.pendingNames) if (survives(survival, chance)) changeName(names, change)
  const files = new Map<string, Buffer>()
  for (const [path, entry] of names) {
    if (entry !== 'folder' && isReachable(path, names)) files.set(path, contentAt(entry, survival, chance))
  }
  return files
}

function survives(survival: Survival, chance: Chance): boolean {
  return survival.what === 'everything' || (survival.what === 'some' && chance.is(survival.likelihood))
}

/** A file in a folder that has no name is lost with it. */
function isReachable(path: string, names: Map<string, Entry>): boolean {
  const folder = dirname(path)
  return folder === '.' || (names.get(folder) === 'folder' && isReachable(folder, names))
}

function contentAt({ content, pending }: Inode, survival: Survival, chance: Chance): Buffer {
  if (pending.length === 0 || survival.what === 'nothing') return content
  const room = longest(content.length, pending)
  const filler = survival.what === 'some' ? survival.filler : 'none'
  const file = growing(content, room, filler === 'garbage' ? garbage(room, chance) : undefined)
  if (filler !== 'none') file.resize(room)
  for (const change of pending) {
    if ('size' in change) {
      if (survives(survival, chance)) file.resize(change.size)
    } else {
      for (const sector of sectorsOf(change)) if (survives(survival, chance)) file.put(sector.at, sector.bytes)
    }
  }
  return file.bytes()
}

function garbage(size: number, chance: Chance): Buffer {
  return Buffer.alloc(size, Buffer.from(Array.from({ length: 4_099 }, () => chance.below(256))))
}

/** A disk writes sectors whole, and a page of the database is eight of them. */
function* sectorsOf({ at, bytes }: Extract<Change, { bytes: Buffer }>) {
  for (let from = at; from < at + bytes.length; ) {
    const to = Math.min(at + bytes.length, (Math.floor(from / sectorSize) + 1) * sectorSize)
    yield { at: from, bytes: bytes.subarray(from - at, to - at) }
    from = to
  }
}

/** Puts the files of a crash, and nothing else, into a folder. */
export function lay(folder: string, files: Map<string, Buffer>) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
}
