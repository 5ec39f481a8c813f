import { fold } from '../../shared/fold.ts'
import { fieldsInJson } from '../domains/beneficiaries/metadata.ts'
import { keysOf } from '../domains/beneficiaries/people-keys.ts'
import { isPutAway } from '../domains/merges/put-away.ts'
import type { Replica } from './replica.ts'
import type { SyncTable } from './schema.ts'
import type { RowState } from './state.ts'

export interface Derived {
  touched(table: SyncTable, state: RowState): void
  /** Brings what follows from the touched rows up to date, in the same transaction. */
  write(): void
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

// Statements are put together once: a first round runs them for every person.
const people = `SELECT b.id, b.organization_id AS organizationId, b.trainer_id AS trainerId, b.status, u.name,
    p.date_of_birth AS dateOfBirth, coalesce(p.phone, '') AS phone,
    p.preferences, p.metadata AS profileMetadata, b.metadata AS fileMetadata,
    ${isPutAway('b')} AS isAway
  FROM beneficiaries b JOIN users u ON u.id = b.user_id LEFT JOIN profiles p ON p.user_id = u.id`
const peopleOfFile = `${people} WHERE b.id = ? OR b.merged_into = ?`
const peopleOfAccount = `${people} WHERE b.user_id = ?`

/** What the database derives from rows for itself: the list of people and what they are searched by, and words of messages. */
export function derivedOf(replica: Replica): Derived {
  const [accounts, files, messages] = [new Set<number>(), new Set<number>(), new Set<number>()]
  return {
    touched({ name }, { id, values }) {
      if (name === 'users') accounts.add(id)
      if (name === 'profiles') accounts.add(Number(values['user_id']))
      if (name === 'beneficiaries') files.add(id)
      if (name === 'messages') messages.add(id)
    },
    write() {
      const found = new Map<number, Person>()
      const { prepared } = replica
      for (const id of files) {
        const its = prepared<Person>(peopleOfFile).all(id, id)
        for (const one of its) found.set(one.id, one)
      }
      for (const id of accounts) {
        for (const one of prepared<Person>(peopleOfAccount).all(id)) found.set(one.id, one)
      }
      for (const person of found.values()) {
        if (person.isAway) leaveLists(replica, person.id)
        else indexPerson(replica, person)
      }
      for (const id of messages) indexMessage(replica, id)
    },
  }
}

function leaveLists({ prepared }: Replica, id: number) {
  prepared('DELETE FROM people_index WHERE beneficiary_id = ?').run(id)
  prepared('DELETE FROM people_keys WHERE beneficiary_id = ?').run(id)
}

function indexPerson(
  { prepared }: Replica,
  { id, organizationId, trainerId, status, name, ...more }: Omit<Person, 'isAway'>,
) {
  prepared(`INSERT INTO people_index (beneficiary_id, organization_id, trainer_id, status, sort_name)
    VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (beneficiary_id) DO UPDATE SET sort_name = excluded.sort_name WHERE sort_name != excluded.sort_name`).run(
    id,
    organizationId,
    trainerId,
    status,
    fold(name),
  )
  const json = (text: string | null) => (text === null ? null : (JSON.parse(text) as unknown))
  const inJson = fieldsInJson({
    preferences: json(more.preferences),
    profileMetadata: json(more.profileMetadata),
    fileMetadata: json(more.fileMetadata),
  })
  const { dateOfBirth, phone } = more
  prepared('DELETE FROM people_keys WHERE beneficiary_id = ?').run(id)
  const keys = keysOf({ beneficiaryId: id, organizationId, name, dateOfBirth, phone, ...inJson })
  if (keys.length === 0) return
  const places = keys.map(() => '(?, ?, ?, ?)').join(', ')
  prepared(`INSERT INTO people_keys (organization_id, kind, value, beneficiary_id) VALUES ${places}`).run(
    keys.flatMap(([kind, value]) => [organizationId, kind, value, id]),
  )
}

function indexMessage({ prepared }: Replica, id: number) {
  const text = prepared<{ subject: string | null; content: string }>(
    'SELECT subject, content FROM messages WHERE id = ?',
  ).get(id)
  if (!text) return
  prepared(
    'INSERT INTO message_texts (message_id, folded) VALUES (?, ?) ON CONFLICT (message_id) DO UPDATE SET folded = excluded.folded',
  ).run(id, fold(`${text.subject ?? ''} ${text.content}`))
}
