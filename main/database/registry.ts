/**
 * One line for every table that this application owns. Migrations hold the SQL; what other parts need to know of a table
 * without looking at it (sync, erasure, backup, export, generated types) stands here and nowhere else.
 */
export interface TableEntry {
  /** Stands for the table on the wire between machines; never reused. */
  number: number
  /**
   * How machines agree on its rows. `entity`: merged field by field; `append`: written once, then only read marks;
   * `push`: leaves this machine and does not come back; `derived`: recomputed from other rows; `local`: never leaves.
   */
  sync: 'entity' | 'append' | 'push' | 'derived' | 'local'
  /** Columns that name a row instead of its id: two machines that insert the same combination mean one row. */
  uniques: readonly (readonly string[])[]
  /** Columns that say something about a person. */
  personal: readonly string[]
}

/** Parents before children, so that rows can be inserted in this order and deleted in the reverse. */
export const registry = {
  organizations: { number: 1, sync: 'entity', uniques: [['slug']], personal: [] },
  users: {
    number: 2,
    sync: 'entity',
    uniques: [['email']],
    personal: ['email', 'password_hash', 'name', 'last_login'],
  },
  profiles: {
    number: 3,
    sync: 'entity',
    uniques: [],
    personal: [
      'phone',
      'address',
      'city',
      'state',
      'country',
      'postal_code',
      'date_of_birth',
      'emergency_contact',
      'emergency_phone',
      'preferences',
      'metadata',
    ],
  },
  beneficiaries: {
    number: 4,
    sync: 'entity',
    uniques: [],
    personal: ['enrollment_date', 'status', 'notes', 'metadata', 'merged_into', 'merge_record'],
  },
  groups: { number: 20, sync: 'entity', uniques: [], personal: [] },
  group_members: {
    number: 21,
    sync: 'entity',
    uniques: [['group_id', 'beneficiary_id']],
    personal: ['beneficiary_id'],
  },
  learner_credentials: { number: 22, sync: 'entity', uniques: [], personal: ['secret_hash'] },
  assessments: { number: 5, sync: 'entity', uniques: [], personal: ['beneficiary_id'] },
  questions: { number: 6, sync: 'entity', uniques: [], personal: [] },
  papers: { number: 19, sync: 'entity', uniques: [], personal: [] },
  classroom_sessions: { number: 23, sync: 'entity', uniques: [], personal: [] },
  attempts: {
    number: 7,
    sync: 'entity',
    uniques: [['assessment_id', 'beneficiary_id', 'attempt_number']],
    personal: ['state', 'used_ms', 'extra_ms', 'paused_at', 'flags', 'started_at', 'submitted_at'],
  },
  attempt_incidents: { number: 24, sync: 'append', uniques: [], personal: ['kind', 'lost_ms', 'reason'] },
  attempt_receipts: { number: 25, sync: 'append', uniques: [], personal: ['code', 'digest'] },
  responses: {
    number: 8,
    sync: 'entity',
    uniques: [['attempt_id', 'question_id']],
    personal: ['answer', 'is_correct', 'points_earned', 'credit', 'time_spent'],
  },
  marks: { number: 26, sync: 'append', uniques: [], personal: ['points', 'comment', 'rubric', 'reason'] },
  key_corrections: { number: 27, sync: 'append', uniques: [], personal: ['changed'] },
  assessment_results: {
    number: 9,
    sync: 'derived',
    uniques: [['attempt_id']],
    personal: ['score', 'percentage', 'passed', 'time_taken', 'ai_analysis', 'recommendations', 'override_reason'],
  },
  appointments: {
    number: 10,
    sync: 'entity',
    uniques: [],
    personal: ['title', 'description', 'start_time', 'end_time', 'location', 'notes', 'uid'],
  },
  attendance: {
    number: 41,
    sync: 'entity',
    uniques: [['appointment_id', 'beneficiary_id']],
    personal: ['status', 'held_at'],
  },
  documents: {
    number: 11,
    sync: 'entity',
    uniques: [],
    personal: ['filename', 'file_path', 'description', 'tags', 'metadata'],
  },
  document_shares: { number: 12, sync: 'entity', uniques: [], personal: ['shared_with', 'shared_by'] },
  messages: {
    number: 13,
    sync: 'append',
    uniques: [],
    personal: [
      'subject',
      'content',
      'attachments',
      'read_at',
      'audience',
      'hidden_by_sender_at',
      'hidden_by_recipient_at',
    ],
  },
  notifications: { number: 14, sync: 'append', uniques: [], personal: ['title', 'message', 'data'] },
  activity_logs: { number: 15, sync: 'push', uniques: [], personal: ['details', 'ip_address', 'user_agent'] },
  settings: { number: 16, sync: 'entity', uniques: [['key']], personal: [] },
  sessions: {
    number: 17,
    sync: 'local',
    uniques: [['token']],
    personal: ['ip_address', 'user_agent', 'last_activity'],
  },
  error_logs: { number: 18, sync: 'push', uniques: [], personal: ['context', 'error_message', 'traceback'] },
  erasure_orders: { number: 28, sync: 'append', uniques: [['person_id']], personal: [] },
  consent_texts: { number: 29, sync: 'append', uniques: [], personal: [] },
  consents: { number: 30, sync: 'append', uniques: [], personal: ['consent_text_id', 'kind', 'created_at'] },
  legal_holds: { number: 31, sync: 'entity', uniques: [], personal: ['reason', 'placed_at', 'lifted_at'] },
  privacy_requests: { number: 32, sync: 'entity', uniques: [], personal: ['kind', 'received_from', 'note'] },
  handovers: { number: 37, sync: 'entity', uniques: [], personal: ['beneficiary_id', 'note', 'reply', 'status'] },
  goals: { number: 44, sync: 'entity', uniques: [], personal: ['title', 'measure', 'target_date', 'status', 'target'] },
  person_links: {
    number: 51,
    sync: 'entity',
    uniques: [['beneficiary_id', 'other_id', 'kind']],
    personal: ['kind', 'note', 'mark'],
  },
  saved_views: { number: 52, sync: 'entity', uniques: [], personal: ['name', 'filters'] },
  sync_conflicts: { number: 33, sync: 'append', uniques: [['key']], personal: ['kept_values', 'lost_values'] },
} as const satisfies Record<string, TableEntry>

