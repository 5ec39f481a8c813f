import * as z from 'zod'
import type { Id } from '../../../shared/contract/base.ts'
import { BeneficiaryFields, WrittenFields } from '../../../shared/contract/beneficiaries.ts'
import { fitsOwnField, type OwnField, type OwnValue } from '../../../shared/contract/own-fields.ts'
import type { ColumnTarget, DayOrder, PersonColumn, RowProblem } from '../../../shared/contract/people-imports.ts'
import { fold } from '../../../shared/fold.ts'
import { yesOrNo } from '../imports/sheet-words.ts'
import { statusNamed } from './column-words.ts'
import { readDay } from './days.ts'

/** What a row says of a person; what it leaves empty it says nothing of. */
export interface RowFields {
  fields: Partial<Omit<BeneficiaryFields, 'own'>>
  own: Record<string, OwnValue>
  groups: string[]
}

export interface ReadingOptions {
  targets: readonly ColumnTarget[]
  heads: readonly string[]
  dayOrder: DayOrder
  ownFields: readonly OwnField[]
  trainers: readonly { id: Id; name: string; email: string }[]
  thisYear: number
}

type Problem = Omit<RowProblem, 'line'>
/** Undefined where the cell says nothing that its column can hold. */
type Kind = RowProblem['kind']

const mostGroups = 20

/** Reads one row; a row without a name, or with a name too long, is no person. */
export function fieldsFrom(
  cells: readonly string[],
  options: ReadingOptions,
): { read: RowFields | undefined; problems: Problem[] } {
  const { targets, heads } = options
  const read: RowFields = { fields: {}, own: {}, groups: [] }
  const problems: Problem[] = []
  const names: Partial<Record<'firstName' | 'lastName', string>> = {}
  for (const [place, target] of targets.entries()) {
    const value = cells[place] ?? ''
    if (target === null || value === '') continue
    if (target === 'firstName' || target === 'lastName') {
      names[target] = value
      continue
    }
    const kind = take(read, target, value, options)
    const column = heads[place] ?? ''
    if (kind) problems.push({ column, value: value.slice(0, 200).toWellFormed(), kind, effect: 'changed' })
  }
  const joined = [names.firstName, names.lastName].filter((part) => part !== undefined).join(' ')
  const name = (read.fields.name ?? joined).replaceAll(/\s+/g, ' ').trim()
  if (name === '' || name.length > 100) {
    const kind = name === '' ? 'noName' : 'tooLong'
    return { read: undefined, problems: [{ column: '', value: name.slice(0, 100), kind, effect: 'skipped' }] }
  }
  read.fields.name = name
  return { read, problems }
}

function take(
  read: RowFields,
  target: Exclude<ColumnTarget, null>,
  value: string,
  options: ReadingOptions,
): Kind | undefined {
  if (target.startsWith('own.')) return takeOwn(read, target.slice(4), value, options)
  const column = target as Exclude<PersonColumn, 'firstName' | 'lastName'>
  switch (column) {
    case 'groups': {
      const groups = value.split(/[;\n|]/).map((name) => name.trim())
      read.groups = groups.filter((name) => name !== '' && name.length <= 100).slice(0, mostGroups)
      return read.groups.length < groups.filter((name) => name !== '').length ? 'tooLong' : undefined
    }
    case 'trainer': {
      const trainer = options.trainers.find(({ name, email }) => [fold(name), fold(email)].includes(fold(value)))
      if (!trainer) return 'unknownTrainer'
      read.fields.trainerId = trainer.id
      return undefined
    }
    case 'status': {
      const status = statusNamed(value)
      if (!status) return 'notAStatus'
      read.fields.status = status
      return undefined
    }
    case 'dateOfBirth':
    case 'enrollmentDate':
    case 'completedOn': {
      const { data: day } = WrittenFields.shape[column].safeParse(readDay(value, options.dayOrder, options.thisYear))
      if (!day) return 'notADay'
      read.fields[column] = day
      return undefined
    }
    default: {
      const parsed = BeneficiaryFields.shape[column].safeParse(value)
      if (!parsed.success) return column === 'email' ? 'notAnEmail' : 'tooLong'
      Object.assign(read.fields, { [column]: parsed.data })
      return undefined
    }
  }
}

const Plain = z.string().max(500)

function takeOwn(read: RowFields, key: string, value: string, { ownFields, dayOrder, thisYear }: ReadingOptions) {
  const field = ownFields.find((one) => one.key === key)
  if (!field) return 'notAChoice'
  const given = ownValue(field, value, { dayOrder, thisYear })
  if (typeof given === 'object') return given.kind
  if (!fitsOwnField(field, given)) return 'notAChoice'
  read.own[key] = given
  return undefined
}

function ownValue(
  field: OwnField,
  value: string,
  { dayOrder, thisYear }: Pick<ReadingOptions, 'dayOrder' | 'thisYear'>,
): OwnValue | { kind: Kind } {
  switch (field.kind) {
    case 'text':
      return Plain.safeParse(value).data ?? { kind: 'tooLong' }
    case 'number': {
      const number = Number(value.replaceAll(/[\s\u00a0\u202f]/g, '').replace(',', '.'))
      return Number.isFinite(number) ? number : { kind: 'notANumber' }
    }
    case 'date':
      return readDay(value, dayOrder, thisYear) ?? { kind: 'notADay' }
    case 'choice':
      return field.choices.find((choice) => fold(choice) === fold(value)) ?? { kind: 'notAChoice' }
    case 'yesNo':
      return yesOrNo(value) ?? { kind: 'notYesNo' }
  }
}
