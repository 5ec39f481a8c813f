import type { Id } from '../../../shared/contract/base.ts'
import type { Alike } from '../../../shared/contract/beneficiaries.ts'
import type { PeoplePlan, PlannedRow, RowProblem } from '../../../shared/contract/people-imports.ts'
import { fold } from '../../../shared/fold.ts'
import { breather } from '../../breather.ts'
import type { Reader } from '../../database/database.ts'
import type { Scope } from '../../scope.ts'
import { alikeToEach } from '../beneficiaries/alike.ts'
import { filesByIds, type Known, knownPeople, takenEmails } from './matches.ts'
import type { PeopleSheet } from './read-file.ts'
import { fieldsFrom, type ReadingOptions, type RowFields } from './row-fields.ts'

export interface PlannedAdd extends RowFields {
  line: number
}
export interface PlannedChange extends RowFields {
  line: number
  beneficiaryId: Id
}

/** What a file would do, in memory. */
export interface Plan {
  adds: PlannedAdd[]
  changes: PlannedChange[]
  shown: PeoplePlan
}

interface Options extends ReadingOptions {
  skipAlike: boolean
}

/** Rows are judged some at a time, with a few statements for all of them. */
const atOnce = 100
const mostShown = 100
const mostProblems = 500

interface Draft extends Plan {
  scope: Scope
  seen: Map<string, number>
}

/** Judges every row against who is here now, and changes nothing. */
export async function planOf(db: Reader, scope: Scope, sheet: PeopleSheet, options: Options): Promise<Plan> {
  const shown: PeoplePlan = {
    adds: 0,
    changes: 0,
    same: 0,
    skipped: 0,
    rows: [],
    problems: [],
    problemCount: 0,
    alikeCount: 0,
  }
  const draft: Draft = { adds: [], changes: [], shown, scope, seen: new Map() }
  for (const { line, reason } of sheet.broken) {
    tell(draft, { line, column: '', value: reason, kind: 'broken', effect: 'skipped' })
  }
  const breathe = breather()
  for (let from = 0; from < sheet.rows.length; from += atOnce) {
    await breathe()
    const rows: PlannedAdd[] = []
    for (const { line, cells } of sheet.rows.slice(from, from + atOnce)) {
      const { read, problems } = fieldsFrom(cells, options)
      for (const problem of problems) tell(draft, { line, ...problem })
      const twin = read && twinOf(draft, line, read)
      if (twin) tell(draft, { line, column: '', value: String(twin), kind: 'sameAsRow', effect: 'skipped' })
      else if (read) rows.push({ line, ...read })
    }
    await breathe()
    await judge(db, draft, rows, { ...options, breathe })
  }
  shown.adds = draft.adds.length
  shown.changes = draft.changes.length
  return draft
}

function tell({ shown }: Draft, problem: RowProblem) {
  shown.problemCount++
  if (problem.effect === 'skipped') shown.skipped++
  if (shown.problems.length < mostProblems) shown.problems.push(problem)
}

/** The line of this file in which the same person stood already. */
function twinOf({ seen }: Draft, line: number, { fields }: RowFields): number | undefined {
  const { email, number, dateOfBirth, name = '' } = fields
  const keys = [
    email ? `email ${email}` : '',
    number ? `number ${fold(number)}` : '',
    dateOfBirth ? `born ${dateOfBirth} ${fold(name)}` : '',
  ].filter((key) => key !== '')
  const twin = keys.map((key) => seen.get(key)).find((one) => one !== undefined)
  if (twin === undefined) for (const key of keys) seen.set(key, line)
  return twin
}

