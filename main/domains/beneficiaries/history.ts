import type { Id } from '../../../shared/contract/base.ts'
import { BeneficiaryFields, type FieldChange } from '../../../shared/contract/beneficiaries.ts'
import type { OwnValue } from '../../../shared/contract/own-fields.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Reader } from '../../database/database.ts'
import { pageKey, readPageKey } from '../../page-key.ts'
import { differencesIn, isWhole } from './field-history.ts'
import { changeLines, fileChange } from './history-queries.ts'
import type { PersonFile } from './person-file.ts'

const linesOfPage = 40

/** What was written over in a file, field by field, newest first. */
export async function historyPage(db: Reader, person: PersonFile, after: string | undefined) {
  const before = after === undefined ? undefined : readPageKey(after, ['number'])[0]
  const lines = await changeLines(db, person, before, linesOfPage)
  const names = await trainerNames(
    db,
    lines.flatMap(({ changes }) => changes.flatMap(({ fields }) => (fields.trainer_id ?? []).map(Number))),
  )
  const shown = (field: string, value: unknown) =>
    field === 'trainerId' ? (names.get(Number(value)) ?? '') : String(value ?? '')

  const rows: FieldChange[] = lines.flatMap(({ activityId, at, byName, changes }) =>
    changes.flatMap(({ table, fields }) =>
      differencesIn(table, fields).map(({ field, before, after }) => ({
        activityId,
        at,
        byName,
        field,
        before: shown(field, before),
        after: shown(field, after),
        isRestorable: isWhole(before),
      })),
    ),
  )
  const last = lines[linesOfPage - 1]
  return { rows, next: last ? pageKey([last.activityId]) : null }
}

async function trainerNames(db: Reader, ids: readonly Id[]): Promise<Map<Id, string>> {
  const wanted = [...new Set(ids)].filter((id) => id > 0)
  if (wanted.length === 0) return new Map()
  const rows = await db.selectFrom('users').select(['id', 'name']).where('id', 'in', wanted).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** What one field held before a change, in the form in which a file is written. */
export async function valueBefore(
  db: Reader,
  { activityId, field, person }: { activityId: Id; field: string; person: PersonFile },
): Promise<Partial<BeneficiaryFields>> {
  const changes = await fileChange(db, person, activityId)
  const all = changes.flatMap(({ table, fields }) => differencesIn(table, fields))
  const difference = all.find((one) => one.field === field)
  if (!difference) throw new Refusal('notFound', 'beneficiary.changeNotFound')
  if (!isWhole(difference.before)) throw new Refusal('conflict', 'beneficiary.changeTooLong')
  if (field.startsWith('own.')) return { own: { [field.slice(4)]: difference.before as OwnValue } }
  const { shape } = BeneficiaryFields
  const parsed = { [field]: shape[field as keyof typeof shape].parse(difference.before) }
  if (field !== 'status') return parsed
  // The day of completion came and went with the status.
  const day = all.find((one) => one.field === 'completedOn')
  return { ...parsed, ...(day && { completedOn: shape.completedOn.parse(day.before) }) }
}
