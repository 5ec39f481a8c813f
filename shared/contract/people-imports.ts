import * as z from 'zod'
import { Done, Id, mutation, query, Timestamp } from './base.ts'
import { Alike } from './beneficiaries.ts'
import { LegacyEncoding } from './imports.ts'
import { OwnKey } from './own-fields.ts'

const MegaByte = 1024 * 1024

/** What a column of a list can hold, beside the fields of the organization. */
export const personColumns = [
  'name',
  'firstName',
  'lastName',
  'number',
  'email',
  'phone',
  'dateOfBirth',
  'language',
  'address',
  'city',
  'state',
  'postalCode',
  'country',
  'guardianName',
  'guardianRelation',
  'guardianPhone',
  'emergencyContact',
  'emergencyPhone',
  'enrollmentDate',
  'completedOn',
  'status',
  'trainer',
  'groups',
  'notes',
] as const
export const PersonColumn = z.enum(personColumns)
export type PersonColumn = z.infer<typeof PersonColumn>

/** What one column becomes; null leaves it out. */
export const ColumnTarget = z.union([PersonColumn, z.templateLiteral(['own.', OwnKey])]).nullable()
export type ColumnTarget = z.infer<typeof ColumnTarget>

export const dayOrders = ['dayFirst', 'monthFirst'] as const
export const DayOrder = z.enum(dayOrders)
export type DayOrder = z.infer<typeof DayOrder>

export const mostPeopleRows = 50_000

/** How many people one step adds or changes: few enough that nobody at a running exam waits for them. */
export const addsAtOnce = 50
export const changesAtOnce = 6

/** Kept in memory for whoever sent it, until another one or the end of the program. */
const SentFile = z.object({
  base64: z.base64().max(16 * MegaByte),
  fileName: z.string().max(500).default(''),
  encoding: LegacyEncoding.optional(),
})

/** What a file is, before anything is said of its columns. */
export const PeopleFile = z.object({
  fileId: z.uuid(),
  kind: z.enum(['csv', 'xlsx', 'oneRoster']),
  columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()), target: ColumnTarget })),
  rows: z.int(),
  /** Set where the file is in no form of Unicode. */
  guessedEncoding: LegacyEncoding.nullable(),
  dayOrder: DayOrder,
  /** Some days can be read either way, and none says which it is. */
  isDayOrderOpen: z.boolean(),
})
export type PeopleFile = z.infer<typeof PeopleFile>

export const rowProblems = [
  'noName',
  'tooLong',
  'notADay',
  'notANumber',
  'notAnEmail',
  'notYesNo',
  'notAChoice',
  'notAStatus',
  'unknownTrainer',
  'emailTaken',
  'severalMatch',
  'sameAsRow',
  'looksAlike',
  'broken',
  'tooMany',
] as const

/** `skipped`: the row is left out; `changed`: it comes in without this value. */
export const RowProblem = z.object({
  line: z.int(),
  column: z.string(),
  value: z.string(),
  kind: z.enum(rowProblems),
  effect: z.enum(['skipped', 'changed']),
})
export type RowProblem = z.infer<typeof RowProblem>

export const PlannedRow = z.object({
  line: z.int(),
  name: z.string(),
  effect: z.enum(['add', 'change']),
  /** The names of the fields that become another. */
  fields: z.array(z.string()),
  /** By what somebody who is here already was found. */
  matchedBy: z.enum(['email', 'number', 'nameAndBirth']).nullable(),
  alike: z.array(Alike),
})
export type PlannedRow = z.infer<typeof PlannedRow>

export const PeoplePlan = z.object({
  adds: z.int(),
  changes: z.int(),
  same: z.int(),
  skipped: z.int(),
  /** The first of them. */
  rows: z.array(PlannedRow),
  problems: z.array(RowProblem),
  problemCount: z.int(),
  /** New people who look like somebody who is here already. */
  alikeCount: z.int(),
})
export type PeoplePlan = z.infer<typeof PeoplePlan>

export const PlanPeople = z.object({
  fileId: z.uuid(),
  columns: z.array(ColumnTarget).max(200),
  dayOrder: DayOrder,
  /** Leaves out new people who look like somebody who is here already. */
  skipAlike: z.boolean().default(false),
})
export type PlanPeople = z.infer<typeof PlanPeople>

export const PeopleImport = z.object({
  id: Id,
  fileName: z.string(),
  state: z.enum(['running', 'done', 'undoing', 'undone']),
  total: z.int(),
  added: z.int(),
  changed: z.int(),
  at: Timestamp,
  byName: z.string().nullable(),
})
export type PeopleImport = z.infer<typeof PeopleImport>

const Step = z.object({ importId: Id, fileId: z.uuid() })
const Reached = z.object({
  added: z.int(),
  changed: z.int(),
  total: z.int() /** Rows that could not be carried out any more, such as with an address that was taken meanwhile. */,
  failed: z.array(z.int()),
  isDone: z.boolean(),
})

/**
 * Lists of people from other programs. A file is read, then planned against who is here, then carried out some rows at a
 * time, each time in one transaction: what was reached is known at every moment, and all of it can be taken back.
 */
export const peopleImports = {
  read: query({ maxBytes: 17 * MegaByte })
    .input(SentFile)
    .output(PeopleFile),
  /** Changes nothing; the plan is kept with the file. */
  plan: query().input(PlanPeople).output(PeoplePlan),
  begin: mutation({ action: 'peopleImports.begin', resource: 'beneficiaries', valuesStay: true })
    .input(z.object({ fileId: z.uuid() }))
    .output(z.object({ importId: Id, total: z.int() })),
  /** The next new people. The log names their files, not them, as that of `beneficiaries.registerMany`. */
  addSome: mutation({ action: 'peopleImports.addSome', resource: 'beneficiaries', valuesStay: true })
    .input(Step)
    .output(Reached),
  /** The next people who are here already, with what stood in their files before. */
  changeSome: mutation({ action: 'peopleImports.changeSome', resource: 'beneficiaries' }).input(Step).output(Reached),
  /** What can still be taken back. */
  list: query().output(z.array(PeopleImport)),
  /** Takes the next rows back; refused as a whole when somebody has worked with one of these people since. */
  undoSome: mutation({ action: 'peopleImports.undoSome', resource: 'beneficiaries', valuesStay: true })
    .input(z.object({ importId: Id }))
    .output(z.object({ left: z.int() })),
  /** Leaves what was reached as it is. */
  stop: mutation({ action: 'peopleImports.stop', resource: 'beneficiaries' })
    .input(z.object({ importId: Id }))
    .output(Done),
}
