import { randomUUID } from 'node:crypto'
import type { Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Actor } from '../../actor.ts'
import type { WriteContext } from '../../context.ts'
import type { Writer } from '../../database/database.ts'
import { scopeOf } from '../../scope.ts'
import { deleteAppointment, familyOf, putAppointment, type Stored } from './queries.ts'

interface Done {
  organizationId: Id
  userId: Id | null
  /** The rows of each series as they were, and as they became. */
  before: Stored[]
  after: Stored[]
  /** What else is put back, before the rows are. */
  alsoBack: AlsoBack | undefined
}

/** Returns the name of the calendar elsewhere that does not become what it was. */
type AlsoBack = (db: Writer) => Promise<string | null>

const mostKept = 200

/** What was done lately, as long as this program runs: the words on the screen that offer to take it back go before that. */
export function undoShelf() {
  const kept = new Map<string, Done>()

  /** Does something with some series and keeps how they were. */
  async function undoable<T>(
    { db, actor }: Pick<WriteContext, 'db' | 'actor'>,
    roots: readonly Id[],
    work: () => Promise<{ result: T; made?: readonly Id[]; alsoBack?: AlsoBack }>,
  ): Promise<{ result: T; undo: string }> {
    const { organizationId } = scopeOf(actor)
    const before = await rowsOf(db, organizationId, roots)
    const { result, made = [], alsoBack } = await work()
    const after = await rowsOf(db, organizationId, [...roots, ...made])
    const undo = randomUUID()
    kept.set(undo, { organizationId, userId: actor.userId, before, after, alsoBack })
    for (const [oldest] of [...kept].slice(0, kept.size - mostKept)) kept.delete(oldest)
    return { result, undo }
  }

  /** Once, and only while everything is as it was left. */
  async function takeBack({ db, actor, now }: Pick<WriteContext, 'db' | 'actor' | 'now'>, undo: string) {
    const done = kept.get(undo)
    if (!done || !isTheirs(done, actor)) throw new Refusal('notFound', 'appointment.tooLateToUndo')
    const roots = new Set([...done.before, ...done.after].map(({ id, series_id }) => series_id ?? id))
    const present = await rowsOf(db, done.organizationId, [...roots])
    if (versions(present) !== versions(done.after)) throw new Refusal('conflict', 'appointment.changedSince')
    const staysIn = (await done.alsoBack?.(db)) ?? null
    const had = new Set(done.before.map(({ id }) => id))
    for (const { id } of done.after.toReversed()) if (!had.has(id)) await deleteAppointment(db, id)
    const changed = done.before.filter((row) => !done.after.some((other) => sameRow(row, other)))
    for (const row of changed) await putAppointment(db, { ...row, updated_at: now })
    return { before: done.before, after: done.after, staysIn, forget: () => kept.delete(undo) }
  }
  return { undoable, takeBack }
}

export type UndoShelf = ReturnType<typeof undoShelf>

function isTheirs({ organizationId, userId }: Done, actor: Actor): boolean {
  return userId === actor.userId && organizationId === scopeOf(actor).organizationId
}

async function rowsOf(db: Writer, organizationId: Id, roots: readonly Id[]): Promise<Stored[]> {
  const rows = new Map<Id, Stored>()
  for (const root of new Set(roots)) for (const row of await familyOf(db, organizationId, root)) rows.set(row.id, row)
  return [...rows.values()].toSorted((one, other) => one.id - other.id)
}

function versions(rows: readonly Stored[]): string {
  return JSON.stringify(rows.map(({ id, updated_at, deleted_at }) => [id, updated_at, deleted_at]))
}

function sameRow(one: Stored, other: Stored): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