export type TableName = keyof typeof registry

/** Never in a log: secrets, and what people write to each other. That they changed is. */
export const unloggedColumns: ReadonlySet<string> = new Set([
  'users.password_hash',
  'beneficiaries.merge_record',
  'learner_credentials.secret_hash',
  'classroom_sessions.code',
  'messages.subject',
  'messages.content',
  'person_links.note',
  'person_links.mark',
  'messages.attachments',
  'messages.audience',
])

/** Never in a log either: what a program is known by elsewhere, within a column that is. By column, a path of JSON. */
export const unloggedParts: Readonly<Record<string, string>> = { 'organizations.settings': '$.google.clientSecret' }

export const tableNames = Object.keys(registry) as TableName[]

/**
 * Columns that hold the id of a row without a foreign key, because the row need not be here: by column, the table that it
 * is of. Ids inside JSON stand in `main/sync/references.ts`.
 */
export const looseReferences = {
  'attendance.appointment_id': 'appointments',
  'erasure_orders.person_id': 'users',
  'erasure_orders.erased_by': 'users',
  'sync_conflicts.person_id': 'users',
  'sync_conflicts.kept_by': 'users',
  'sync_conflicts.lost_by': 'users',
  'sync_conflicts.decided_by': 'users',
} as const

/** Tables that belong to one database alone. The centre has its own `schema_steps` and none of the others. */
export const localTables = {
  schema_steps: 'which migrations this database has been through',
  local_site: 'which copy of the database this is',
  id_counters: 'the next free number of each table in the block of this site',
  people_index: 'what the list of beneficiaries is searched and sorted by; rebuilt from users and beneficiaries',
  people_search: 'full-text index over people_index',
  people_keys: 'by what a person is found besides the name; rebuilt with people_index',
  people_imports: 'which files of people were read on this machine, for as long as they can be taken back',
  people_import_rows: 'whom such a file added or changed, and what it wrote over',
  answer_edits: 'what was typed when, for the replay of an attempt',
  attempt_seats: 'the session that may write to a running attempt, and the code that moves it to another seat',
  document_contents: 'the bytes of documents, in pieces, by their SHA-256',
  document_pieces: 'which pieces make up a content that is larger than one, in order',
  document_uploads: 'files that are on their way in, so that they go on after a reload or a crash',
  document_upload_pieces: 'what has arrived of them',
  local_installation: 'which installation this is, and the time that its programs have run',
  sign_in_throttles: 'wrong tries in a row, of an account and of a device',
  unsaved_entries: 'what was typed into a form and not saved: it stays on the machine where it was typed',
  message_drafts: 'messages that are being written: they stay on the machine where they were typed',
  calendar_accounts:
    'calendars elsewhere that appointments of somebody travel to from this machine, and what opens them',
  calendar_links: 'which appointment is which event there, and what both sides agreed on last',
  calendar_busy: 'when the owner of such a calendar is busy otherwise',
  bulk_jobs: 'changes to many rows that were begun on this machine, for as long as they can be taken back',
  bulk_rows: 'which rows such a change has changed, and what takes it back',
  calendar_notices: 'what was changed on both sides, until the owner of such a calendar has seen it',
  kept_filters: 'how somebody left a list: on the machine where they left it',
  message_texts: 'what messages are searched by; made anew from the messages when some are missing',
  account_codes: 'what stands in for a password once: codes of an administrator, printed ones, requests by phone',
  activity_chain: 'what proves that no line of the activity log of this machine was changed, moved or taken out',
  activity_key: 'what the lines of the activity log are sealed with, on this machine and wherever its data is restored',
  activity_people: 'which lines of the activity log are about a person',
  activity_repeats: 'how often a look at a file was repeated within a few minutes',
  erasures_running: 'whose rows the transaction of this moment takes out',
  activity_checks: 'when the activity log was last verified, and what was found',
  sync_state: 'the centre that this database belongs to, and how far both know each other; empty where there is none',
  sync_rows: 'who wrote each part of a row and when, beside the rows themselves',
  sync_outbox: 'what leaves this machine, sealed once and sent as it is until the centre has it',
  sync_bodies: 'the rows of what leaves this machine, apart from what is noted of it',
  sync_inbox: 'what came from the centre and is not put in yet',
  sync_parked: 'rows of other machines that wait for a row they refer to',
  sync_refused: 'what the centre did not take, until a person has seen it',
  sync_contents: 'which contents of documents are here, at the centre, or still on their way',
  sync_content_parts: 'what has arrived of a piece of a document that is not whole yet',
  sync_machines: 'what the computers of the organization are called, so that a conflict names them',
  sync_way: 'where the centre is that this database belongs to, by which way, and who vouches for it',
  room_certificates:
    'the authority and the certificate of encrypted classrooms, with keys that never leave this machine',
} as const

