import { type SqlBool, sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Alike, FindAlike } from '../../../shared/contract/beneficiaries.ts'
import { fold } from '../../../shared/fold.ts'
import type { Reader } from '../../database/database.ts'
import { reachesLearner, type Scope } from '../../scope.ts'
import { keyOf, keysApart } from '../links/apart.ts'
import { phoneKey } from './people-keys.ts'
import { soundOf, soundsIn } from './sound.ts'

type Cause = Alike['causes'][number]
export type Wanted = Omit<FindAlike, 'exceptId'>

/** Of what many people have in common, the first of them warn as well as all. */
const mostOfAKind = 50
const mostShown = 5

/**
 * Who within reach may be the same person: the same number of the centre; a name that sounds the same; or the same day
 * of birth or phone together with a part of the name.
 */
export async function alikeTo(db: Reader, scope: Scope, { exceptId, ...wanted }: FindAlike): Promise<Alike[]> {
  const [found = []] = await alikeToEach(db, scope, [wanted])
  if (exceptId === undefined) return found
  const apart = found.length > 0 ? await keysApart(db, scope) : new Set()
  return found.filter(({ id }) => id !== exceptId && !apart.has(keyOf(id, exceptId)))
}

/** The same for some hundreds of people, with two statements for all of them. */
export async function alikeToEach(db: Reader, scope: Scope, wanted: readonly Wanted[]): Promise<Alike[][]> {
  const asked = wanted.map(keysOf)
  const owners = await ownersOf(db, scope, asked.flat())
  const people = await peopleWith(db, scope, [...new Set([...owners.values()].flat())])
  return wanted.map(({ name }, index) => {
    const causes = new Map<Id, Cause[]>()
    for (const [cause, kind, value] of asked[index] ?? []) {
      for (const id of owners.get(`${kind} ${value}`) ?? []) causes.set(id, [...(causes.get(id) ?? []), cause])
    }
    const sounds = new Set(soundsIn(name))
    return [...causes]
      .flatMap(([id, why]) => {
        const person = people.get(id)
        return person ? [{ ...person, causes: why }] : []
      })
      .filter((person) => {
        if (person.causes.includes('number') || person.causes.includes('name')) return true
        return soundsIn(person.name).some((sound) => sounds.has(sound))
      })
      .toSorted((one, other) => other.causes.length - one.causes.length)
      .slice(0, mostShown)
  })
}

type Key = readonly [cause: Cause, kind: string, value: string]

function keysOf({ name, number, dateOfBirth, phone }: Wanted): Key[] {
  const keys: Key[] = [
    ['number', 'number', fold(number)],
    ['name', 'sound', soundOf(name)],
    ['dateOfBirth', 'born', dateOfBirth ?? ''],
    ['phone', 'phone', phoneKey(phone)],
  ]
  return keys.filter(([, , value]) => value !== '')
}

async function ownersOf(db: Reader, { organizationId }: Scope, keys: readonly Key[]): Promise<Map<string, Id[]>> {
  const distinct = [...new Map(keys.map(([, kind, value]) => [`${kind} ${value}`, [kind, value]])).values()]
  if (distinct.length === 0) return new Map()
  const rows = await db
    .selectFrom(sql<{ value: string }>`json_each(${JSON.stringify(distinct)})`.as('asked'))
    .crossJoin('people_keys')
    .select(['people_keys.kind', 'people_keys.value', 'people_keys.beneficiary_id as id'])
    .where('people_keys.organization_id', '=', organizationId)
    .where('people_keys.kind', '=', sql<string>`json_extract(asked.value, '$[0]')`)
    .where('people_keys.value', '=', sql<string>`json_extract(asked.value, '$[1]')`)
    .execute()
  const owners = new Map<string, Id[]>()
  for (const { kind, value, id } of rows) {
    const key = `${kind} ${value}`
    const some = owners.get(key) ?? []
    if (some.length < mostOfAKind) owners.set(key, [...some, id])
  }
  return owners
}

async function peopleWith(db: Reader, scope: Scope, ids: readonly Id[]) {
  if (ids.length === 0) return new Map<Id, never>()
  const rows = await db
    .selectFrom('beneficiaries')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .leftJoin('profiles', 'profiles.user_id', 'users.id')
    .leftJoin('users as trainers', 'trainers.id', 'beneficiaries.trainer_id')
    .select(['beneficiaries.id', 'users.name', 'profiles.date_of_birth as dateOfBirth', 'trainers.name as trainerName'])
    .where('beneficiaries.organization_id', '=', scope.organizationId)
    .where(sql<SqlBool>`beneficiaries.id in (select value from json_each(${JSON.stringify(ids)}))`)
    .where(reachesLearner(scope, 'beneficiaries.id'))
    .execute()
  return new Map(rows.map((row) => [row.id, row] as const))
}
