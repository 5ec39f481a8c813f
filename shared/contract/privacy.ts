import * as z from 'zod'
import { Day, Done, Id, mutation, query, Timestamp } from './base.ts'

/** A learner by their file, a member of the staff by their account. */
export const PersonRef = z.union([z.strictObject({ beneficiaryId: Id }), z.strictObject({ userId: Id })])
export type PersonRef = z.infer<typeof PersonRef>

const Named = z.object({ id: Id, name: z.string() })

/** Somebody with what tells people of one name apart, where they have a file. */
const ToldApart = Named.extend({
  dateOfBirth: Day.nullable(),
  number: z.string().nullable(),
  trainerName: z.string().nullable(),
  city: z.string().nullable(),
})

/** What grows old by itself: `files` of people who finished or left, `answers` of graded attempts, lines and messages. */
export const retentionSubjects = [
  'files',
  'answers',
  'messages',
  'notifications',
  'sessions',
  'appointments',
  'rooms',
  'activity',
  'errors',
] as const
export const RetentionSubject = z.enum(retentionSubjects)
export type RetentionSubject = z.infer<typeof RetentionSubject>

/** Null: kept as long as the person’s file. */
export const Months = z.int().min(1).max(600).nullable()

const Plan = z.object({
  subject: RetentionSubject,
  months: Months,
  /** What the annotations of the columns say, where the organization says nothing. */
  defaultMonths: Months,
  /** What would go in one run. */
  rows: z.int(),
  /** What would go but for a legal hold. */
  held: z.int(),
  /** More is due than goes in one run. */
  isMore: z.boolean(),
  /** Whose it is, most first; not all of them when there are many. */
  people: z.array(z.object({ id: Id.nullable(), name: z.string().nullable(), rows: z.int() })),
  morePeople: z.int(),
})
export type RetentionPlan = z.infer<typeof Plan>

export const consentKinds = ['given', 'withdrawn'] as const
export const coverable = ['photo'] as const
const ConsentText = z.object({
  id: Id,
  topic: z.string(),
  version: z.int(),
  /** Another machine gave another text the same number: when it was written tells them apart. */
  hasTwin: z.boolean(),
  text: z.string(),
  /** What may be done only with a yes to it, beside what the words say. */
  covers: z.enum(coverable).nullable(),
  writtenAt: Timestamp,
  writtenBy: z.string().nullable(),
  /** Whose latest word is yes to this version. */
  given: z.int(),
})
export type ConsentText = z.infer<typeof ConsentText>

const Consent = z.object({
  id: Id,
  textId: Id,
  topic: z.string(),
  version: z.int(),
  hasTwin: z.boolean(),
  /** When the text was. */
  writtenAt: Timestamp,
  kind: z.enum(consentKinds),
  recordedAt: Timestamp,
  recordedBy: z.string().nullable(),
})
export type Consent = z.infer<typeof Consent>

const LegalHold = z.object({
  id: Id,
  person: ToldApart,
  reason: z.string(),
  placedAt: Timestamp,
  placedBy: z.string().nullable(),
  liftedAt: Timestamp.nullable(),
  liftedBy: z.string().nullable(),
})
export type LegalHold = z.infer<typeof LegalHold>

export const requestKinds = ['access', 'erasure'] as const
export const requestOutcomes = ['done', 'refused'] as const
const PrivacyRequest = z.object({
  id: Id,
  kind: z.enum(requestKinds),
  person: ToldApart.extend({ beneficiaryId: Id.nullable(), isErased: z.boolean() }),
  receivedFrom: z.string().nullable(),
  receivedOn: Day,
  dueOn: Day,
  isLate: z.boolean(),
  outcome: z.enum(requestOutcomes).nullable(),
  note: z.string().nullable(),
  doneAt: Timestamp.nullable(),
  doneBy: z.string().nullable(),
})
export type PrivacyRequest = z.infer<typeof PrivacyRequest>

const ErasureOrder = z.object({ personId: Id, erasedAt: Timestamp, erasedBy: z.string().nullable() })
const freeText = (most: number) => z.string().trim().min(1).max(most)

