import type { RetentionSubject } from '../../../shared/contract/privacy.ts'
import { registry } from '../../database/registry.ts'
import type { Database } from '../../database/tables.ts'

/** What a column says of a person: nothing, who they are, how to reach them, or what the law protects most. */
export type Personal = 'none' | 'identity' | 'contact' | 'special'

export interface Rule {
  personal: Personal
  /** Whether the person gets it in the copy of their data. */
  isExported: boolean
  /** `delete`: the row goes; `null` and `pseudonym`: the value goes; `shred`: the part that tells of the person goes. */
  erase: 'keep' | 'delete' | 'null' | 'pseudonym' | 'shred'
}

interface TablePrivacy {
  purpose: string
  /** In words; where rows grow old, the words of `defaultMonths`. */
  retention: string
  /** SQL condition for the rows about the account `@person`; null where no row is about one person. */
  whose: string | null
  /** Why what is personal here is kept or not exported. */
  because?: string
}

type Annotations = { [T in keyof Database]: TablePrivacy & { columns: Record<keyof Database[T], Rule> } }

const keep: Rule = { personal: 'none', isExported: false, erase: 'keep' }
const gone: Rule = { personal: 'none', isExported: true, erase: 'delete' }
const whoGone: Rule = { personal: 'identity', isExported: true, erase: 'delete' }
const contactGone: Rule = { personal: 'contact', isExported: true, erase: 'delete' }
/** Free text about a person may hold health, faith or origin (GDPR, article 9). */
const specialGone: Rule = { personal: 'special', isExported: true, erase: 'delete' }
const secretGone: Rule = { personal: 'identity', isExported: false, erase: 'delete' }
const pseudonym: Rule = { personal: 'identity', isExported: true, erase: 'pseudonym' }
const secretPseudonym: Rule = { personal: 'identity', isExported: false, erase: 'pseudonym' }
const blank: Rule = { personal: 'identity', isExported: true, erase: 'null' }
const fact: Rule = { personal: 'none', isExported: true, erase: 'keep' }
const shred: Rule = { personal: 'identity', isExported: true, erase: 'shred' }
/** Says which member of the staff did something: stays a number, because the account behind it becomes a pseudonym. */
const by: Rule = keep

const files = '(SELECT id FROM beneficiaries WHERE user_id = @person)'
const ofFile = `beneficiary_id IN ${files}`
const attempts = `(SELECT id FROM attempts WHERE ${ofFile})`
const ofAttempt = `attempt_id IN ${attempts}`
/** The centre says whom a conflict is about; where it does not, the row does. */
const conflictsOf = `(person_id = @person OR (person_id IS NULL AND (
  (table_number = ${registry.users.number} AND row_id = @person)
  OR (table_number = ${registry.profiles.number} AND row_id IN (SELECT id FROM profiles WHERE user_id = @person))
  OR (table_number = ${registry.beneficiaries.number} AND row_id IN ${files})
  OR (table_number = ${registry.attempts.number} AND row_id IN ${attempts})
  OR (table_number = ${registry.responses.number} AND row_id IN (SELECT id FROM responses WHERE ${ofFile}))
  OR (table_number = ${registry.assessment_results.number} AND row_id IN (SELECT id FROM assessment_results WHERE ${ofFile}))
  OR (table_number = ${registry.appointments.number} AND row_id IN (SELECT id FROM appointments WHERE ${ofFile}))
  OR (table_number = ${registry.documents.number} AND row_id IN (SELECT id FROM documents WHERE ${ofFile})))))`

/** How long what grows old is kept where the organization says nothing; null: as long as the person’s file. */
export const defaultMonths: Readonly<Record<RetentionSubject, number | null>> = {
  files: 60,
  answers: null,
  messages: 24,
  notifications: 3,
  sessions: 1,
  appointments: null,
  rooms: 12,
  activity: 120,
  errors: 12,
}

function monthsInWords(subject: RetentionSubject): string {
  const months = defaultMonths[subject]
  return months === null ? asLongAsThePerson : `${months} months, or as the organization says`
}