/** What the schema has beyond the seed, each with its reason: a column as `table.column`, or a whole table. */
export const additions = {
  '*.organization_id':
    'The seed says organizations have many users but has no column for it. Every row that belongs to a tenant names it, so that queries, row-level security and scoped sync are one rule. An organization that still has rows cannot be deleted.',
  papers:
    'The questions of an assessment as they were when it was published. Attempts are taken on a paper, so that no edit can touch a running attempt or a past result.',
  attempts:
    'The seed has no place for a running attempt: its state, its paper, the exam time that is used up, and where the learner was.',
  'responses.attempt_id': 'Says which attempt an answer belongs to; attempt_number alone does not survive a merge.',
  'responses.credit':
    'Share of the points, -1 to 1: a wrong choice may cost points. The seed has points_earned as a whole number, which cannot hold partial credit.',
  'responses.edit': 'Counts the edits of an answer, so that a late retry cannot overwrite a newer one.',
  'responses.updated_at': 'When the answer was last saved; created_at says when it was first given.',
  groups: 'An assessment is given to a group and a class is reported as one; the seed has no groups.',
  group_members: 'Who is in a group.',
  learner_credentials: 'How learners without a password sign in: PIN, pictures, or a printed card.',
  classroom_sessions: 'What a trainer opened for the devices of a room, so that it goes on after a crash.',
  attempt_incidents: 'What happened to the time of an attempt and who changed what: shown to learner and trainer.',
  attempt_receipts: 'What a learner was promised to be kept at hand-in; each reopening leaves the older ones.',
  marks: 'Every mark a person gave, with comment and rubric: the seed keeps only the one that counts.',
  erasure_orders: 'Who was erased, as a number: no restore and no other machine brings them back.',
  consent_texts: 'What people consent to, in the words of the organization, each version kept.',
  consents: 'Who consented to which version and when, and who withdrew: proof that the seed has no place for.',
  legal_holds: 'Whose data must not go while a dispute lasts, why, and who said so.',
  privacy_requests: 'Who asked for their data or for its erasure, until when it is due, and what came of it.',
  handovers:
    'Who offered a person to which trainer, and what the other one said; the seed knows only the trainer of now.',
  goals: 'The development plan of a person: what they want to reach, by when, and by which results it is seen.',
  person_links:
    'Who is whose parent, sibling or partner, lives with whom, and which two files are not one person; the seed knows nobody but the trainer.',
  saved_views: 'Filters, order and columns of a list under a name, of one person or for everybody of the organization.',
  sync_conflicts:
    'What two machines wrote without knowing of each other, so that a person decides and nothing is lost.',
  key_corrections: 'Which key was corrected after the fact, why, and whose result changed.',
  'messages.thread':
    'The conversation that a message belongs to: parent_id names its first row, which an erasure or the retention may take, and the rest stays together.',
  'messages.sending':
    'A message to several people, to a group or to a role has a row for each of them, so that each reads, deletes and is erased on their own; the rows of one message share this mark, and the sender sees one message.',
  'messages.audience': 'To which groups and roles a message was addressed, for those who read it.',
  'messages.hidden_by_sender_at': 'Deleted by the sender for themselves alone.',
  'messages.hidden_by_recipient_at': 'Deleted by the recipient for themselves alone.',
  'assessments.group_id': 'An assessment for a group; beneficiary_id is one learner, neither is everybody.',
  'assessments.closes_at': 'The seed schedules the beginning only.',
  'beneficiaries.merged_into':
    'Two files were about one person: the file that holds everything of the one that is put away.',
  'beneficiaries.merged_at': 'Since when a file is put away, so that it can be taken out again for a while.',
  'beneficiaries.merge_record': 'What came from the file that is put away, so that it can have it back.',
  'beneficiaries.deleted_at': 'Since when a person is in the trash, so that they can be brought back.',
  'beneficiaries.deleted_by': 'Who put a person in the trash: the log does not come back from the centre.',
  'appointments.group_id': 'Whom it is with where that is a group.',
  'appointments.recurrence':
    'The rule of a series (RRULE of RFC 5545): one row stands for all of it, so that a series never multiplies between machines.',
  'appointments.time_zone': 'By whose clocks a series goes, so that ten o’clock stays ten o’clock all year.',
  'appointments.series_end': 'When the last of a series is over at the latest: what lies in a week is found by it.',
  'appointments.series_id':
    'The first row of the series: of one occurrence that is different, or of a part from which on all are.',
  'appointments.series_minutes':
    'Which occurrence that is, in minutes on the clock after the first: it stays the same when another machine moves the whole series.',
  'appointments.reminded_until': 'Up to which occurrence of a series those concerned were reminded.',
  'appointments.uid':
    'What another calendar calls it, so that a file that is read twice changes it instead of doubling it.',
  'appointments.deleted_at': 'Since when it waits to be deleted for good, so that it can be brought back.',
  attendance:
    'Who was there, came late, was excused or stayed away; by a loose reference, because a person’s trainer may not have the appointment of another one.',
  'documents.version_of': 'The document that this is an older version of; a new version keeps the old ones.',
  'documents.deleted_at': 'Since when a document waits to be deleted for good, so that it can be brought back.',
  'documents.updated_at': 'Says whether somebody has written since the screen was filled.',
  'questions.category': 'Path in the question bank; a question without an assessment is in the bank only.',
  'questions.tags': 'Words to find a question by.',
  'questions.origin_id': 'The question that this one was copied from.',
  'questions.pool': 'The pool of its assessment that a question is drawn from.',
  'assessment_results.overridden_by': 'Who replaced the computed result.',
  'assessment_results.override_reason': 'Why the computed result was replaced.',
  'sessions.classroom_session_id': 'The classroom session that a device was let into; the device goes with it.',
  'sessions.device_name': 'What the trainer sees of a device.',
  'sessions.entered_organization_id': "The organization that a session works in, where that is not its user's own.",
  'assessment_results.attempt_id': 'Says which attempt the result is of.',
  'assessment_results.max_score': 'A score means nothing without its maximum, and questions may be corrected later.',
  'assessment_results.updated_at': 'A result changes when an essay is graded.',
  'sessions.kind': 'A kiosk is a session that can do nothing but let learners take assessments.',
  'sessions.locked_at': 'A screen that was left: its session answers nothing until the password is given again.',
  'sessions.lock_after_seconds': 'How long it may be left alone; null is for ever, as at a kiosk.',
  'sessions.beneficiary_id': 'The learner who sits at the kiosk, so that it comes back to them after a power cut.',
} as const

