import { BeneficiaryFields } from '../../../shared/contract/beneficiaries.ts'
import type { MergeFiles } from '../../../shared/contract/merges.ts'
import type { OwnField } from '../../../shared/contract/own-fields.ts'
import { wireEmail } from '../beneficiaries/email.ts'
import type { PersonFile } from '../beneficiaries/person-file.ts'
import type { MergeRecord } from './record.ts'

type Change = MergeRecord['fields'][number]
type Chosen = Pick<MergeFiles, 'taken' | 'joinsNotes'>

export function fieldsIn(person: PersonFile): BeneficiaryFields {
  return BeneficiaryFields.strip().parse({ ...person, email: wireEmail(person.email) })
}

/** The file that stays, with what was chosen from the other one. */
export function chosenFields(kept: PersonFile, merged: PersonFile, { taken, joinsNotes }: Chosen): BeneficiaryFields {
  const [present, other] = [fieldsIn(kept), fieldsIn(merged)]
  const all = new Set(taken)
  const single = Object.fromEntries(Object.entries(other).filter(([field]) => field !== 'own' && all.has(field)))
  const own = Object.fromEntries(Object.entries(other.own).filter(([key]) => all.has(`own.${key}`)))
  const fields = { ...present, ...single, own: { ...present.own, ...own } }
  const notes = [present.notes, other.notes].filter((text) => text !== '').join('\n\n')
  return BeneficiaryFields.parse({ ...fields, ...(joinsNotes && { notes }) })
}

/** Field by field, what a write changes. */
export function changesBetween(before: BeneficiaryFields, after: BeneficiaryFields): Change[] {
  const [from, to] = [flat(before), flat(after)]
  return Object.keys({ ...from, ...to })
    .map((field) => ({ field, before: from[field] ?? null, after: to[field] ?? null }))
    .filter((change) => change.before !== change.after)
}

/** The file with everything written back that is still as the merge wrote it. */
export function fieldsBefore(
  present: BeneficiaryFields,
  changes: readonly Change[],
  defined: readonly OwnField[],
): BeneficiaryFields {
  const now = flat(present)
  const known = new Set(defined.map(({ key }) => `own.${key}`))
  const back = changes.filter(({ field, after }) => (now[field] ?? null) === after)
  const own = back.filter(({ field }) => known.has(field)).map(({ field, before }) => [field.slice(4), before ?? ''])
  const single = back.filter(({ field }) => !field.startsWith('own.')).map(({ field, before }) => [field, before])
  return BeneficiaryFields.parse({
    ...present,
    ...Object.fromEntries(single),
    own: { ...present.own, ...Object.fromEntries(own) },
  })
}

function flat({ own, ...fields }: BeneficiaryFields): Record<string, Change['before']> {
  const named = Object.entries(own).map(([key, value]) => [`own.${key}`, value])
  return { ...fields, ...Object.fromEntries(named) }
}
