import { dirname } from 'node:path'
import type { Operation } from './log.ts'

/**
 * What a disk promises, and no more: a file holds what was written before its last fsync; a name stands for a file, and is
 * gone, only after the fsync of its folder. Everything since then may be there, in any part and any order. That is stricter
 * than the file systems of laptops, which keep names in order: what holds here holds there.
 */
export interface Disk {
  names: Map<string, Entry>
  /** Changes of names that no fsync of their folder has made last. */
  pendingNames: NameChange[]
}

export type Entry = Inode | 'folder'

export interface Inode {
  /** As of the last fsync. */
  content: Buffer
  pending: Change[]
}

export type Change = { at: number; bytes: Buffer } | { size: number }

type NameChange =
  | { kind: 'add'; path: string; entry: Entry }
  | { kind: 'remove'; path: string }
  | { kind: 'move'; from: string; to: string; entry: Entry }

export interface DiskModel {
  disk: Disk
  happen(operation: Operation): void
}

export function diskModel(): DiskModel {
  const disk: Disk = { names: new Map(), pendingNames: [] }
  /** As the running program sees them. */
  const current = new Map<string, Entry>()
  const inodes = new Map<bigint, Inode>()

  function inodeOf(file: bigint): Inode {
    const inode = inodes.get(file)
    if (!inode) throw new Error(`Something happened to the file ${file}, which was never made.`)
    return inode
  }

  function add(path: string, entry: Entry) {
    current.set(path, entry)
    disk.pendingNames.push({ kind: 'add', path, entry })
  }

  function move(from: string, to: string) {
    const entry = current.get(from)
    if (!entry) throw new Error(`${from} was renamed, but never made.`)
    current.delete(from)
    current.set(to, entry)
    disk.pendingNames.push({ kind: 'move', from, to, entry })
  }

  function syncFolder(folder: string) {
    const isHere = (change: NameChange) => dirname(change.kind === 'move' ? change.to : change.path) === (folder || '.')
    for (const change of disk.pendingNames.filter(isHere)) changeName(disk.names, change)
    disk.pendingNames = disk.pendingNames.filter((change) => !isHere(change))
  }

  return {
    disk,
    happen(operation) {
      switch (operation.kind) {
        case 'create': {
          const inode = { content: Buffer.alloc(0), pending: [] }
          inodes.set(operation.file, inode)
          return add(operation.path, inode)
        }
        case 'write':
          return void inodeOf(operation.file).pending.push(operation)
        case 'truncate':
          return void inodeOf(operation.file).pending.push(operation)
        case 'sync':
          return settle(inodeOf(operation.file))
        case 'makeFolder':
          return add(operation.path, 'folder')
        case 'rename':
          return move(operation.from, operation.to)
        case 'unlink':
          current.delete(operation.path)
          return void disk.pendingNames.push({ kind: 'remove', path: operation.path })
        case 'syncFolder':
          return syncFolder(operation.path)
      }
    },
  }
}

/** The files as the running program sees them: nothing is lost. */
export function everythingOn({ names, pendingNames }: Disk): Map<string, Buffer> {
  const all = new Map(names)
  for (const change of pendingNames) changeName(all, change)
  const files = new Map<string, Buffer>()
  for (const [path, entry] of all) {
    if (entry !== 'folder') files.set(path, contentAfter(entry.content, entry.pending))
  }
  return files
}

export function changeName(names: Map<string, Entry>, change: NameChange) {
  if (change.kind === 'remove') names.delete(change.path)
  else if (change.kind === 'add') names.set(change.path, change.entry)
  else {
    names.delete(change.from)
    names.set(change.to, change.entry)
  }
}

function settle(inode: Inode) {
  inode.content = contentAfter(inode.content, inode.pending)
  inode.pending = []
}

/** The whole of the changes, in their order. */
function contentAfter(before: Buffer, changes: readonly Change[]): Buffer {
  const content = growing(before, longest(before.length, changes))
  for (const change of changes) {
    if ('size' in change) content.resize(change.size)
    else content.put(change.at, change.bytes)
  }
  return content.bytes()
}

/** The size of a file in which every one of the changes finds room. */
export function longest(size: number, changes: readonly Change[]): number {
  return changes.reduce(
    (most, change) => Math.max(most, 'size' in change ? change.size : change.at + change.bytes.length),
    size,
  )
}

/** A file that grows within a buffer of its greatest size; `filler` is what stands where nobody has written. */
export function growing(before: Buffer, room: number, filler?: Buffer) {
  const buffer = filler ? Buffer.from(filler) : Buffer.alloc(room)
  before.copy(buffer)
  let size = before.length
  return {
    put(at: number, bytes: Buffer) {
      bytes.copy(buffer, at)
      size = Math.max(size, at + bytes.length)
    },
    resize(to: number) {
      if (to < size) buffer.fill(0, to, size)
      size = to
    },
    bytes: () => buffer.subarray(0, size),
  }
}
