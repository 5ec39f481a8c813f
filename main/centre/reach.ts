import type { TableName } from '../database/registry.ts'

/** Whom the rows of a table are about, and who gets and writes them besides the devices of the whole organization. */
export interface Reach {
  /**
   * The account that a row is about: its own id, a column that names an account, or a column that leads to a beneficiary,
   * alone or by way of an attempt, an assessment, or a document; `row`: whomever the row that it asks about is about.
   */
  about: 'self' | 'beneficiary' | 'account' | 'attempt' | 'assessment' | 'document' | 'row' | 'nobody'
  /** Where `about` is `account`. */
  account?: string
  /** `person`: of their people; `both`: where the one in `other_id` is theirs as well; `shared`: and of nobody; `always`: also once the trainer has lost their standing; the others have rules of their own in `sync.trainer_sees`. */
  trainerReads:
    | 'all'
    | 'person'
    | 'shared'
    | 'conflicts'
    | 'users'
    | 'own'
    | 'messages'
    | 'documents'
    | 'shares'
    | 'appointments'
    | 'both'
    | 'views'
    | 'always'
    | 'none'
  trainerWrites: boolean
  kioskReads: boolean
  /** What rows say that a kiosk gets, where that is not all of them. */
  kioskOnly?: Readonly<Record<string, string | null>>
  kioskWrites: boolean
  /** Columns that are empty on a kiosk. */
  kioskHidden?: readonly string[]
}

const shared = {
  about: 'nobody',
  trainerReads: 'all',
  trainerWrites: true,
  kioskReads: true,
  kioskWrites: false,
} as const
const personal = {
  about: 'beneficiary',
  trainerReads: 'person',
  trainerWrites: true,
  kioskReads: false,
  kioskWrites: false,
} as const
const ofStaff = { ...shared, kioskReads: false } as const
const ofAdministrators = { ...shared, trainerWrites: false } as const
const logged = { ...shared, trainerReads: 'none', kioskReads: false, kioskWrites: true } as const

/**
 * A kiosk gets what it takes to sit an assessment, and hands in what was written there; a trainer's laptop gets what a
 * trainer sees at the centre (`main/scope.ts`).
 */
export const reaches: Record<TableName, Reach> = {
  organizations: { ...ofAdministrators, trainerReads: 'always' },
  users: { ...personal, about: 'self', trainerReads: 'users', kioskReads: true },
  profiles: { ...personal, about: 'account', account: 'user_id', trainerReads: 'own' },
  beneficiaries: { ...personal, kioskReads: true, kioskHidden: ['notes', 'metadata', 'merge_record'] },
  groups: shared,
  group_members: { ...personal, kioskReads: true },
  learner_credentials: { ...personal, kioskReads: true, kioskWrites: true },
  assessments: { ...personal, trainerReads: 'shared', kioskReads: true },
  questions: { ...personal, about: 'assessment', trainerReads: 'shared', kioskReads: true },
  papers: { ...personal, about: 'assessment', trainerReads: 'shared', kioskReads: true },
  classroom_sessions: shared,
  attempts: { ...personal, kioskReads: true, kioskWrites: true },
  attempt_incidents: { ...personal, about: 'attempt', kioskWrites: true },
  attempt_receipts: { ...personal, about: 'attempt', kioskWrites: true },
  responses: { ...personal, kioskWrites: true },
  marks: { ...personal, about: 'attempt' },
  key_corrections: { ...ofStaff, trainerReads: 'none' },
  assessment_results: { ...personal, kioskWrites: true },
  appointments: { ...personal, trainerReads: 'appointments' },
  attendance: personal,
  // A kiosk gets the pictures of questions, which are about nobody.
  documents: {
    ...personal,
    trainerReads: 'documents',
    kioskReads: true,
    kioskOnly: { category: 'question', beneficiary_id: null },
  },
  document_shares: { ...personal, about: 'document', trainerReads: 'shares' },
  messages: { ...ofStaff, trainerReads: 'messages' },
  notifications: { ...personal, about: 'account', account: 'user_id', trainerReads: 'own' },
  activity_logs: logged,
  settings: ofAdministrators,
  sessions: { ...logged, trainerWrites: false, kioskWrites: false },
  error_logs: logged,
  erasure_orders: ofAdministrators,
  consent_texts: { ...ofStaff, trainerWrites: false },
  consents: { ...personal, about: 'account', account: 'person_id' },
  legal_holds: { ...personal, about: 'account', account: 'person_id', trainerWrites: false },
  privacy_requests: { ...personal, about: 'account', account: 'person_id' },
  handovers: personal,
  goals: personal,
  person_links: { ...personal, trainerReads: 'both' },
  saved_views: { ...personal, about: 'account', account: 'user_id', trainerReads: 'views' },
  sync_conflicts: { ...personal, about: 'row', trainerReads: 'conflicts' },
}
