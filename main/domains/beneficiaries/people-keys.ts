import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { OwnValue } from '../../../shared/contract/own-fields.ts'
import { digitsIn } from '../../../shared/digits.ts'
import { fold } from '../../../shared/fold.ts'
import type { Writer } from '../../database/database.ts'
import { soundOf } from './sound.ts'

/** What is known of a person and can be searched for, beside the name in the list. */
export interface KeyedPerson {
  beneficiaryId: Id
  organizationId: Id
  name: string
  number: string
  dateOfBirth: string | null
  phone: string
  own: Record<string, OwnValue>
}

/** The last digits of a phone number: some write the country in front, some a zero, some nothing. */
export function phoneKey(phone: string): string {
  const digits = digitsIn(phone.normalize('NFKD'))
  return digits.length < 6 ? '' : digits.slice(-8)
}

export function ownKey(key: string): string {
  return `own.${key}`
}

/** The form in which what stands in a field is compared. */
export function ownWord(value: OwnValue): string {
  return fold(String(value)).slice(0, 200)
}

export function keysOf({ name, number, dateOfBirth, phone, own }: KeyedPerson): [kind: string, value: string][] {
  const all: [string, string][] = [
    ['sound', soundOf(name)],
    ['number', fold(number)],
    ['born', dateOfBirth ?? ''],
    ['phone', phoneKey(phone)],
    ...Object.entries(own).map(([key, value]): [string, string] => [ownKey(key), ownWord(value)]),
  ]
  return all.filter(([, value]) => value !== '')
}

const part = (place: number) => sql<number>`json_extract(rows.value, ${sql.lit(`$[${place}]`)})`
const text = (place: number) => sql<string>`json_extract(rows.value, ${sql.lit(`$[${place}]`)})`

/** Of people who had none so far. */
export async function insertKeys(db: Writer, people: readonly KeyedPerson[]) {
  const rows = people.flatMap((person) =>
    keysOf(person).map(([kind, value]) => [person.organizationId, kind, value, person.beneficiaryId]),
  )
  if (rows.length === 0) return
  // One parameter: a statement takes only so many of them, and these are many rows.
  await db
    .insertInto('people_keys')
    .columns(['organization_id', 'kind', 'value', 'beneficiary_id'])
    .expression((eb) =>
      eb
        .selectFrom(sql<{ value: string }>`json_each(${JSON.stringify(rows)})`.as('rows'))
        .select([part(0).as('organization_id'), text(1).as('kind'), text(2).as('value'), part(3).as('beneficiary_id')]),
    )
    .execute()
}

export async function replaceKeys(db: Writer, people: readonly KeyedPerson[]) {
  await db
    .deleteFrom('people_keys')
    .where(
      'beneficiary_id',
      'in',
      people.map(({ beneficiaryId }) => beneficiaryId),
    )
    .execute()
  await insertKeys(db, people)
}