async function judge(
  db: Reader,
  draft: Draft,
  rows: readonly PlannedAdd[],
  { skipAlike, trainers, breathe }: Options & { breathe: () => Promise<void> },
) {
  const { scope } = draft
  const known = await knownPeople(db, scope, rows)
  const files = await filesByIds(
    db,
    known.flatMap((one) => one?.ids.slice(0, 1) ?? []),
  )
  await breathe()
  const isNew = rows.filter((_row, index) => known[index] === undefined)
  const taken = await takenEmails(
    db,
    rows.flatMap(({ fields }) => fields.email ?? []),
  )
  await breathe()
  const alike = await alikeToEach(
    db,
    scope,
    isNew.map(({ fields }) => ({
      name: fields.name ?? '',
      dateOfBirth: fields.dateOfBirth ?? null,
      phone: fields.phone ?? '',
      number: fields.number ?? '',
    })),
  )
  const looks = new Map(isNew.map((row, index) => [row, alike[index] ?? []]))
  for (const [index, row] of rows.entries()) {
    withinReach(draft, row, trainers)
    const match = known[index]
    if (match) judgeKnown(draft, row, match, { files, taken })
    else judgeNew(draft, row, { alike: looks.get(row) ?? [], taken, skipAlike })
  }
}

/** Giving people to somebody else is the administrators'. */
function withinReach(draft: Draft, { line, fields }: PlannedAdd, trainers: Options['trainers']) {
  const { trainerId: own } = draft.scope
  if (own === null || fields.trainerId === undefined || fields.trainerId === own) return
  const value = trainers.find(({ id }) => id === fields.trainerId)?.name ?? ''
  delete fields.trainerId
  tell(draft, { line, column: '', value, kind: 'unknownTrainer', effect: 'changed' })
}

interface ForKnown {
  files: Awaited<ReturnType<typeof filesByIds>>
  taken: ReadonlySet<string>
}

function judgeKnown(draft: Draft, row: PlannedAdd, { by, ids }: Known, { files, taken }: ForKnown) {
  const { line } = row
  const [beneficiaryId] = ids
  const file = beneficiaryId === undefined ? undefined : files.get(beneficiaryId)
  if (beneficiaryId === undefined || !file || ids.length > 1) {
    return tell(draft, { line, column: '', value: row.fields.name ?? '', kind: 'severalMatch', effect: 'skipped' })
  }
  const { email } = row.fields
  if (email && email !== file.email && taken.has(email)) {
    delete row.fields.email
    tell(draft, { line, column: '', value: email, kind: 'emailTaken', effect: 'changed' })
  }
  const fields = changedFields(row, file)
  if (fields.length === 0) {
    draft.shown.same++
    return
  }
  draft.changes.push({ ...row, beneficiaryId })
  show(draft, { line, name: file.name, effect: 'change', fields, matchedBy: by, alike: [] })
}

type File = NonNullable<ReturnType<Awaited<ReturnType<typeof filesByIds>>['get']>>

function changedFields({ fields, own, groups }: RowFields, file: File): string[] {
  const before = file as Record<string, unknown>
  const plain = Object.entries(fields).filter(([field, value]) => before[field] !== value)
  const ofOwn = Object.entries(own).filter(([key, value]) => file.own[key] !== value)
  const isMember = groups.every((name) => file.groups.includes(fold(name)))
  return [...plain.map(([field]) => field), ...ofOwn.map(([key]) => `own.${key}`), ...(isMember ? [] : ['groups'])]
}

interface ForNew {
  alike: Alike[]
  taken: ReadonlySet<string>
  skipAlike: boolean
}

function judgeNew(draft: Draft, row: PlannedAdd, { alike, taken, skipAlike }: ForNew) {
  const { line, fields } = row
  const name = fields.name ?? ''
  if (fields.email && taken.has(fields.email)) {
    return tell(draft, { line, column: '', value: fields.email, kind: 'emailTaken', effect: 'skipped' })
  }
  if (alike.length > 0) draft.shown.alikeCount++
  if (alike.length > 0 && skipAlike) {
    return tell(draft, { line, column: '', value: name, kind: 'looksAlike', effect: 'skipped' })
  }
  draft.adds.push(row)
  const others = Object.keys(fields).filter((field) => field !== 'name')
  const ofOwn = Object.keys(row.own).map((key) => `own.${key}`)
  const filled = [...others, ...ofOwn, ...(row.groups.length > 0 ? ['groups'] : [])]
  show(draft, { line, name, effect: 'add', fields: filled, matchedBy: null, alike })
}

/** The first rows, and whoever looks like somebody else, as far as there is room. */
function show({ shown }: Draft, row: PlannedRow) {
  const room = row.alike.length > 0 ? mostShown * 2 : mostShown
  if (shown.rows.length < room) shown.rows.push(row)
}
