import { erasedAccount } from '../erased-account.ts'
import { ownMembership } from './membership.ts'
import { type Moving, moverOf, valuesMover } from './rekey.ts'
import type { Replica } from './replica.ts'
import { type Parting, restamped } from './restamp.ts'
import { stateOf } from './rows.ts'
import { type Contents, putIntoOutbox } from './seal.ts'
import { joined, type RowState, seenBy, writtenIn } from './state.ts'
import { PushedRow } from './wire.ts'

/**
 * What was sealed and the centre is not known to have. It says what was written here before it met what others wrote, which
 * nothing else says any more: a later life of this database has to send it too.
 */
export function unsentOf({ prepared }: Replica): Contents[] {
  return prepared<Contents>(
    `SELECT body, through_change AS through, clock, sealed_at AS sealedAt FROM sync_outbox JOIN sync_bodies USING (number)
    WHERE number > (SELECT acknowledged FROM sync_state) ORDER BY number`,
  ).all()
}

/** Seals it as who this database is now. */
export function sealUnsent(replica: Replica, contents: readonly Contents[]) {
  putIntoOutbox(replica, ownMembership(replica), contents)
  replica
    .prepared('UPDATE sync_state SET sealed = max(sealed, ?)')
    .run(Math.max(0, ...contents.map(({ through }) => through)))
}

/** The same rows with the ids and stamps that they have since this copy parted from the other one. */
export function partedContents(replica: Replica, contents: readonly Contents[], moving: Moving, parting: Parting) {
  const { connection, schema } = replica
  const move = moverOf(moving)
  const movers = new Map(
    schema.tables.map(({ name, number }) => [number, { name, moved: valuesMover(connection, name, move) }]),
  )
  const parted = (line: string): string => {
    const { base, ...state } = PushedRow.parse(JSON.parse(line))
    const its = movers.get(state.table)
    if (!its) return line
    const id = move(its.name, state.id)
    const values = { ...its.moved(state.values), ...(its.name === 'users' && erasedName(state, id)) }
    return JSON.stringify({ ...restamped({ ...state, id, values }, parting), base } satisfies PushedRow)
  }
  return contents.map((one) => ({ ...one, body: one.body.split('\n').map(parted).join('\n') }))
}

/** Erased people are told apart by their number. */
function erasedName({ id: before, values }: RowState, id: number): RowState['values'] {
  return values['email'] === erasedAccount(before).email ? erasedAccount(id) : {}
}

/**
 * For a centre that has lost rows with a higher number than `head`. Where what was written here met what others wrote before
 * the centre had it, the joint state claims to have seen what it may only have overwritten: offered like that, it would keep
 * the centre from asking anybody when that comes again from whoever wrote it.
 */
export function claimLess(replica: Replica, contents: readonly Contents[], head: number) {
  const write = replica.prepared('UPDATE sync_rows SET seen = ? WHERE table_number = ? AND id = ? AND base > ?')
  const first = new Map<string, RowState>()
  for (const { body } of contents) {
    for (const line of body.split('\n')) {
      const sealed = PushedRow.parse(JSON.parse(line))
      const key = `${sealed.table} ${sealed.id}`
      first.set(key, first.get(key) ?? sealed)
    }
  }
  for (const sealed of first.values()) {
    const table = replica.schema.byNumber.get(sealed.table)
    const state = table && stateOf(replica, table, sealed.id)
    if (state) write.run(JSON.stringify(joined(seenBy(sealed), writtenIn(state))), sealed.table, sealed.id, head)
  }
}