/** What the law gives a person of their own data, and what a centre has to do for it. */
export const privacy = {
  /** All that is stored of the person as one ZIP: JSON, readable HTML, documents. */
  export: mutation({ action: 'privacy.export', resource: 'users' })
    .input(PersonRef)
    .output(z.object({ fileName: z.string(), mimeType: z.string(), base64: z.string() })),
  /** Cannot be taken back; `name` is typed as it stands in the file, so that nobody is erased by a wrong click. */
  erase: mutation({ action: 'privacy.erase', resource: 'users', valuesStay: true })
    .input(z.object({ person: PersonRef, name: z.string().trim().max(100) }))
    .output(Done),

  /** What the rules are, and what would go by them now. Nothing goes by itself. */
  retention: query().output(z.array(Plan)),
  setRetention: mutation({ action: 'privacy.setRetention', resource: 'organizations' })
    .input(z.object({ rules: z.partialRecord(RetentionSubject, Months) }))
    .output(Done),
  /** Names the numbers that were agreed to; refused when they are others by now. */
  carryOutRetention: mutation({ action: 'privacy.carryOutRetention', resource: 'organizations', valuesStay: true })
    .input(
      z.object({
        agreed: z
          .array(z.object({ subject: RetentionSubject, rows: z.int().positive() }))
          .min(1)
          .max(10),
      }),
    )
    .output(Done),

  consentTexts: query().output(z.array(ConsentText)),
  /**
   * A topic that is there already gets its next version, which covers what it did; nobody's consent to an older one is touched.
   */
  writeConsentText: mutation({ action: 'privacy.writeConsentText', resource: 'consent_texts' })
    .input(
      z.object({ topic: freeText(60), text: freeText(10_000), covers: z.enum(coverable).nullable().default(null) }),
    )
    .output(z.object({ id: Id })),
  consentsOf: query({ look: { action: 'privacy.lookConsents', resource: 'beneficiaries', input: 'beneficiaryId' } })
    .input(z.object({ beneficiaryId: Id }))
    .output(
      z.object({
        /** The newest version of each topic. */
        texts: z.array(ConsentText.omit({ writtenBy: true, given: true })),
        /** Everything that was ever said, newest first. */
        consents: z.array(Consent),
        hold: LegalHold.pick({ reason: true, placedAt: true, placedBy: true }).nullable(),
      }),
    ),
  recordConsent: mutation({ action: 'privacy.recordConsent', resource: 'users' })
    .input(z.object({ beneficiaryId: Id, textId: Id, kind: z.enum(consentKinds) }))
    .output(Done),

  holds: query().output(z.array(LegalHold)),
  /** While it lasts, neither an erasure nor a retention rule takes anything of this person. */
  placeHold: mutation({ action: 'privacy.placeHold', resource: 'users' })
    .input(z.object({ person: PersonRef, reason: freeText(1000) }))
    .output(z.object({ id: Id })),
  liftHold: mutation({ action: 'privacy.liftHold', resource: 'users' })
    .input(z.object({ id: Id }))
    .output(Done),

  requests: query().output(z.array(PrivacyRequest)),
  /** Due one month after the day it was received (GDPR, article 12). */
  receiveRequest: mutation({ action: 'privacy.receiveRequest', resource: 'users' })
    .input(
      z.object({
        person: PersonRef,
        kind: z.enum(requestKinds),
        receivedFrom: freeText(100),
        receivedOn: Day,
      }),
    )
    .output(z.object({ id: Id })),
  closeRequest: mutation({ action: 'privacy.closeRequest', resource: 'users' })
    .input(z.object({ id: Id, outcome: z.enum(requestOutcomes), note: z.string().trim().max(1000) }))
    .output(Done),

  erasures: query().output(z.array(ErasureOrder)),
  /** The register of processing (GDPR, article 30): one line for each table with personal data. */
  register: query().output(
    z.object({
      markdown: z.string(),
      lines: z.array(
        z.object({
          table: z.string(),
          purpose: z.string(),
          data: z.string(),
          kept: z.string(),
          copy: z.string(),
          erasure: z.string(),
          because: z.string(),
        }),
      ),
    }),
  ),
}
