import type { Id } from '../../../shared/contract/base.ts'
import { BeneficiaryFields } from '../../../shared/contract/beneficiaries.ts'
import { fold } from '../../../shared/fold.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Writer } from '../../database/database.ts'
import type { Scope } from '../../scope.ts'
import { wireEmail } from '../beneficiaries/email.ts'
import { fileOf, writeFile } from '../beneficiaries/person-file.ts'
import { registerBeneficiaries } from '../beneficiaries/register.ts'
import { insertGroup, insertMembers } from '../groups/queries.ts'
import { takenEmails } from './matches.ts'
import type { PlannedAdd, PlannedChange } from './plan.ts'
import { groupNames, groupsWith, insertRows } from './queries.ts'

interface Write {
  scope: Scope
  importId: Id
  now: string
}

interface Written {
  ids: Id[]
  madeGroups: Id[]
  /** Lines that could not be carried out any more. */
  failed: number[]
}

/** Registers the next new people, with their groups. Whose address was taken meanwhile is left out and named. */
export async function addPeople(
  db: Writer,
  { scope, importId, now }: Write,
  rows: readonly PlannedAdd[],
): Promise<Written> {
  const { organizationId, trainerId } = scope
  const taken = await takenEmails(
    db,
    rows.flatMap(({ fields }) => fields.email ?? []),
  )
  const fitting = rows.filter(({ fields }) => !fields.email || !taken.has(fields.email))
  const failed = rows.filter((row) => !fitting.includes(row)).map(({ line }) => line)
  const people = fitting.map(({ fields, own }) => {
    return BeneficiaryFields.parse({ ...fields, own, trainerId: fields.trainerId ?? trainerId })
  })
  const ids = people.length === 0 ? [] : await registerBeneficiaries(db, organizationId, people, now)
  const groups = await groupsNamed(
    db,
    organizationId,
    fitting.flatMap((row) => row.groups),
    now,
  )
  const members = new Map<Id, Id[]>()
  for (const [index, row] of fitting.entries()) {
    for (const groupId of idsOf(groups.ids, row.groups)) {
      members.set(groupId, [...(members.get(groupId) ?? []), ids[index] as Id])
    }
  }
  for (const [groupId, some] of members) await insertMembers(db, organizationId, groupId, some, now)
  await insertRows(
    db,
    importId,
    ids.map((beneficiaryId) => ({ beneficiaryId, before: null })),
    now,
  )
  return { ids, madeGroups: groups.made, failed }
}

/** Changes the next people who are here already, and keeps what stood in their files. */
export async function changePeople(
  db: Writer,
  { scope, importId, now }: Write,
  rows: readonly PlannedChange[],
): Promise<Written> {
  const { organizationId } = scope
  const groups = await groupsNamed(
    db,
    organizationId,
    rows.flatMap((row) => row.groups),
    now,
  )
  const written: Written = { ids: [], madeGroups: groups.made, failed: [] }
  for (const row of rows) {
    try {
      const before = await changePerson(db, scope, row, now)
      const joined = await join(db, organizationId, row.beneficiaryId, idsOf(groups.ids, row.groups), now)
      const kept = JSON.stringify({ ...before, groups: joined })
      await insertRows(db, importId, [{ beneficiaryId: row.beneficiaryId, before: kept }], now)
      written.ids.push(row.beneficiaryId)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      written.failed.push(row.line)
    }
  }
  return written
}

/** Returns what the changed fields held. */
async function changePerson(db: Writer, scope: Scope, { beneficiaryId, fields, own }: PlannedChange, now: string) {
  const person = await fileOf(db, scope, beneficiaryId)
  const present = BeneficiaryFields.strip().parse({ ...person, email: wireEmail(person.email) })
  await writeFile(db, scope, person, { ...present, ...fields, own: { ...present.own, ...own } }, now)
  const all: Record<string, unknown> = present
  const before = Object.fromEntries(Object.keys(fields).map((field) => [field, all[field]]))
  const ownBefore = Object.fromEntries(Object.keys(own).map((key) => [key, present.own[key] ?? '']))
  return { fields: before, own: ownBefore }
}

async function join(db: Writer, organizationId: Id, beneficiaryId: Id, wanted: readonly Id[], now: string) {
  if (wanted.length === 0) return []
  const present = await groupsWith(db, beneficiaryId)
  const joined = wanted.filter((id) => !present.has(id))
  for (const groupId of joined) await insertMembers(db, organizationId, groupId, [beneficiaryId], now)
  return joined
}

/** Groups by their folded names; those that are not there yet are made. */
async function groupsNamed(db: Writer, organizationId: Id, names: readonly string[], now: string) {
  const made: Id[] = []
  if (names.length === 0) return { ids: new Map<string, Id>(), made }
  const ids = new Map((await groupNames(db, organizationId)).map(({ id, name }) => [fold(name), id]))
  for (const name of names) {
    if (ids.has(fold(name))) continue
    const id = await insertGroup(db, organizationId, { name, description: '' }, now)
    ids.set(fold(name), id)
    made.push(id)
  }
  return { ids, made }
}

function idsOf(groups: ReadonlyMap<string, Id>, names: readonly string[]): Id[] {
  return [...new Set(names.flatMap((name) => groups.get(fold(name)) ?? []))]
}
