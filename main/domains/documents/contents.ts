import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Reader, Writer } from '../../database/database.ts'
import { registry } from '../../database/registry.ts'
import { contentBytes } from './queries.ts'

/** SHA-256 of bytes, hex. */
export function digestOfBytes(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * Where a content of these pieces lies. One piece is its own name; several are named by their list, under another word, so
 * that no file can be written whose bytes have the name of somebody else's list.
 */
export function pathOfPieces(pieces: readonly string[]): string {
  const [only, ...others] = pieces
  if (only !== undefined && others.length === 0) return `content:${only}`
  return `pieces:${digestOfBytes(Buffer.from(pieces.join('\n')))}`
}

/** The digest in a path, which names one piece, or a list of them. */
export function nameIn(path: string | null): { kind: 'content' | 'pieces'; digest: string } | undefined {
  const [, kind, digest] = /^(content|pieces):([0-9a-f]{64})$/.exec(path ?? '') ?? []
  if (digest === undefined) return undefined
  return { kind: kind === 'pieces' ? 'pieces' : 'content', digest }
}

/** Digests of the pieces of a content, in order. */
export async function piecesOf(db: Reader, path: string | null): Promise<string[]> {
  const name = nameIn(path)
  if (!name) return []
  if (name.kind === 'content') return [name.digest]
  const rows = await db
    .selectFrom('document_pieces')
    .select('sha256')
    .where('content', '=', name.digest)
    .orderBy('position')
    .execute()
  return rows.map(({ sha256 }) => sha256)
}

/** One piece and how many there are; undefined where it has not reached this machine. */
export async function pieceAt(db: Reader, path: string | null, position: number) {
  const name = nameIn(path)
  if (!name) return undefined
  if (name.kind === 'content') {
    const bytes = position === 0 ? await contentBytes(db, name.digest) : undefined
    return bytes && { bytes, pieces: 1 }
  }
  const piece = await db
    .selectFrom('document_pieces')
    .select((eb) => [
      'sha256',
      eb
        .selectFrom('document_pieces as all')
        .select((all) => all.fn.countAll<number>().as('count'))
        .where('all.content', '=', name.digest)
        .as('pieces'),
    ])
    .where('content', '=', name.digest)
    .where('position', '=', position)
    .executeTakeFirst()
  const bytes = piece && (await contentBytes(db, piece.sha256))
  return bytes && { bytes, pieces: piece.pieces ?? 1 }
}

/** Writes down the list of a content that has several pieces; the same list is written once. */
export async function keepPieces(db: Writer, path: string, pieces: readonly string[]) {
  const name = nameIn(path)
  if (name?.kind !== 'pieces') return
  const rows = pieces.map((sha256, position) => ({ content: name.digest, position, sha256 }))
  for (let from = 0; from < rows.length; from += 1000) {
    await db
      .insertInto('document_pieces')
      .values(rows.slice(from, from + 1000))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** Takes out the lists of these contents that no document refers to any more. */
export async function dropUnusedLists(db: Writer, paths: readonly (string | null)[]) {
  for (const path of new Set(paths)) {
    const name = nameIn(path)
    if (name?.kind !== 'pieces' || (await isReferred(db, path))) continue
    await db.deleteFrom('document_pieces').where('content', '=', name.digest).execute()
  }
}

/** Takes out the bytes of these pieces as far as nothing refers to them; returns how many went. */
export async function dropUnusedPieces(db: Writer, digests: readonly string[]): Promise<number> {
  let dropped = 0
  for (const digest of new Set(digests)) {
    if (await isUsed(db, digest)) continue
    await db.deleteFrom('document_contents').where('sha256', '=', digest).execute()
    dropped += 1
  }
  return dropped
}

async function isReferred(db: Reader, path: string | null): Promise<boolean> {
  const found = await db.selectFrom('documents').select('id').where('file_path', '=', path).limit(1).executeTakeFirst()
  return found !== undefined || (path !== null && (await isDisputed(db, path)))
}

/** Two computers brought a newer content of one document: the one that does not count may still be chosen, and a choice undone for ninety days. */
async function isDisputed(db: Reader, path: string): Promise<boolean> {
  const found = await db
    .selectFrom('sync_conflicts')
    .select('id')
    .where('table_number', '=', registry.documents.number)
    .where(sql<boolean>`(decided_at is null or decided_at > strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-90 days'))`)
    .where(sql<boolean>`${path} in (kept_values ->> 'file_path', lost_values ->> 'file_path')`)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** A document, a list of pieces, or a file that is still on its way in. */
export async function isUsed(db: Reader, digest: string): Promise<boolean> {
  if (await isReferred(db, `content:${digest}`)) return true
  const inList = await db
    .selectFrom('document_pieces')
    .select('position')
    .where('sha256', '=', digest)
    .limit(1)
    .executeTakeFirst()
  if (inList) return true
  const onItsWay = await db
    .selectFrom('document_upload_pieces')
    .select('position')
    .where('sha256', '=', digest)
    .limit(1)
    .executeTakeFirst()
  return onItsWay !== undefined
}
