import * as z from 'zod'
import { Day } from '../../../shared/contract/base.ts'
import type { BeneficiaryFields } from '../../../shared/contract/beneficiaries.ts'
import { OwnKey, OwnValue } from '../../../shared/contract/own-fields.ts'
import type { JsonStructure } from '../../database/tables.ts'

/** What the JSON columns of a person hold; whatever else is in them stays there. */
const Anything = z.record(z.string(), z.json()).catch({})
const Words = z.string().catch('')

const noGuardian = { name: '', relation: '', phone: '' }
const Guardian = z.object({ name: Words, relation: Words, phone: Words }).catch(noGuardian)
const CompletedOn = Day.nullable().catch(null)

/** The columns as they are read, all of them without a row where there is none. */
export interface StoredJson {
  preferences: unknown
  profileMetadata: unknown
  fileMetadata: unknown
}

export function fieldsInJson({ preferences, profileMetadata, fileMetadata }: StoredJson) {
  const guardian = Guardian.parse(Anything.parse(profileMetadata).guardian)
  const file = Anything.parse(fileMetadata)
  return {
    language: Words.parse(Anything.parse(preferences).language),
    guardianName: guardian.name,
    guardianRelation: guardian.relation,
    guardianPhone: guardian.phone,
    number: Words.parse(file.number),
    completedOn: CompletedOn.parse(file.completedOn),
    own: ownValuesIn(file.own),
  }
}

function ownValuesIn(stored: unknown): Record<string, OwnValue> {
  const known = Object.entries(Anything.parse(stored)).flatMap(([key, value]) => {
    const read = OwnValue.safeParse(value)
    return OwnKey.safeParse(key).success && read.success ? [[key, read.data] as const] : []
  })
  return Object.fromEntries(known)
}

type InProfile = Pick<BeneficiaryFields, 'language' | 'guardianName' | 'guardianRelation' | 'guardianPhone'>

export function profileJson(fields: InProfile, before: Pick<StoredJson, 'preferences' | 'profileMetadata'>) {
  const guardian = { name: fields.guardianName, relation: fields.guardianRelation, phone: fields.guardianPhone }
  const hasGuardian = Object.values(guardian).some((part) => part !== '')
  return {
    preferences: written(before.preferences, { language: fields.language || undefined }),
    metadata: written(before.profileMetadata, { guardian: hasGuardian ? guardian : undefined }),
  }
}

type InFile = Pick<BeneficiaryFields, 'number' | 'completedOn' | 'own'>

export function fileJson({ number, completedOn, own }: InFile, before: Pick<StoredJson, 'fileMetadata'>) {
  return written(before.fileMetadata, {
    number: number || undefined,
    completedOn: completedOn ?? undefined,
    own: Object.keys(own).length > 0 ? own : undefined,
  })
}

/** Null where nothing is left to say, as in a file that never had any of it. */
function written(before: unknown, parts: Record<string, z.core.util.JSONType | undefined>): JsonStructure | null {
  const all = Object.entries({ ...Anything.parse(before), ...parts }).filter(([, value]) => value !== undefined)
  return all.length === 0 ? null : (Object.fromEntries(all) as JsonStructure)
}