/** Indexes beyond the seed's 49, which asks for "composite indexes for common query patterns" and one for each foreign key. */
export const compositeIndexes = {
  idx_users_organization_role: 'the staff and the administrators of an organization',
  idx_profiles_organization: 'the profiles of an organization',
  idx_beneficiaries_organization_status: 'the people of an organization by status, and of one trainer',
  idx_assessments_organization_status: 'the assessments of an organization by status and type',
  idx_beneficiaries_merged_into: 'the files that were put into another',
  idx_beneficiaries_trash: 'who is in the trash: asked by every query about people',
  idx_beneficiaries_deleted_by: 'foreign key: deleting a user',
  idx_questions_assessment_order: 'the questions of an assessment as they are asked',
  idx_questions_organization: 'the questions of an organization',
  idx_papers_assessment: 'the papers of an assessment, the newest of which is taken',
  idx_papers_organization: 'the papers of an organization',
  idx_attempts_paper: 'foreign key: deleting a paper',
  idx_attempts_number: 'unique: the attempts of one learner count 1, 2, 3',
  idx_attempts_one_running: 'unique: a learner has one running attempt at an assessment',
  idx_attempts_organization_started: 'the latest attempts of an organization',
  idx_attempts_organization_state: 'what waits to be graded in an organization',
  idx_attempts_beneficiary_state: 'the running attempt of a learner',
  idx_attempts_assessment_state: 'the attempts at an assessment',
  idx_attempts_current_question: 'foreign key: deleting a question',
  idx_responses_attempt_question: 'unique: one answer to one question of an attempt',
  idx_responses_organization: 'the answers of an organization',
  idx_groups_organization: 'the groups of an organization by name',
  idx_group_members_one: 'unique: a person is in a group once',
  idx_group_members_beneficiary: 'the groups of a person',
  idx_group_members_organization: 'the members of a group',
  idx_learner_credentials_beneficiary: 'how a learner signs in',
  idx_learner_credentials_secret: 'the learner of a card',
  idx_learner_credentials_organization: 'the cards of an organization',
  idx_classroom_sessions_organization: 'the open classroom session of an organization',
  idx_classroom_sessions_user: 'foreign key: deleting a user',
  idx_classroom_sessions_group: 'foreign key: deleting a group',
  idx_attempt_incidents_attempt: 'the incidents of an attempt by time',
  idx_attempt_incidents_user: 'foreign key: deleting a user',
  idx_attempt_incidents_organization: 'the incidents of an organization by time',
  idx_attempt_receipts_attempt: 'the receipts of an attempt',
  idx_attempt_receipts_code: 'the receipt that somebody shows',
  idx_marks_attempt: 'the marks of an attempt',
  idx_marks_response: 'the marks of an answer, newest last',
  idx_marks_user: 'foreign key: deleting a user',
  idx_marks_organization: 'the marks of an organization by time',
  idx_key_corrections_assessment: 'the corrections of an assessment',
  idx_key_corrections_question: 'foreign key: deleting a question',
  idx_key_corrections_before: 'foreign key: deleting a paper',
  idx_key_corrections_after: 'foreign key: deleting a paper',
  idx_key_corrections_user: 'foreign key: deleting a user',
  idx_key_corrections_organization: 'the corrections of an organization by time',
  idx_erasure_orders_person: 'unique: a person is erased once',
  idx_erasure_orders_organization: 'who was erased in an organization',
  idx_consent_texts_organization: 'the versions of a text',
  idx_consent_texts_author: 'foreign key: deleting a user',
  idx_consents_person: 'the consents of a person, newest last',
  idx_consents_text: 'foreign key: deleting a text',
  idx_consents_recorded_by: 'foreign key: deleting a user',
  idx_consents_organization: 'the consents of an organization by time',
  idx_legal_holds_person: 'whether a person is held',
  idx_legal_holds_organization: 'the holds of an organization',
  idx_legal_holds_placed_by: 'foreign key: deleting a user',
  idx_legal_holds_lifted_by: 'foreign key: deleting a user',
  idx_privacy_requests_person: 'the requests of a person',
  idx_privacy_requests_organization: 'the open requests of an organization by the day they are due',
  idx_privacy_requests_recorded_by: 'foreign key: deleting a user',
  idx_privacy_requests_done_by: 'foreign key: deleting a user',
  idx_handovers_organization: 'the open handovers of an organization',
  idx_handovers_beneficiary: 'the open handover of a person',
  idx_handovers_from: 'foreign key: deleting a user',
  idx_handovers_to: 'what is offered to a trainer',
  idx_handovers_offered_by: 'foreign key: deleting a user',
  idx_goals_organization: 'the open goals of an organization',
  idx_goals_beneficiary: 'the goals of a person',
  idx_goals_assessment: 'foreign key: deleting an assessment',
  idx_goals_written_by: 'foreign key: deleting a user',
  idx_person_links_one: 'unique: two people are linked in one way once',
  idx_person_links_other: 'the links of a person, from the other side',
  idx_person_links_organization: 'the files of an organization that are not one person',
  idx_person_links_written_by: 'foreign key: deleting a user',
  idx_saved_views_organization: 'the views of a person, and those of everybody',
  idx_saved_views_user: 'foreign key: deleting a user',
  idx_sync_conflicts_key: 'unique: what two machines notice alike is one conflict',
  idx_sync_conflicts_organization: 'what is to be decided in an organization, oldest first',
  idx_sync_conflicts_row: 'the conflicts about a row',
  idx_sync_conflicts_person: 'the conflicts about a person',
  idx_assessments_group: 'foreign key: deleting a group',
  idx_questions_organization_category: 'the question bank by category',
  idx_questions_origin: 'the copies of a question',
  idx_attempts_classroom: 'the attempts of a classroom session',
  idx_assessment_results_overridden_by: 'foreign key: deleting a user',
  idx_sessions_classroom: 'the devices of a classroom session',
  idx_sessions_entered: 'foreign key: deleting an organization',
  idx_assessment_results_attempt: 'unique: one result of an attempt',
  idx_assessment_results_organization_assessment: 'the results of an assessment, and of a learner in it',
  idx_appointments_organization_start: 'the calendar of an organization',
  idx_appointments_trainer_start: 'the calendar of a trainer, and overlaps in it',
  idx_appointments_organization_series_end: 'the series that go on in a time',
  idx_appointments_series: 'what belongs to a series',
  idx_appointments_group: 'foreign key: deleting a group',
  idx_appointments_organization_uid: 'the appointment that a file names',
  idx_appointments_organization_deleted: 'what waits to be deleted for good',
  idx_attendance_one: 'unique: a person is there once',
  idx_attendance_beneficiary: 'foreign key: deleting a beneficiary',
  idx_attendance_noted_by: 'foreign key: deleting a user',
  idx_attendance_organization: 'how often a person was there',
  idx_documents_organization_beneficiary: 'the documents of a person',
  idx_documents_version_of: 'the older versions of a document',
  idx_documents_path: 'the documents with one content: whether its bytes are still needed',
  idx_document_shares_organization_shared_with: 'what is shared with a user',
  idx_document_shares_shared_by: 'foreign key: deleting a user',
  idx_messages_organization_recipient_read: 'the inbox, and how many are unread',
  idx_messages_thread: 'the messages of a thread',
  idx_messages_sending: 'the recipients of a message',
  idx_messages_received: 'what came to somebody from the newest on, without reading the messages',
  idx_messages_sent: 'what somebody sent from the newest on, without reading the messages',
  idx_notifications_user_read: 'the notifications of a user, and how many are unread',
  idx_notifications_organization: 'the notifications of an organization',
  idx_activity_logs_organization_created: 'the log of an organization by time',
  idx_activity_logs_resource: 'what happened to one thing',
  idx_settings_organization: 'the settings of an organization by category',
  idx_sessions_beneficiary: 'foreign key: deleting a beneficiary',
  idx_error_logs_organization_timestamp: 'the errors of an organization by time',
} as const

