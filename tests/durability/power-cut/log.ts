import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { Mark } from '../marks.ts'

/** One thing that happened to the watched folder; paths are relative to it. `file`: the number of the inode. */
export type Operation =
  | { kind: 'create'; file: bigint; path: string }
  | { kind: 'write'; file: bigint; at: number; bytes: Buffer }
  | { kind: 'truncate'; file: bigint; size: number }
  | { kind: 'sync'; file: bigint }
  | { kind: 'rename'; from: string; to: string }
  | { kind: 'unlink'; path: string }
  | { kind: 'makeFolder'; path: string }
  | { kind: 'syncFolder'; path: string }
  | { kind: 'mark'; mark: Mark }

const headLength = 24

/** What the watched disk wrote down, in the order in which it happened. */
export function readLog(path: string, folder: string): Operation[] {
  const bytes = readFileSync(path)
  const operations: Operation[] = []
  for (let at = 0; at < bytes.length; ) {
    const head = {
      kind: bytes.readUInt32LE(at),
      file: bytes.readBigUInt64LE(at + 8),
      offset: Number(bytes.readBigInt64LE(at + 16)),
    }
    const end = at + headLength + bytes.readUInt32LE(at + 4)
    operations.push(operationOf(head, bytes.subarray(at + headLength, end), folder))
    at = end
  }
  return operations
}

interface Head {
  kind: number
  file: bigint
  offset: number
}

function operationOf({ kind, file, offset }: Head, content: Buffer, folder: string): Operation {
  const text = () => content.toString()
  const path = (name: string) => relative(folder, name)
  switch (kind) {
    case 1:
      return { kind: 'create', file, path: path(text()) }
    case 2:
      return { kind: 'write', file, at: offset, bytes: content }
    case 3:
      return { kind: 'truncate', file, size: offset }
    case 4:
      return { kind: 'sync', file }
    case 5: {
      const [from = '', to = ''] = text().split('\n')
      return { kind: 'rename', from: path(from), to: path(to) }
    }
    case 6:
      return { kind: 'unlink', path: path(text()) }
    case 7:
      return { kind: 'makeFolder', path: path(text()) }
    case 8:
      return { kind: 'syncFolder', path: path(text()) }
    case 9:
      return { kind: 'mark', mark: Mark.parse(JSON.parse(text())) }
    default:
      throw new Error(`The log holds a record of the unknown kind ${kind}.`)
  }
}
