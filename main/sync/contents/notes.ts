import { inOneWrite, type Replica } from '../replica.ts'

/**
 * What stands in the way of a content. `missing`: the centre knows no document that names it. `waiting`: the centre has not
 * got it yet. `wrong`: what came is not what its name says; `damaged`: what is here is not. `line`: the line broke at it.
 */
export type Problem = 'missing' | 'waiting' | 'wrong' | 'damaged' | 'tooLarge' | 'noRoom' | 'diskFull' | 'line'

export interface OpenContent {
  path: string
  size: number
  isHere: 0 | 1
  failures: number
}

const named = `(file_path GLOB 'content:*' AND length(file_path) = 72 OR file_path GLOB 'pieces:*' AND length(file_path) = 71)
  AND substr(file_path, instr(file_path, ':') + 1) NOT GLOB '*[^0-9a-f]*'`

const isAllHere = `CASE WHEN path GLOB 'content:*' THEN EXISTS (SELECT 1 FROM document_contents WHERE sha256 = substr(path, 9))
  ELSE EXISTS (SELECT 1 FROM document_pieces WHERE content = substr(path, 8)) AND NOT EXISTS (
    SELECT 1 FROM document_pieces AS p WHERE p.content = substr(path, 8)
      AND NOT EXISTS (SELECT 1 FROM document_contents AS c WHERE c.sha256 = p.sha256)) END`

/** Rows of one transaction; what is to be written is looked for before it begins. */
const notedAtOnce = 200

/** Notes the contents that documents have come to name since, and forgets those that none names any more. */
export function noteContents(replica: Replica, organizationId: number) {
  const { prepared } = replica
  const found = prepared<{ path: string; size: number }>(
    `SELECT file_path AS path, max(coalesce(file_size, 0)) AS size FROM documents
    WHERE organization_id = ? AND ${named} AND NOT EXISTS (SELECT 1 FROM sync_contents WHERE path = file_path)
    GROUP BY file_path LIMIT ${notedAtOnce}`,
  )
  for (let rows = found.all(organizationId); rows.length > 0; rows = found.all(organizationId)) {
    inOneWrite(replica, () => {
      for (const { path, size } of rows) {
        prepared(`INSERT INTO sync_contents (path, size, is_here) SELECT path, ?, ${isAllHere} FROM (SELECT ? AS path)
          WHERE EXISTS (SELECT 1 FROM documents WHERE file_path = path)`).run(size, path)
      }
    })
  }
  const unnamed = 'NOT EXISTS (SELECT 1 FROM documents WHERE file_path = path)'
  if (prepared(`SELECT 1 FROM sync_contents WHERE ${unnamed} LIMIT 1`).get()) {
    inOneWrite(replica, () => prepared(`DELETE FROM sync_contents WHERE ${unnamed}`).run())
  }
}

/**
 * The next contents that have a way to go: first what somebody here waits for, then what goes to the centre, then what comes
 * by itself; small ones first, so that one large file keeps no other waiting.
 *
 * @param byItself bytes up to which a content comes without being asked for
 */
export function openContents({ prepared }: Replica, now: string, byItself: number, most: number): OpenContent[] {
  return prepared<OpenContent>(
    `SELECT path, size, is_here AS isHere, failures FROM sync_contents
    WHERE (is_here = 0 OR is_at_centre = 0) AND (due_at IS NULL OR due_at <= @now)
      AND (is_here = 1 OR asked_at IS NOT NULL OR size <= @byItself)
    ORDER BY is_here = 0 AND asked_at IS NOT NULL DESC, is_here DESC, size, path LIMIT @most`,
  ).all({ now, byItself, most })
}

/** When the next one is tried again, in milliseconds since 1970; undefined where none waits. */
export function nextDue({ prepared }: Replica): number | undefined {
  const due = prepared<string | null>(
    'SELECT min(due_at) FROM sync_contents WHERE is_here = 0 OR is_at_centre = 0',
  ).pluck()
  return Date.parse(due.get() ?? '') || undefined
}

export function isContentHere({ prepared }: Replica, path: string): boolean {
  return prepared<number>(`SELECT ${isAllHere} FROM (SELECT ? AS path)`).pluck().get(path) === 1
}

/** False: no document names it any more. */
export function isStillNamed({ prepared }: Replica, path: string): boolean {
  return prepared('SELECT 1 FROM sync_contents WHERE path = ?').get(path) !== undefined
}

export function noteAtCentre(replica: Replica, path: string) {
  write(replica, path, 'is_at_centre = 1, problem = NULL, failures = 0, due_at = NULL')
}

export function noteHere(replica: Replica, path: string) {
  write(replica, path, 'is_here = 1, asked_at = NULL, problem = NULL, failures = 0, due_at = NULL')
}

/** Its bytes are not all here any more: it is to come, and not to go. */
export function noteLost(replica: Replica, path: string) {
  write(replica, path, 'is_here = 0, due_at = NULL')
}

const [firstPauseMs, longestPauseMs] = [60_000, 24 * 3_600_000]
/** What the centre has not got yet may come at any moment, a document with the next round, and asking costs next to nothing. */
const waitingPauseMs = 5_000

/** Tried again later, each time after a longer pause. */
export function noteProblem(replica: Replica, { path, failures }: OpenContent, problem: Problem, now: Date) {
  const isWaiting = problem === 'waiting'
  const first = problem === 'missing' ? waitingPauseMs : firstPauseMs
  const pause = isWaiting ? waitingPauseMs : Math.min(longestPauseMs, first * 2 ** Math.min(failures, 20))
  const due = new Date(now.getTime() + pause).toISOString()
  inOneWrite(replica, () =>
    replica
      .prepared('UPDATE sync_contents SET problem = ?, failures = ?, due_at = ? WHERE path = ?')
      .run(problem, isWaiting ? failures : failures + 1, due, path),
  )
}

function write(replica: Replica, path: string, sets: string) {
  inOneWrite(replica, () => replica.prepared(`UPDATE sync_contents SET ${sets} WHERE path = ?`).run(path))
}