const asLongAsThePerson = 'as long as the person’s file'
const learning = { purpose: 'teaching, assessing and certifying the person', retention: asLongAsThePerson }
const material = { purpose: 'teaching material of the centre', retention: 'until the centre deletes it', whose: null }
const technical = {
  purpose: 'running the program on this machine',
  retention: 'as long as the program is used',
  whose: null,
}

/** What every column of the schema is to a person. A column that is not named here does not compile. */
export const annotations = {
  organizations: {
    purpose: 'the centre itself',
    retention: 'as long as the centre uses BDC',
    whose: null,
    columns: {
      id: keep,
      name: keep,
      slug: keep,
      admin_id: by,
      settings: keep,
      is_active: keep,
      created_at: keep,
      updated_at: keep,
    },
  },
  users: {
    purpose: 'who somebody is, and signing in',
    retention: asLongAsThePerson,
    whose: 'id = @person',
    because:
      'The account stays as a number without a name, so that the log and the marks somebody gave still have an author.',
    columns: {
      id: fact,
      organization_id: keep,
      email: { ...pseudonym, personal: 'contact' },
      password_hash: secretPseudonym,
      name: pseudonym,
      role: fact,
      is_active: { ...fact, erase: 'pseudonym' },
      is_verified: fact,
      last_login: blank,
      created_at: fact,
      updated_at: fact,
    },
  },
  profiles: {
    purpose: 'reaching the person, and somebody else in an emergency',
    retention: asLongAsThePerson,
    whose: 'user_id = @person',
    columns: {
      id: gone,
      organization_id: gone,
      user_id: gone,
      phone: contactGone,
      address: contactGone,
      city: contactGone,
      state: contactGone,
      country: contactGone,
      postal_code: contactGone,
      date_of_birth: whoGone,
      emergency_contact: contactGone,
      emergency_phone: contactGone,
      preferences: whoGone,
      metadata: specialGone,
      created_at: gone,
      updated_at: gone,
    },
  },
  beneficiaries: {
    ...learning,
    whose: 'user_id = @person',
    columns: {
      id: gone,
      organization_id: gone,
      user_id: gone,
      trainer_id: gone,
      enrollment_date: whoGone,
      status: whoGone,
      notes: specialGone,
      metadata: specialGone,
      created_at: gone,
      updated_at: gone,
    },
  },
  groups: {
    ...material,
    columns: { id: keep, organization_id: keep, name: keep, description: keep, created_at: keep, updated_at: keep },
  },
  group_members: {
    ...learning,
    whose: ofFile,
    columns: { id: gone, organization_id: gone, group_id: whoGone, beneficiary_id: gone, created_at: gone },
  },
  learner_credentials: {
    purpose: 'signing in without a password',
    retention: asLongAsThePerson,
    whose: ofFile,
    because: 'A secret is not given out, not even to its owner.',
    columns: {
      id: gone,
      organization_id: gone,
      beneficiary_id: gone,
      kind: gone,
      secret_hash: secretGone,
      failures: gone,
      locked_until: gone,
      revoked_at: gone,
      created_at: gone,
      updated_at: gone,
    },
  },
  assessments: {
    ...material,
    whose: ofFile,
    because: 'Only an assessment for one person alone is about a person, and goes with them.',
    columns: {
      id: gone,
      organization_id: gone,
      title: whoGone,
      description: whoGone,
      type: gone,
      beneficiary_id: gone,
      trainer_id: gone,
      status: gone,
      scheduled_for: gone,
      completed_at: gone,
      time_limit: gone,
      passing_score: gone,
      attempts_allowed: gone,
      settings: gone,
      group_id: gone,
      closes_at: gone,
      created_at: gone,
      updated_at: gone,
    },
  },
  questions: {
    ...material,
    columns: {
      id: keep,
      organization_id: keep,
      assessment_id: keep,
      text: keep,
      type: keep,
      options: keep,
      correct_answer: keep,
      points: keep,
      order: keep,
      required: keep,
      metadata: keep,
      category: keep,
      tags: keep,
      origin_id: keep,
      pool: keep,
      created_at: keep,
      updated_at: keep,
    },
  },
  papers: {
    ...material,
    columns: {
      id: keep,
      organization_id: keep,
      assessment_id: keep,
      title: keep,
      passing_score: keep,
      max_score: keep,
      questions: keep,
      rules: keep,
      created_at: keep,
    },
  },
  classroom_sessions: {
    purpose: 'letting the devices of a room in',
    retention: monthsInWords('rooms'),
    whose: null,
    columns: {
      id: keep,
      organization_id: keep,
      user_id: by,
      group_id: keep,
      assessment_ids: keep,
      settings: keep,
      code: keep,
      code_expires_at: keep,
      started_at: keep,
      ended_at: keep,
    },
  },
  attempts: {
    ...learning,
    whose: ofFile,
    columns: {
      id: gone,
      organization_id: gone,
      assessment_id: gone,
      beneficiary_id: gone,
      attempt_number: gone,
      state: whoGone,
      paper_id: gone,
      time_limit_ms: gone,
      used_ms: whoGone,
      current_question_id: gone,
      draw: gone,
      flags: whoGone,
      extra_ms: whoGone,
      paused_at: whoGone,
      is_practice: gone,
      classroom_session_id: gone,
      started_at: whoGone,
      submitted_at: whoGone,
      updated_at: gone,
    },
  },
  attempt_incidents: {
    ...learning,
    whose: ofAttempt,
    columns: {
      id: gone,
      organization_id: gone,
      attempt_id: gone,
      kind: whoGone,
      lost_ms: whoGone,
      reason: specialGone,
      user_id: gone,
      happened_at: gone,
    },
  },
  attempt_receipts: {
    ...learning,
    whose: ofAttempt,
    columns: { id: gone, organization_id: gone, attempt_id: gone, code: whoGone, digest: whoGone, created_at: gone },
  },
  responses: {
    ...learning,
    whose: ofFile,
    columns: {
      id: gone,
      organization_id: gone,
      attempt_id: gone,
      assessment_id: gone,
      beneficiary_id: gone,
      question_id: gone,
      answer: specialGone,
      is_correct: whoGone,
      points_earned: whoGone,
      credit: whoGone,
      time_spent: whoGone,
      attempt_number: gone,
      edit: gone,
      created_at: gone,
      updated_at: gone,
    },
  },
  marks: {
    ...learning,
    whose: ofAttempt,
    columns: {
      id: gone,
      organization_id: gone,
      attempt_id: gone,
      response_id: gone,
      kind: gone,
      points: whoGone,
      tolerance: gone,
      comment: specialGone,
      rubric: whoGone,
      reason: specialGone,
      user_id: gone,
      created_at: gone,
    },
  },
  key_corrections: {
    purpose: 'explaining a result that changed',
    retention: 'as long as the assessment',
    whose: null,
    because:
      'The list of changed results names people: an erasure takes the person out of it. Their results are exported.',
    columns: {
      id: keep,
      organization_id: keep,
      assessment_id: keep,
      question_id: keep,
      paper_before: keep,
      paper_after: keep,
      reason: keep,
      changed: { personal: 'identity', isExported: false, erase: 'shred' },
      user_id: by,
      created_at: keep,
    },
  },
  assessment_results: {
    ...learning,
    whose: ofFile,
    columns: {
      id: gone,
      organization_id: gone,
      attempt_id: gone,
      assessment_id: gone,
      beneficiary_id: gone,
      score: whoGone,
      max_score: gone,
      percentage: whoGone,
      passed: whoGone,
      time_taken: whoGone,
      ai_analysis: specialGone,
      recommendations: specialGone,
      overridden_by: gone,
      override_reason: specialGone,
      created_at: gone,
      updated_at: gone,
    },
  },
  appointments: {
    ...learning,
    retention: monthsInWords('appointments'),
    whose: ofFile,
    columns: {
      id: gone,
      organization_id: gone,
      title: whoGone,
      description: specialGone,
      beneficiary_id: gone,
      trainer_id: gone,
      start_time: whoGone,
      end_time: whoGone,
      location: whoGone,
      type: gone,
      status: gone,
      notes: specialGone,
      reminder_sent: gone,
      google_event_id: whoGone,
      created_at: gone,
      updated_at: gone,
    },
  },
  documents: {
    ...learning,
    whose: ofFile,
    columns: {
      id: gone,
      organization_id: gone,
      filename: whoGone,
      file_path: whoGone,
      file_size: gone,
      mime_type: gone,
      category: gone,
      description: specialGone,
      uploaded_by: gone,
      beneficiary_id: gone,
      is_public: gone,
      tags: whoGone,
      metadata: whoGone,
      created_at: gone,
    },
  },
  document_shares: {
    ...learning,
    whose: 'shared_with = @person',
    columns: {
      id: gone,
      organization_id: gone,
      document_id: gone,
      shared_with: whoGone,
      shared_by: gone,
      permission: gone,
      expires_at: gone,
      created_at: gone,
    },
  },
  messages: {
    purpose: 'writing to each other within the centre',
    retention: monthsInWords('messages'),
    whose: '(sender_id = @person OR recipient_id = @person)',
    columns: {
      id: gone,
      organization_id: gone,
      sender_id: gone,
      recipient_id: gone,
      subject: specialGone,
      content: specialGone,
      is_read: gone,
      read_at: whoGone,
      parent_id: gone,
      attachments: specialGone,
      created_at: gone,
    },
  },
  notifications: {
    purpose: 'telling somebody that something is due',
    retention: monthsInWords('notifications'),
    whose: 'user_id = @person',
    columns: {
      id: gone,
      organization_id: gone,
      user_id: gone,
      type: gone,
      title: whoGone,
      message: specialGone,
      data: whoGone,
      is_read: gone,
      read_at: whoGone,
      created_at: gone,
    },
  },
  activity_logs: {
    purpose: 'proving who did and saw what',
    retention: monthsInWords('activity'),
    whose: '(user_id = @person OR id IN (SELECT activity_id FROM activity_people WHERE person_id = @person))',
    because:
      'The line stays under the number of the account; what tells of the person in it is taken out and the proof still holds.',
    columns: {
      id: fact,
      organization_id: keep,
      user_id: keep,
      action: fact,
      resource_type: fact,
      resource_id: fact,
      // The changes tell of other people too; everything they say of this person is in the other tables.
      details: { ...shred, isExported: false },
      ip_address: { ...shred, isExported: false },
      user_agent: { ...shred, isExported: false },
      created_at: fact,
    },
  },
  settings: {
    ...technical,
    columns: {
      id: keep,
      organization_id: keep,
      key: keep,
      value: keep,
      type: keep,
      category: keep,
      description: keep,
      is_public: keep,
      created_at: keep,
      updated_at: keep,
    },
  },
  sessions: {
    purpose: 'staying signed in',
    retention: monthsInWords('sessions'),
    whose: `(user_id = @person OR ${ofFile})`,
    columns: {
      id: gone,
      user_id: gone,
      token: secretGone,
      kind: gone,
      beneficiary_id: gone,
      ip_address: whoGone,
      user_agent: whoGone,
      last_activity: whoGone,
      expires_at: gone,
      classroom_session_id: gone,
      device_name: whoGone,
      entered_organization_id: gone,
      lock_after_seconds: gone,
      locked_at: gone,
      created_at: gone,
    },
  },
  error_logs: {
    purpose: 'finding faults of the program',
    retention: monthsInWords('errors'),
    whose: 'user_id = @person',
    because: 'Nothing in it is what a person typed; the account stays a number.',
    columns: {
      id: fact,
      organization_id: keep,
      timestamp: fact,
      error_type: fact,
      error_message: fact,
      traceback: keep,
      severity: fact,
      context: keep,
      request_id: fact,
      user_id: keep,
    },
  },
  erasure_orders: {
    purpose: 'keeping an erased person erased, also after a restore',
    retention: 'for ever: it holds numbers and no name',
    whose: null,
    columns: {
      id: keep,
      person_id: keep,
      organization_id: keep,
      erased_by: by,
      scope: keep,
      attempt_ids: keep,
      erased_at: keep,
    },
  },
  consent_texts: {
    ...material,
    purpose: 'what people are asked to consent to',
    columns: {
      id: keep,
      organization_id: keep,
      topic: keep,
      version: keep,
      text: keep,
      written_by: by,
      created_at: keep,
    },
  },
  consents: {
    purpose: 'proving what the person consented to, and that they withdrew',
    retention: asLongAsThePerson,
    whose: 'person_id = @person',
    columns: {
      id: gone,
      organization_id: gone,
      person_id: gone,
      consent_text_id: whoGone,
      kind: whoGone,
      recorded_by: gone,
      created_at: whoGone,
    },
  },
  legal_holds: {
    purpose: 'keeping what a dispute needs',
    retention: asLongAsThePerson,
    whose: 'person_id = @person',
    columns: {
      id: gone,
      organization_id: gone,
      person_id: gone,
      reason: specialGone,
      placed_by: gone,
      placed_at: whoGone,
      lifted_by: gone,
      lifted_at: whoGone,
    },
  },
  privacy_requests: {
    purpose: 'answering the person in time, and proving it',
    retention: 'for ever, of an erased person without a name',
    whose: 'person_id = @person',
    because: 'The line stays under the number of the account: it proves that the person was answered.',
    columns: {
      id: fact,
      organization_id: keep,
      person_id: fact,
      kind: fact,
      received_from: blank,
      received_on: fact,
      due_on: fact,
      recorded_by: by,
      outcome: fact,
      note: { ...blank, personal: 'special' },
      done_by: by,
      done_at: fact,
      created_at: fact,
    },
  },
  sync_conflicts: {
    purpose: 'deciding between what was written at two places at once',
    retention: 'until the person’s file goes; the line stays without the values',
    whose: conflictsOf,
    because: 'What was decided stands in the rows and is exported from there; a secret that lost is not given out.',
    columns: {
      id: fact,
      organization_id: keep,
      key: keep,
      kind: fact,
      table_number: keep,
      row_id: keep,
      person_id: fact,
      register: fact,
      kept_clock: keep,
      kept_site: keep,
      lost_clock: keep,
      lost_site: keep,
      kept_values: { ...blank, personal: 'special', isExported: false },
      lost_values: { ...blank, personal: 'special', isExported: false },
      kept_by: by,
      lost_by: by,
      noticed_at: fact,
      decided_by: by,
      decided_at: fact,
      decision: fact,
    },
  },
  answer_edits: {
    ...learning,
    whose: `response_id IN (SELECT id FROM responses WHERE ${ofFile})`,
    columns: { response_id: gone, edit: gone, answer: specialGone, used_ms: whoGone, saved_at: whoGone },
  },
  attempt_seats: {
    ...technical,
    whose: ofAttempt,
    because: 'A secret is not given out, not even to its owner.',
    columns: {
      attempt_id: gone,
      session_id: gone,
      previous_session_id: gone,
      code_digest: secretGone,
      code_expires_at: gone,
      code_failures: gone,
      taken_at: gone,
    },
  },
  document_contents: {
    ...technical,
    because:
      'The bytes go when the last document that refers to them goes; the copy for the person holds them as files.',
    columns: { sha256: keep, bytes: { personal: 'special', isExported: false, erase: 'delete' }, created_at: keep },
  },
  people_index: {
    ...technical,
    whose: ofFile,
    because: 'Derived from the account.',
    columns: {
      beneficiary_id: { ...gone, isExported: false },
      organization_id: { ...gone, isExported: false },
      trainer_id: { ...gone, isExported: false },
      status: { ...gone, isExported: false },
      sort_name: secretGone,
    },
  },
  people_search: {
    ...technical,
    because: 'Derived from the account; the triggers of people_index take entries out.',
    columns: { rowid: keep, sort_name: secretGone, rank: keep },
  },
  activity_chain: { ...technical, columns: { chain: keep, sequence: keep, activity_id: keep, parts: keep, mac: keep } },
  activity_key: { ...technical, columns: { one: keep, key: keep } },
  activity_people: { ...technical, columns: { person_id: keep, activity_id: keep } },
  activity_repeats: { ...technical, columns: { activity_id: keep, looks: keep, last_at: keep } },
  activity_checks: {
    ...technical,
    columns: { chain: keep, extent: keep, lines: keep, problem: keep, checked_at: keep },
  },
  erasures_running: { ...technical, columns: { person_id: keep } },
  sync_state: {
    ...technical,
    columns: {
      one: keep,
      organization_id: keep,
      organization_name: keep,
      scope: keep,
      trainer_id: keep,
      incarnation: keep,
      spare_sites: keep,
      private_key: keep,
      clock: keep,
      change: keep,
      within: keep,
      sealed: keep,
      acknowledged: keep,
      chain: keep,
      cursor: keep,
      page: keep,
      upto: keep,
      history: keep,
      clock_offset: keep,
      openings: keep,
      status: keep,
      last_contact_at: keep,
      last_success_at: keep,
    },
  },
  sync_rows: {
    ...technical,
    because: 'An image stays until the centre has the deletion; an erasure leaves none.',
    columns: {
      table_number: keep,
      id: keep,
      clock: keep,
      site: keep,
      highest: keep,
      stamps: keep,
      seen: keep,
      deletion: keep,
      change: keep,
      born: keep,
      base: keep,
      image: { personal: 'special', isExported: false, erase: 'delete' },
      extra: { personal: 'special', isExported: false, erase: 'delete' },
    },
  },
  sync_outbox: {
    ...technical,
    because: 'On its way to the centre; the text goes once the centre has it, and at an erasure.',
    columns: {
      number: keep,
      head: keep,
      body: { personal: 'special', isExported: false, erase: 'shred' },
      hash: keep,
      signature: keep,
      through_change: keep,
      clock: keep,
      sealed_at: keep,
      acknowledged_at: keep,
    },
  },
  sync_inbox: {
    ...technical,
    because: 'On its way into the tables, where rows of an erased person are left out.',
    columns: { number: keep, place: keep, record: { personal: 'special', isExported: false, erase: 'delete' } },
  },
  sync_parked: {
    ...technical,
    because: 'Waits for the row it refers to, and goes with it.',
    columns: {
      table_number: keep,
      id: keep,
      why: keep,
      record: { personal: 'special', isExported: false, erase: 'delete' },
    },
  },
  sync_refused: {
    ...technical,
    columns: {
      number: keep,
      envelope: keep,
      table_number: keep,
      id: keep,
      column_name: keep,
      reason: keep,
      refused_at: keep,
      seen_at: keep,
    },
  },
  sync_way: { ...technical, columns: { one: keep, address: keep, authority: keep } },
  room_certificates: {
    ...technical,
    columns: { organization_id: keep, kind: keep, hosts: keep, certificate: keep, private_key: keep, expires_at: keep },
  },
  local_installation: { ...technical, columns: { one: keep, code: keep, steady_at: keep } },
  sign_in_throttles: {
    ...technical,
    columns: { subject: keep, failures: keep, locked_until: keep, counted_at: keep },
  },
  account_codes: {
    purpose: 'getting back into an account without e-mail',
    retention: 'until it is used or runs out',
    whose: 'user_id = @person',
    because: 'A secret is not given out, not even to its owner.',
    columns: {
      code: secretGone,
      user_id: gone,
      kind: gone,
      counter: gone,
      issued_by: by,
      expires_at: gone,
      steady_expires_at: gone,
      used_at: gone,
      created_at: gone,
    },
  },
  schema_steps: { ...technical, columns: { number: keep, name: keep, sha256: keep, applied_at: keep } },
  local_site: { ...technical, columns: { one: keep, site: keep, epoch: keep, restored_at: keep, applying: keep } },
  id_counters: { ...technical, columns: { table_name: keep, next: keep } },
} as const satisfies Annotations

export type AnnotatedTable = keyof typeof annotations

/** Every table with its rules, for what goes through all of them. */
export function annotatedTables() {
  return Object.entries(annotations).map(([table, { columns, ...rest }]) => {
    const privacy: TablePrivacy = rest
    return { table: table as AnnotatedTable, ...privacy, columns: Object.entries<Rule>(columns) }
  })
}