/** Where the two dialects or the seed differ on purpose. */
export const deviations = {
  'columns with a default':
    'NOT NULL as well. A default says that a value is always meant, and a CHECK lets NULL through, so that a status would not be restricted to its set.',
  'beneficiaries.organization_id':
    'NOT NULL: a person of no organization would be seen by nobody, and by no rule of tenancy.',
  'idx_users_email (PostgreSQL)':
    'Unique per organization at the centre: a global rule would tell one tenant about the people of another. The machine of one centre keeps the global rule of the seed.',
  'idx_settings_key (PostgreSQL)': 'Unique per organization at the centre, for the same reason.',
  'idx_organizations_slug (PostgreSQL)':
    'Not unique at the centre, for the same reason: what one centre calls itself is nothing to another.',
} as const

/** Columns that hold 0 or 1 in SQLite and are true or false in the program; the same name means the same in every table. */
export const booleanColumns = new Set([
  'is_active',
  'is_verified',
  'required',
  'is_correct',
  'passed',
  'reminder_sent',
  'is_public',
  'is_read',
  'is_practice',
  'is_first',
])

/** Columns that hold JSON text in SQLite and are values in the program. */
export const jsonColumns = new Set([
  'attempt_ids',
  'merge_record',
  'preferences',
  'metadata',
  'settings',
  'options',
  'questions',
  'ai_analysis',
  'recommendations',
  'tags',
  'attachments',
  'data',
  'details',
  'context',
  'assessment_ids',
  'rules',
  'draw',
  'flags',
  'rubric',
  'changed',
  'audience',
  'kept_values',
  'lost_values',
  'filters',
])
