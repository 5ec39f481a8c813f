import * as z from 'zod'
import { Day, Done, Email, Id, mutation, PersonName, query, Timestamp } from './base.ts'

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
})
export type BeneficiaryRow = z.infer<typeof BeneficiaryRow>

export const ListBeneficiaries = z.object({
  /** Any parts of the name, in any order and without accents. */
  search: z.string().max(200).default(''),
  status: BeneficiaryStatus.optional(),
  trainerId: Id.optional(),
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
  email: Email.nullable().default(null),
  phone: text(20).default(''),
  address: text(1000).default(''),
  city: text(100).default(''),
  country: text(100).default(''),
  dateOfBirth: Day.nullable().default(null),
  emergencyContact: text(100).default(''),
  emergencyPhone: text(20).default(''),
  trainerId: Id.nullable().default(null),
  enrollmentDate: Day.nullable().default(null),
  status: BeneficiaryStatus.default('active'),
  notes: text(20_000).default(''),
})
export type BeneficiaryFields = z.infer<typeof BeneficiaryFields>

export const Beneficiary = BeneficiaryFields.extend({
  id: Id,
  trainerName: z.string().nullable(),
  updatedAt: Timestamp,
})
export type Beneficiary = z.infer<typeof Beneficiary>

/** So many names are pasted at once. */
export const mostNames = 200

/** People of whom the name is all that is known so far. */
export const RegisterMany = z.object({
  names: z.array(PersonName).min(1).max(mostNames),
  trainerId: Id.nullable().default(null),
  enrollmentDate: Day.nullable().default(null),
})
export type RegisterMany = z.infer<typeof RegisterMany>

export const beneficiaries = {
  list: query().input(ListBeneficiaries).output(BeneficiaryPage),
  get: query({ look: { action: 'beneficiaries.look', resource: 'beneficiaries', input: 'id' } })
    .input(z.object({ id: Id }))
    .output(Beneficiary),
  create: mutation({ action: 'beneficiaries.create', resource: 'beneficiaries' })
    .input(BeneficiaryFields)
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
      BeneficiaryFields.extend({
        id: Id,
        /** The version that was on the screen; refused if somebody has written since. */
        updatedAt: Timestamp,
      }),
    )
    .output(z.object({ updatedAt: Timestamp })),
  setStatus: mutation({ action: 'beneficiaries.setStatus', resource: 'beneficiaries' })
    .input(z.object({ id: Id, status: BeneficiaryStatus }))
    .output(Done),
  /** The people a beneficiary can be assigned to. */
  trainers: query().output(z.array(z.object({ id: Id, name: z.string() }))),
}
