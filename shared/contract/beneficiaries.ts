import * as z from 'zod'
import { SavedFile, SheetFormat } from './activity.ts'
import { Birthday, Day, Done, Email, Id, mutation, PersonName, query, Timestamp, WrittenDay } from './base.ts'
import { OwnKey, OwnValues } from './own-fields.ts'
import { ImageDigest } from './questions.ts'

export const beneficiaryStatuses = ['active', 'inactive', 'completed'] as const
export const BeneficiaryStatus = z.enum(beneficiaryStatuses)
export type BeneficiaryStatus = z.infer<typeof BeneficiaryStatus>

export const BeneficiaryRow = z.object({
  id: Id,
  name: z.string(),
  /** Null for people without e-mail, who sit at the kiosk and never sign in. */
  email: z.string().nullable(),
  phone: z.string().nullable(),
  city: z.string().nullable(),
  status: BeneficiaryStatus,
  trainerId: Id.nullable(),
  trainerName: z.string().nullable(),
  enrollmentDate: Day.nullable(),
  /** With the number of their file, what tells people of one name apart. */
  dateOfBirth: Day.nullable(),
  number: z.string().nullable(),
  /** Digest of the photo, for `photos.get`; null where there is none. */
  photo: ImageDigest.nullable(),
})
export type BeneficiaryRow = z.infer<typeof BeneficiaryRow>

export const ListBeneficiaries = z.object({
  /** Any parts of the name, in any order and without accents. */
  search: z.string().max(200).default(''),
  status: BeneficiaryStatus.optional(),
  trainerId: Id.optional(),
  /** What stands in a field of the organization: the whole of it, without accents. */
  own: z.object({ key: OwnKey, value: z.string().max(500) }).optional(),
  /** By name, or from the last name to the first. */
  order: z.enum(['name', '-name']).optional(),
  /** `next` of the page before. */
  after: z.string().max(400).optional(),
  limit: z.int().min(1).max(200).default(100),
})
export type ListBeneficiaries = z.infer<typeof ListBeneficiaries>

export const BeneficiaryPage = z.object({
  rows: z.array(BeneficiaryRow),
  next: z.string().nullable(),
  /** How many match in all. Null on later pages, and when so many match a search that counting them would take too long. */
  total: z.int().nullable(),
})
export type BeneficiaryPage = z.infer<typeof BeneficiaryPage>

const text = (max: number) => z.string().trim().max(max)

/** What a trainer can write down of a person. Empty texts are stored as unknown. */
export const BeneficiaryFields = z.object({
  name: PersonName,
  /** Under which the centre knows the person. */
  number: text(50).default(''),
  email: Email.nullable().default(null),
  phone: text(20).default(''),
  address: text(1000).default(''),
  city: text(100).default(''),
  state: text(100).default(''),
  postalCode: text(20).default(''),
  country: text(100).default(''),
  dateOfBirth: Day.nullable().default(null),
  /** The language to speak with the person. */
  language: text(50).default(''),
  guardianName: text(100).default(''),
  /** Who that is to the person: mother, uncle, social worker. */
  guardianRelation: text(100).default(''),
  guardianPhone: text(20).default(''),
  emergencyContact: text(100).default(''),
  emergencyPhone: text(20).default(''),
  trainerId: Id.nullable().default(null),
  enrollmentDate: Day.nullable().default(null),
  completedOn: Day.nullable().default(null),
  status: BeneficiaryStatus.default('active'),
  notes: text(20_000).default(''),
  /** The fields of the organization, by their keys. */
  own: OwnValues.default({}),
})
export type BeneficiaryFields = z.infer<typeof BeneficiaryFields>

/** The same as somebody writes it down now. What stands already, or came from elsewhere, is shown as it is. */
export const WrittenFields = BeneficiaryFields.extend({
  dateOfBirth: Birthday.nullable().default(null),
  enrollmentDate: WrittenDay.nullable().default(null),
  completedOn: WrittenDay.nullable().default(null),
})

export const Beneficiary = BeneficiaryFields.extend({
  id: Id,
  trainerName: z.string().nullable(),
  photo: ImageDigest.nullable(),
  updatedAt: Timestamp,
})
export type Beneficiary = z.infer<typeof Beneficiary>

/** Whoever may be the same person as somebody who is written down: it warns and never forbids. */
export const Alike = z.object({
  id: Id,
  name: z.string(),
  dateOfBirth: Day.nullable(),
  trainerName: z.string().nullable(),
  causes: z.array(z.enum(['name', 'dateOfBirth', 'phone', 'number'])).min(1),
})
export type Alike = z.infer<typeof Alike>

export const FindAlike = z.object({
  name: z.string().max(100),
  dateOfBirth: Day.nullable().default(null),
  phone: z.string().max(20).default(''),
  number: z.string().max(50).default(''),
  /** Somebody is not alike to themselves. */
  exceptId: Id.optional(),
})
export type FindAlike = z.infer<typeof FindAlike>

export const fileEvents = [
  'attempt',
  'result',
  'appointment',
  'attendance',
  'consent',
  'group',
  'handover',
  'document',
  'message',
  'change',
] as const
export const FileEvent = z.object({
  kind: z.enum(fileEvents),
  /** Of the row that it tells of. */
  id: Id,
  at: Timestamp,
  /** The assessment, the appointment, the group, the document; of a message its subject or how it begins; of a change, its action. */
  title: z.string(),
  /** What state that is in, or what was decided. */
  state: z.string().nullable(),
  percentage: z.number().nullable(),
  byName: z.string().nullable(),
  /** Of a series of appointments the next one; null where none is to come. */
  next: Timestamp.nullable(),
  /** Of a message the conversation that it is in; null for everything else. */
  thread: z.string().nullable(),
})
export type FileEvent = z.infer<typeof FileEvent>

