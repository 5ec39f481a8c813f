import { createHash } from 'node:crypto'
import { registry } from '../../../main/database/registry.ts'
import type { ContentWay, PutReply } from '../../../main/sync/contents/wire.ts'
import { Unreachable } from '../../../main/sync/wire.ts'
import type { SmallCentre } from './small-centre.ts'

export const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex')

export type SmallContents = ReturnType<typeof smallContents>

/** As much of a centre as the contents of one device need: it looks at names and digests, and at nothing else. */
export function smallContents(centre: SmallCentre) {
  const whole = new Map<string, Buffer>()
  const parts = new Map<string, Buffer>()
  const counted = { puts: 0, gets: 0, bytesUp: 0, bytesDown: 0 }
  let most = Number.POSITIVE_INFINITY

  const names = (path: string) =>
    [...centre.rows().values()].some(
      ({ state }) => state.table === registry.documents.number && !state.deletion && state.values['file_path'] === path,
    )
  const listed = (path: string) =>
    path.startsWith('pieces:') ? (whole.get(path.slice(7))?.toString().split('\n') ?? []) : []
  const mayCarry = (path: string, digest: string) =>
    names(path) && (path.endsWith(`:${digest}`) || listed(path).includes(digest))

  function way(): ContentWay & { isDown: boolean; cutAfter: number } {
    const line = { isDown: false, cutAfter: Number.POSITIVE_INFINITY }
    /** Loses the answer as often as the question. */
    async function over<T>(answer: () => T): Promise<T> {
      if (line.isDown || line.cutAfter <= 0) throw new Unreachable('The line is cut.')
      const said = answer()
      line.cutAfter -= 1
      if (line.cutAfter <= 0) throw new Unreachable('The line is cut.')
      return said
    }
    return Object.assign(line, {
      have: ({ paths }: Parameters<ContentWay['have']>[0]) =>
        over(() => ({
          contents: paths.map((path) => {
            const name = path.split(':')[1] ?? ''
            if (!names(path)) return { state: 'missing' as const, lacks: [] }
            const lacks = [name, ...listed(path)].filter((digest) => !whole.has(digest))
            return { state: lacks.length > 0 ? ('waiting' as const) : ('whole' as const), lacks: lacks.slice(0, 50) }
          }),
        })),
      put: ({ path, digest, size, from, base64 }: Parameters<ContentWay['put']>[0]) =>
        over((): PutReply => {
          counted.puts += 1
          if (!mayCarry(path, digest)) return { status: 'missing', has: 0, isWhole: false }
          if (size > most) return { status: 'tooLarge', has: 0, isWhole: false }
          if (whole.has(digest)) return { status: 'ok', has: size, isWhole: true }
          const before = parts.get(digest) ?? Buffer.alloc(0)
          const given = Buffer.from(base64, 'base64')
          counted.bytesUp += given.length
          const now = from === before.length ? Buffer.concat([before, given]) : before
          parts.set(digest, now)
          if (now.length < size) return { status: 'ok', has: now.length, isWhole: false }
          parts.delete(digest)
          if (sha256(now) !== digest) return { status: 'wrong', has: 0, isWhole: false }
          whole.set(digest, now)
          return { status: 'ok', has: size, isWhole: true }
        }),
      get: ({ path, digest, from, bytes }: Parameters<ContentWay['get']>[0]) =>
        over(() => {
          counted.gets += 1
          const all = whole.get(digest)
          if (!mayCarry(path, digest)) return { status: 'missing' as const, size: 0, base64: '' }
          if (!all) return { status: 'waiting' as const, size: 0, base64: '' }
          const part = all.subarray(from, from + bytes)
          counted.bytesDown += part.length
          return { status: 'ok' as const, size: all.length, base64: part.toString('base64') }
        }),
    })
  }

  return {
    whole,
    counted,
    way,
    takeAtMost(bytes: number) {
      most = bytes
    },
  }
}
