import { fold } from '../../shared/fold.ts'
import type { TableName } from '../database/registry.ts'
import { fieldsInJson } from '../domains/beneficiaries/metadata.ts'
import { keysOf } from '../domains/beneficiaries/people-keys.ts'
import { isPutAway } from '../domains/merges/put-away.ts'
import type { Replica } from './replica.ts'
import { changedColumns, type Values } from './rows.ts'
import type { SyncTable } from './schema.ts'
import type { RowState } from './state.ts'

export interface Derived {
  /** Whether anything follows from rows of this table. */
  isFrom(table: SyncTable): boolean
  /** A row was written where this stood of it; without that, a new one, or one that went. */
  touched(table: SyncTable, state: RowState, before?: Values): void
  /** Brings what follows from the touched rows up to date, in the same transaction. */
  write(): void
}

interface Source {
  /** What follows from a row follows from these alone. */
  columns: readonly string[]
  note(state: RowState, before: Values | undefined): void
}

interface Person {
  id: number
  organizationId: number
  trainerId: number | null
  status: string
  name: string
  dateOfBirth: string | null
  phone: string
  preferences: string | null
  profileMetadata: string | null
  fileMetadata: string | null
  /** Put into another file. */
  isAway: 0 | 1
}

const among = 'IN (SELECT value FROM json_each(?))'
// Statements are put together once: a first round runs them for every person.
const peopleTouched = `SELECT b.id, b.organization_id AS organizationId, b.trainer_id AS trainerId, b.status, u.name,
    p.date_of_birth AS dateOfBirth, coalesce(p.phone, '') AS phone,
    p.preferences, p.metadata AS profileMetadata, b.metadata AS fileMetadata,
    ${isPutAway('b')} AS isAway
  FROM beneficiaries b JOIN users u ON u.id = b.user_id LEFT JOIN profiles p ON p.user_id = u.id
  WHERE b.id IN (
    SELECT id FROM beneficiaries WHERE id ${among} UNION
    SELECT id FROM beneficiaries WHERE merged_into ${among} UNION
    SELECT id FROM beneficiaries WHERE user_id ${among}
  )`

const deleteKeys = `DELETE FROM people_keys WHERE beneficiary_id ${among}`
const idsOf = (people: Person[]) => JSON.stringify(people.map(({ id }) => id))

/** What the database derives from rows for itself: the list of people and what they are searched by, and words of messages. */
export function derivedOf(replica: Replica): Derived {
  const [accounts, files, messages] = [new Set<number>(), new Set<number>(), new Set<number>()]
  const listOf = (ids: Set<number>) => JSON.stringify([...ids])
  const sources: Partial<Record<TableName, Source>> = {
    users: { columns: ['name'], note: ({ id }) => accounts.add(id) },
    profiles: {
      columns: ['user_id', 'date_of_birth', 'phone', 'preferences', 'metadata'],
      note({ values }, before) {
        accounts.add(Number(values['user_id']))
        if (before) accounts.add(Number(before['user_id']))
      },
    },
    // Whose they are and how they stand, triggers follow.
    beneficiaries: { columns: ['user_id', 'metadata', 'merged_into', 'deleted_at'], note: ({ id }) => files.add(id) },
    messages: { columns: ['subject', 'content'], note: ({ id }) => messages.add(id) },
  }
  return {
    isFrom: ({ name }) => name in sources,
    touched(table, state, before) {
      const source = sources[table.name]
      if (!source) return
      const written = before ? changedColumns(table, state, before) : table.columns
      if (source.columns.some((column) => written.includes(column))) source.note(state, before)
    },
    write() {
      if (accounts.size > 0 || files.size > 0) {
        const its = listOf(files)
        const found = replica.prepared<Person>(peopleTouched).all(its, its, listOf(accounts))
        // Two machines may each have made a profile of one account, until the centre has decided.
        const people = [...new Map(found.map((person) => [person.id, person])).values()]
        const { 1: away = [], 0: there = [] } = Object.groupBy(people, ({ isAway }) => isAway)
        if (away.length > 0) leaveLists(replica, away)
        if (there.length > 0) joinLists(replica, there)
      }
      if (messages.size > 0) indexMessages(replica, listOf(messages))
    },
  }
}

function leaveLists({ prepared }: Replica, people: Person[]) {
  prepared(`DELETE FROM people_index WHERE beneficiary_id ${among}`).run(idsOf(people))
  prepared(deleteKeys).run(idsOf(people))
}

function joinLists({ prepared }: Replica, people: Person[]) {
  const lines = people.map(({ id, organizationId, trainerId, status, name }) => [
    id,
    organizationId,
    trainerId,
    status,
    fold(name),
  ])
  prepared(`INSERT INTO people_index (beneficiary_id, organization_id, trainer_id, status, sort_name)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?) WHERE true
    ON CONFLICT (beneficiary_id) DO UPDATE SET sort_name = excluded.sort_name WHERE sort_name != excluded.sort_name`).run(
    JSON.stringify(lines),
  )
  prepared(deleteKeys).run(idsOf(people))
  prepared(`INSERT INTO people_keys (organization_id, kind, value, beneficiary_id)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?)`).run(
    JSON.stringify(people.flatMap(keyLines)),
  )
}

function keyLines({ id, organizationId, name, dateOfBirth, phone, ...more }: Person) {
  const json = (text: string | null) => (text === null ? null : (JSON.parse(text) as unknown))
  const inJson = fieldsInJson({
    preferences: json(more.preferences),
    profileMetadata: json(more.profileMetadata),
    fileMetadata: json(more.fileMetadata),
  })
  const keys = keysOf({ beneficiaryId: id, organizationId, name, dateOfBirth, phone, ...inJson })
  return keys.map(([kind, value]) => [organizationId, kind, value, id])
}

function indexMessages({ prepared }: Replica, ids: string) {
  const texts = prepared<{ id: number; subject: string | null; content: string }>(
    `SELECT id, subject, content FROM messages WHERE id ${among}`,
  ).all(ids)
  prepared(`INSERT INTO message_texts (message_id, folded)
    SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE true
    ON CONFLICT (message_id) DO UPDATE SET folded = excluded.folded`).run(
    JSON.stringify(texts.map(({ id, subject, content }) => [id, fold(`${subject ?? ''} ${content}`)])),
  )
}