export const ListEvents = z.object({
  id: Id,
  kinds: z.array(z.enum(fileEvents)).max(fileEvents.length).default([]),
  after: z.string().max(400).optional(),
  limit: z.int().min(1).max(100).default(30),
})
export type ListEvents = z.infer<typeof ListEvents>

/** One field of a file that was written over. */
export const FieldChange = z.object({
  /** The line of the activity log. */
  activityId: Id,
  at: Timestamp,
  byName: z.string().nullable(),
  /** The name of the field in `BeneficiaryFields`, or `own.` and the key of a field of the organization. */
  field: z.string(),
  before: z.string(),
  after: z.string(),
  /** What was there is in the log as a whole and can be written back. */
  isRestorable: z.boolean(),
})
export type FieldChange = z.infer<typeof FieldChange>

/** A person went from one status to another. */
export const StatusChange = z.object({
  activityId: Id,
  at: Timestamp,
  byName: z.string().nullable(),
  before: BeneficiaryStatus,
  after: BeneficiaryStatus,
})
export type StatusChange = z.infer<typeof StatusChange>

/** So many rows of a list are named one by one; more are meant by what the list shows, except some. */
export const mostNamed = 5000

/** So many names are pasted at once. */
export const mostNames = 200

/** People of whom the name is all that is known so far. */
export const RegisterMany = z.object({
  names: z.array(PersonName).min(1).max(mostNames),
  trainerId: Id.nullable().default(null),
  enrollmentDate: WrittenDay.nullable().default(null),
})
export type RegisterMany = z.infer<typeof RegisterMany>

const fileLook = { action: 'beneficiaries.look', resource: 'beneficiaries', input: 'id' } as const

export const beneficiaries = {
  list: query().input(ListBeneficiaries).output(BeneficiaryPage),
  get: query({ look: fileLook })
    .input(z.object({ id: Id }))
    .output(Beneficiary),
  create: mutation({ action: 'beneficiaries.create', resource: 'beneficiaries' })
    .input(WrittenFields)
    .output(z.object({ id: Id })),
  /** All of them, or nobody. An account, a profile and a file of each stand in the log, until they are erased or taken back. */
  registerMany: mutation({ action: 'beneficiaries.registerMany', resource: 'beneficiaries', rows: 5 * mostNames })
    .input(RegisterMany)
    .output(z.object({ ids: z.array(Id) })),
  /**
   * Takes back within the hour what `registerMany` did, as long as nothing has been done with these people since: out of the
   * log as well, which keeps the numbers of their files.
   */
  withdrawMany: mutation({ action: 'beneficiaries.withdrawMany', resource: 'beneficiaries', valuesStay: true })
    .input(z.object({ ids: z.array(Id).min(1).max(mostNames) }))
    .output(Done),
  update: mutation({ action: 'beneficiaries.update', resource: 'beneficiaries' })
    .input(
      WrittenFields.extend({
        id: Id,
        /** The version that was on the screen; refused if somebody has written since. */
        updatedAt: Timestamp,
      }),
    )
    .output(z.object({ updatedAt: Timestamp })),
  /** Writes back what a field held before a change, as the log has it. */
  restoreField: mutation({ action: 'beneficiaries.restoreField', resource: 'beneficiaries' })
    .input(z.object({ id: Id, updatedAt: Timestamp, activityId: Id, field: z.string().max(100) }))
    .output(z.object({ updatedAt: Timestamp })),
  /** What was changed in a file, newest first. */
  history: query({ look: fileLook })
    .input(z.object({ id: Id, after: z.string().max(400).optional() }))
    .output(z.object({ rows: z.array(FieldChange), next: z.string().nullable() })),
  /** Newest first. */
  statusHistory: query({ look: fileLook })
    .input(z.object({ id: Id }))
    .output(z.array(StatusChange)),
  /** Everything that happened, newest first. */
  timeline: query({ look: fileLook })
    .input(ListEvents)
    .output(z.object({ rows: z.array(FileEvent), next: z.string().nullable() })),
  groupsOf: query({ look: fileLook })
    .input(z.object({ id: Id }))
    .output(z.array(z.object({ id: Id, name: z.string() }))),
  alike: query().input(FindAlike).output(z.array(Alike)),
  /** The list as it is filtered, or who of it is chosen, with every field. */
  export: mutation({ action: 'beneficiaries.export' }, { maxBytes: 128 * 1024 })
    .input(
      ListBeneficiaries.pick({ search: true, status: true, trainerId: true, own: true, order: true }).extend({
        /** These alone, or all but these. */
        ids: z.array(Id).min(1).max(mostNamed).optional(),
        except: z.array(Id).max(mostNamed).default([]),
        format: SheetFormat,
        /** Heads of the columns, in the words of the screen. */
        columns: z
          .array(z.object({ field: z.string().max(100), name: z.string().max(200) }))
          .min(1)
          .max(100),
      }),
    )
    .output(SavedFile),
  setStatus: mutation({ action: 'beneficiaries.setStatus', resource: 'beneficiaries' })
    .input(z.object({ id: Id, status: BeneficiaryStatus }))
    .output(Done),
  /** The people a beneficiary can be assigned to. */
  trainers: query().output(z.array(z.object({ id: Id, name: z.string() }))),
}
