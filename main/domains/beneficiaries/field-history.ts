import type { BeneficiaryFields } from '../../../shared/contract/beneficiaries.ts'
import type { OwnValue } from '../../../shared/contract/own-fields.ts'
import { wireEmail } from './email.ts'
import { fieldsInJson } from './metadata.ts'

type LoggedValue = string | number | null
export type LoggedFields = Record<string, [before: LoggedValue, after: LoggedValue]>

type Fields = Partial<Record<keyof BeneficiaryFields, unknown>>

/** Columns that are fields as they are. What is unknown is an empty text in some and null in the others. */
const texts: Record<string, keyof BeneficiaryFields> = {
  'users.name': 'name',
  'profiles.phone': 'phone',
  'profiles.address': 'address',
  'profiles.city': 'city',
  'profiles.state': 'state',
  'profiles.postal_code': 'postalCode',
  'profiles.country': 'country',
  'profiles.emergency_contact': 'emergencyContact',
  'profiles.emergency_phone': 'emergencyPhone',
  'beneficiaries.notes': 'notes',
}
const values: Record<string, keyof BeneficiaryFields> = {
  'profiles.date_of_birth': 'dateOfBirth',
  'beneficiaries.trainer_id': 'trainerId',
  'beneficiaries.enrollment_date': 'enrollmentDate',
  'beneficiaries.status': 'status',
}
const jsonColumns = {
  'profiles.preferences': ['preferences', ['language']],
  'profiles.metadata': ['profileMetadata', ['guardianName', 'guardianRelation', 'guardianPhone']],
  'beneficiaries.metadata': ['fileMetadata', ['number', 'completedOn', 'own']],
} as const

/** The fields of a file on one side of a change of one of its rows; null where the log has too little of it. */
function fieldsOn(side: 0 | 1, table: string, logged: LoggedFields): Fields | null {
  const fields: Fields = {}
  for (const [column, sides] of Object.entries(logged)) {
    const place = `${table}.${column}`
    const value = sides[side]
    if (place === 'users.email') fields.email = wireEmail(String(value))
    const text = texts[place]
    if (text) fields[text] = value ?? ''
    const other = values[place]
    if (other) fields[other] = value
    const json = jsonColumns[place as keyof typeof jsonColumns]
    if (json) {
      const [name, parts] = json
      const read = readJson(value)
      if (read === undefined) return null
      const all = fieldsInJson({ preferences: null, profileMetadata: null, fileMetadata: null, [name]: read })
      for (const part of parts) fields[part] = all[part]
    }
  }
  return fields
}

function readJson(value: LoggedValue): unknown {
  try {
    return value === null ? null : JSON.parse(String(value))
  } catch {
    // The log keeps the beginning of a long value alone.
    return undefined
  }
}

interface Difference {
  field: string
  before: unknown
  after: unknown
}

/** What became another in a row of a file, by the names of the fields. */
export function differencesIn(table: string, logged: LoggedFields): Difference[] {
  const [before, after] = [fieldsOn(0, table, logged), fieldsOn(1, table, logged)]
  if (!before || !after) return []
  return Object.keys(after)
    .map((name) => name as keyof BeneficiaryFields)
    .flatMap((field) =>
      field === 'own' ? ownDifferences(before.own, after.own) : [{ field, before: before[field], after: after[field] }],
    )
    .filter((one) => one.before !== one.after)
}

function ownDifferences(before: unknown, after: unknown): Difference[] {
  const [from, to] = [before, after].map((own) => Object(own) as Record<string, OwnValue>)
  const keys = new Set([...Object.keys(from ?? {}), ...Object.keys(to ?? {})])
  return [...keys].map((key) => ({ field: `own.${key}`, before: from?.[key] ?? '', after: to?.[key] ?? '' }))
}

/** Whether the log has the whole of a value: of a long one it keeps the beginning. */
export function isWhole(value: unknown): boolean {
  return typeof value !== 'string' || value.length < 500 || !value.endsWith('…')
}
