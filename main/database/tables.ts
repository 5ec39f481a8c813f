// Written by `node main/database/generate-table-types.ts` from migrations/sqlite; a test fails when it is stale.
import type { ColumnType, Generated } from 'kysely'

export type JsonValue = string | number | boolean | null | JsonStructure
export type JsonStructure = JsonValue[] | { [key: string]: JsonValue | undefined }

/** Written as a list or an object only: a bare string could not be told from text. */
type Json = ColumnType<JsonValue, JsonStructure, JsonStructure>
type NullableJson = ColumnType<JsonValue, JsonStructure | null | undefined, JsonStructure | null>

export interface Database {
  account_codes: AccountCodesTable
  activity_chain: ActivityChainTable
  activity_checks: ActivityChecksTable
  activity_key: ActivityKeyTable
  activity_logs: ActivityLogsTable
  activity_people: ActivityPeopleTable
  activity_repeats: ActivityRepeatsTable
  answer_edits: AnswerEditsTable
  appointments: AppointmentsTable
  assessment_results: AssessmentResultsTable
  assessments: AssessmentsTable
  attempt_incidents: AttemptIncidentsTable
  attempt_receipts: AttemptReceiptsTable
  attempt_seats: AttemptSeatsTable
  attempts: AttemptsTable
  attendance: AttendanceTable
  beneficiaries: BeneficiariesTable
  bulk_jobs: BulkJobsTable
  bulk_rows: BulkRowsTable
  calendar_accounts: CalendarAccountsTable
  calendar_busy: CalendarBusyTable
  calendar_links: CalendarLinksTable
  calendar_notices: CalendarNoticesTable
  classroom_sessions: ClassroomSessionsTable
  consent_texts: ConsentTextsTable
  consents: ConsentsTable
  document_contents: DocumentContentsTable
  document_pieces: DocumentPiecesTable
  document_shares: DocumentSharesTable
  document_upload_pieces: DocumentUploadPiecesTable
  document_uploads: DocumentUploadsTable
  documents: DocumentsTable
  erasure_orders: ErasureOrdersTable
  erasures_running: ErasuresRunningTable
  error_logs: ErrorLogsTable
  goals: GoalsTable
  group_members: GroupMembersTable
  groups: GroupsTable
  handovers: HandoversTable
  id_counters: IdCountersTable
  kept_filters: KeptFiltersTable
  key_corrections: KeyCorrectionsTable
  learner_credentials: LearnerCredentialsTable
  legal_holds: LegalHoldsTable
  local_installation: LocalInstallationTable
  local_site: LocalSiteTable
  marks: MarksTable
  message_drafts: MessageDraftsTable
  message_texts: MessageTextsTable
  messages: MessagesTable
  notifications: NotificationsTable
  organizations: OrganizationsTable
  papers: PapersTable
  people_import_rows: PeopleImportRowsTable
  people_imports: PeopleImportsTable
  people_index: PeopleIndexTable
  people_keys: PeopleKeysTable
  people_search: PeopleSearchTable
  person_links: PersonLinksTable
  privacy_requests: PrivacyRequestsTable
  profiles: ProfilesTable
  questions: QuestionsTable
  responses: ResponsesTable
  room_certificates: RoomCertificatesTable
  saved_views: SavedViewsTable
  schema_steps: SchemaStepsTable
  sessions: SessionsTable
  settings: SettingsTable
  sign_in_throttles: SignInThrottlesTable
  sync_bodies: SyncBodiesTable
  sync_conflicts: SyncConflictsTable
  sync_content_parts: SyncContentPartsTable
  sync_contents: SyncContentsTable
  sync_inbox: SyncInboxTable
  sync_machines: SyncMachinesTable
  sync_outbox: SyncOutboxTable
  sync_parked: SyncParkedTable
  sync_refused: SyncRefusedTable
  sync_rows: SyncRowsTable
  sync_state: SyncStateTable
  sync_way: SyncWayTable
  unsaved_entries: UnsavedEntriesTable
  users: UsersTable
}

export interface AccountCodesTable {
  code: string
  user_id: number
  kind: 'reset' | 'recovery' | 'verification' | 'phone'
  counter: Generated<number>
  issued_by: number | null
  expires_at: string | null
  steady_expires_at: string | null
  used_at: string | null
  created_at: string
}

export interface ActivityChainTable {
  chain: number
  sequence: number
  activity_id: number
  parts: string
  mac: string
  user_id: number | null
}

export interface ActivityChecksTable {
  chain: number
  extent: 'tail' | 'whole'
  lines: number
  problem: string | null
  checked_at: string
}

export interface ActivityKeyTable {
  one: number
  key: string
}

export interface ActivityLogsTable {
  id: number
  organization_id: number | null
  user_id: number | null
  action: string
  resource_type: string | null
  resource_id: number | null
  details: NullableJson
  ip_address: string | null
  user_agent: string | null
  created_at: Generated<string>
}

export interface ActivityPeopleTable {
  person_id: number
  activity_id: number
}

export interface ActivityRepeatsTable {
  activity_id: number
  looks: number
  last_at: string
}

export interface AnswerEditsTable {
  response_id: number
  edit: number
  answer: string
  used_ms: number
  saved_at: string
}

export interface AppointmentsTable {
  id: number
  organization_id: number
  title: string
  description: string | null
  beneficiary_id: number | null
  trainer_id: number | null
  start_time: string
  end_time: string
  location: string | null
  type: string | null
  status: Generated<'scheduled' | 'completed' | 'cancelled'>
  notes: string | null
  reminder_sent: Generated<boolean>
  google_event_id: string | null
  group_id: number | null
  recurrence: string | null
  time_zone: string | null
  series_end: string | null
  series_id: number | null
  series_minutes: number | null
  reminded_until: string | null
  uid: string | null
  deleted_at: string | null
  created_at: Generated<string>
  updated_at: Generated<string>
}

export interface AssessmentResultsTable {
  id: number
  organization_id: number
  attempt_id: number | null
  assessment_id: number | null
  beneficiary_id: number | null
  score: number | null
  max_score: number | null
  percentage: number | null
  passed: boolean | null
  time_taken: number | null
  ai_analysis: NullableJson
  recommendations: NullableJson
  overridden_by: number | null
  override_reason: string | null
  created_at: Generated<string>
  updated_at: Generated<string>
}

export interface AssessmentsTable {
  id: number
  organization_id: number
  title: string
  description: string | null
  type: 'diagnostic' | 'formative' | 'summative' | 'practice'
  beneficiary_id: number | null
  trainer_id: number | null
  status: Generated<'draft' | 'published' | 'in_progress' | 'completed'>
  scheduled_for: string | null
  completed_at: string | null
  time_limit: number | null
  passing_score: number | null
  attempts_allowed: Generated<number>
  settings: NullableJson
  group_id: number | null
  closes_at: string | null
  created_at: Generated<string>
  updated_at: Generated<string>
}

export interface AttemptIncidentsTable {
  id: number
  organization_id: number
  attempt_id: number
  kind: string
  lost_ms: number | null
  reason: string | null
  user_id: number | null
  happened_at: Generated<string>
}

export interface AttemptReceiptsTable {
  id: number
  organization_id: number
  attempt_id: number
  code: string
  digest: string
  created_at: Generated<string>
}

export interface AttemptSeatsTable {
  attempt_id: number
  session_id: number | null
  previous_session_id: number | null
  code_digest: string | null
  code_expires_at: string | null
  code_failures: Generated<number>
  taken_at: Generated<string>
}

export interface AttemptsTable {
  id: number
  organization_id: number
  assessment_id: number
  beneficiary_id: number
  attempt_number: number
  state: Generated<'running' | 'handed_in' | 'graded'>
  paper_id: number
  time_limit_ms: number | null
  used_ms: Generated<number>
  current_question_id: number | null
  draw: NullableJson
  flags: NullableJson
  extra_ms: Generated<number>
  paused_at: string | null
  is_practice: Generated<boolean>
  classroom_session_id: number | null
  started_at: Generated<string>
  submitted_at: string | null
  updated_at: Generated<string>
}

export interface AttendanceTable {
  id: number
  organization_id: number
  appointment_id: number
  beneficiary_id: number
  status: 'present' | 'late' | 'excused' | 'absent'
  held_at: string
  noted_by: number | null
  created_at: Generated<string>
  updated_at: Generated<string>
}

export interface BeneficiariesTable {
  id: number
  organization_id: number
  user_id: number | null
  trainer_id: number | null
  enrollment_date: string | null
  status: Generated<'active' | 'inactive' | 'completed'>
  notes: string | null
  metadata: NullableJson
  merged_into: number | null
  merged_at: string | null
  merge_record: NullableJson
  deleted_at: string | null
  deleted_by: number | null
  created_at: Generated<string>
  updated_at: Generated<string>
}

export interface BulkJobsTable {
  id: string
  organization_id: number
  user_id: number
  list: 'people' | 'documents'
  kind: string
  is_undo: Generated<number>
  state: 'running' | 'done' | 'cancelled' | 'failed' | 'ended' | 'interrupted'
  total: number | null
  reached: Generated<number>
  updated: Generated<number>
  refusals: Generated<number>
  is_dismissed: Generated<number>
  created_at: string
}

export interface BulkRowsTable {
  job_id: string
  position: number
  beneficiary_id: number | null
  document_id: number | null
  before: string
  written_at: string
}

export interface CalendarAccountsTable {
  id: number
  organization_id: number
  user_id: number
  kind: 'caldav' | 'google'
  address: string
  user_name: string
  secret: string
  calendar_name: string
  tells_words: Generated<number>
  word: string
  token: string | null
  problem: string | null
  tried_at: string | null
  agreed_at: string | null
  is_leaving: Generated<number>
  created_at: string
}

export interface CalendarBusyTable {
  account_id: number
  href: string
  part: number
  etag: string
  title: string
  start_time: string | null
  end_time: string | null
  recurrence: string | null
  time_zone: string | null
  series_end: string | null
  without: Generated<string>
  without_rules: Generated<string>
  uid: Generated<string>
  event: string | null
}

export interface CalendarLinksTable {
  account_id: number
  uid: string
  appointment_id: number | null
  href: string
  etag: string | null
  base: string | null
}

export interface CalendarNoticesTable {
  id: number
  account_id: number
  appointment_id: number
  kind: 'kept' | 'cameBackHere' | 'cameBackThere' | 'unreadable'
  field: Generated<string>
  ours: string | null
  theirs: string | null
  created_at: string
}

export interface ClassroomSessionsTable {
  id: number
  organization_id: number
  user_id: number | null
  group_id: number | null
  assessment_ids: Json
  settings: NullableJson
  code: string | null
  code_expires_at: string | null
  started_at: Generated<string>
  ended_at: string | null
}

export interface ConsentTextsTable {
  id: number
  organization_id: number
  topic: string
  version: number
  text: string
  covers: 'photo' | null
  written_by: number | null
  created_at: Generated<string>
}

export interface ConsentsTable {
  id: number
  organization_id: number
  person_id: number
  consent_text_id: number
  kind: 'given' | 'withdrawn'
  recorded_by: number | null
  created_at: Generated<string>
}

export interface DocumentContentsTable {
  sha256: string
  bytes: Buffer
  created_at: Generated<string>
}

export interface DocumentPiecesTable {
  content: string
  position: number
  sha256: string
}

export interface DocumentSharesTable {
  id: number
  organization_id: number
  document_id: number | null
  shared_with: number | null
  shared_by: number | null
  permission: Generated<'view' | 'edit'>
  expires_at: string | null
  created_at: Generated<string>
}

export interface DocumentUploadPiecesTable {
  upload_id: string
  position: number
  sha256: string
}

export interface DocumentUploadsTable {
  id: string
  organization_id: number
  user_id: number
  beneficiary_id: number | null
  document_id: number | null
  filename: string
  file_size: number
  modified_ms: number
  finished_id: number | null
  updated_at: Generated<string>
}

export interface DocumentsTable {
  id: number
  organization_id: number
  filename: string
  file_path: string | null
  file_size: number | null
  mime_type: string | null
  category: string | null
  description: string | null
  uploaded_by: number | null
  beneficiary_id: number | null
  is_public: Generated<boolean>
  tags: NullableJson
  metadata: NullableJson
  created_at: Generated<string>
  version_of: number | null
  deleted_at: string | null
  updated_at: Generated<string>
}

export interface ErasureOrdersTable {
  id: number
  organization_id: number
  person_id: number
  erased_by: number | null
  scope: 'person'
  attempt_ids: NullableJson
  erased_at: string
}

export interface ErasuresRunningTable {
  person_id: number
}

export interface ErrorLogsTable {
  id: number
  organization_id: number | null
  timestamp: Generated<string>
  error_type: string
  error_message: string
  traceback: string | null
  severity: 'debug' | 'info' | 'warning' | 'error' | 'critical'
  context: NullableJson
  request_id: string | null
  user_id: number | null
}

export interface GoalsTable {
  id: number
  organization_id: number
  beneficiary_id: number
  title: string
  measure: string | null
  target_date: string | null
  status: Generated<'open' | 'reached' | 'dropped'>
  assessment_id: number | null
  category: string | null
  target: number | null
  written_by: number | null
  created_at: Generated<string>
  updated_at: Generated<string>
}

export interface GroupMembersTable {
  id: number
  organization_id: number
  group_id: number
  beneficiary_id: number
  created_at: Generated<string>
}

export interface GroupsTable {
  id: number
  organization_id: number
  name: string
  description: string | null
  created_at: Generated<string>
  updated_at: Generated<string>
}

export interface HandoversTable {
  id: number
  organization_id: number
  beneficiary_id: number
  from_trainer_id: number | null
  to_trainer_id: number | null
  offered_by: number | null
  note: string | null
  reply: string | null
  status: Generated<'open' | 'accepted' | 'declined' | 'withdrawn' | 'moved' | 'movedBack'>
  decided_at: string | null
  created_at: Generated<string>
  updated_at: Generated<string>
}

export interface IdCountersTable {
  table_name: string
  next: Generated<number>
}

export interface KeptFiltersTable {
  user_id: number
  organization_id: number
  list: string
  filters: Json
}

export interface KeyCorrectionsTable {
  id: number
  organization_id: number
  assessment_id: number
  question_id: number | null
  paper_before: number | null
  paper_after: number | null
  reason: string | null
  changed: Json
  user_id: number | null
  created_at: Generated<string>
}

export interface LearnerCredentialsTable {
  id: number
  organization_id: number
  beneficiary_id: number
  kind: 'pin' | 'picture' | 'card'
  secret_hash: string
  failures: Generated<number>
  locked_until: string | null
  revoked_at: string | null
  created_at: Generated<string>
  updated_at: Generated<string>
}

export interface LegalHoldsTable {
  id: number
  organization_id: number
  person_id: number
  reason: string
  placed_by: number | null
  placed_at: string
  lifted_by: number | null
  lifted_at: string | null
}

export interface LocalInstallationTable {
  one: number
  code: string
  steady_at: string
}

export interface LocalSiteTable {
  one: number
  site: number
  epoch: string | null
  restored_at: string | null
  applying: Generated<number>
}

export interface MarksTable {
  id: number
  organization_id: number
  attempt_id: number
  response_id: number | null
  kind: 'mark' | 'asked' | 'second' | 'final' | 'regrade' | 'override' | 'withdrawn'
  points: number | null
  tolerance: number | null
  comment: string | null
  rubric: NullableJson
  reason: string | null
  user_id: number | null
  created_at: Generated<string>
}

export interface MessageDraftsTable {
  user_id: number
  name: string
  organization_id: number
  thread: string | null
  reply_to: 'sender' | 'all'
  recipients: string
  subject: string
  content: string
  attachments: Json
  edit: number
  updated_at: string
}

export interface MessageTextsTable {
  message_id: number
  folded: string
}

export interface MessagesTable {
  id: number
  organization_id: number
  sender_id: number | null
  recipient_id: number | null
  subject: string | null
  content: string
  is_read: Generated<boolean>
  read_at: string | null
  parent_id: number | null
  attachments: NullableJson
  thread: string
  sending: string
  audience: NullableJson
  hidden_by_sender_at: string | null
  hidden_by_recipient_at: string | null
  created_at: Generated<string>
}

export interface NotificationsTable {
  id: number
  organization_id: number | null
  user_id: number | null
  type: string
  title: string
  message: string | null
  data: NullableJson
  is_read: Generated<boolean>
  read_at: string | null
  created_at: Generated<string>
}

export interface OrganizationsTable {
  id: number
  name: string
  slug: string | null
  admin_id: number | null
  settings: NullableJson
  is_active: Generated<boolean>
  created_at: Generated<string>
  updated_at: Generated<string>
}

export interface PapersTable {
  id: number
  organization_id: number
  assessment_id: number
  title: string
  passing_score: number | null
  max_score: number
  questions: Json
  rules: NullableJson
  created_at: Generated<string>
}

export interface PeopleImportRowsTable {
  import_id: number
  beneficiary_id: number
  before: string | null
  written_at: string
}

export interface PeopleImportsTable {
  id: number
  organization_id: number
  user_id: number | null
  file_name: string
  state: 'running' | 'done' | 'undoing' | 'undone'
  total: number
  added: Generated<number>
  updated: Generated<number>
  made_groups: Generated<string>
  created_at: string
}

export interface PeopleIndexTable {
  beneficiary_id: number
  organization_id: number
  trainer_id: number | null
  status: string | null
  sort_name: string
}

export interface PeopleKeysTable {
  organization_id: number
  kind: string
  value: string
  beneficiary_id: number
}

export interface PeopleSearchTable {
  rowid: number
  sort_name: string
  rank: number
}

export interface PersonLinksTable {
  id: number
  organization_id: number
  beneficiary_id: number
  other_id: number
  kind: 'parent' | 'sibling' | 'partner' | 'household' | 'other' | 'different'
  note: string | null
  mark: string | null
  written_by: number | null
  created_at: Generated<string>
  updated_at: Generated<string>
}

export interface PrivacyRequestsTable {
  id: number
  organization_id: number
  person_id: number
  kind: 'access' | 'erasure'
  received_from: string | null
  received_on: string
  due_on: string
  recorded_by: number | null
  outcome: 'done' | 'refused' | null
  note: string | null
  done_by: number | null
  done_at: string | null
  created_at: Generated<string>
}

export interface ProfilesTable {
  id: number
  organization_id: number | null
  user_id: number | null
  phone: string | null
  address: string | null
  city: string | null
  state: string | null
  country: string | null
  postal_code: string | null
  date_of_birth: string | null
  emergency_contact: string | null
  emergency_phone: string | null
  preferences: NullableJson
  metadata: NullableJson
  created_at: Generated<string>
  updated_at: Generated<string>
}

export interface QuestionsTable {
  id: number
  organization_id: number
  assessment_id: number | null
  text: string
  type: 'multiple_choice' | 'true_false' | 'short_answer' | 'essay'
  options: NullableJson
  correct_answer: string | null
  points: Generated<number>
  order: number | null
  required: Generated<boolean>
  metadata: NullableJson
  category: string | null
  tags: NullableJson
  origin_id: number | null
  pool: string | null
  created_at: Generated<string>
  updated_at: Generated<string>
}

export interface ResponsesTable {
  id: number
  organization_id: number
  attempt_id: number | null
  assessment_id: number | null
  beneficiary_id: number | null
  question_id: number | null
  answer: string | null
  is_correct: boolean | null
  points_earned: number | null
  credit: number | null
  time_spent: number | null
  attempt_number: Generated<number>
  edit: Generated<number>
  created_at: Generated<string>
  updated_at: Generated<string>
}

export interface RoomCertificatesTable {
  organization_id: number
  kind: 'authority' | 'server'
  hosts: string
  certificate: string
  private_key: string
  expires_at: string
}

export interface SavedViewsTable {
  id: number
  organization_id: number
  user_id: number | null
  list: string
  name: string
  filters: Json
  is_first: Generated<boolean>
  created_at: Generated<string>
  updated_at: Generated<string>
}

export interface SchemaStepsTable {
  number: number
  name: string
  sha256: string
  applied_at: string
}

export interface SessionsTable {
  id: number
  user_id: number | null
  token: string | null
  kind: Generated<'user' | 'kiosk' | 'room'>
  beneficiary_id: number | null
  ip_address: string | null
  user_agent: string | null
  last_activity: string | null
  expires_at: string | null
  classroom_session_id: number | null
  device_name: string | null
  lock_after_seconds: number | null
  locked_at: string | null
  entered_organization_id: number | null
  created_at: Generated<string>
}

export interface SettingsTable {
  id: number
  organization_id: number | null
  key: string
  value: string | null
  type: string | null
  category: string | null
  description: string | null
  is_public: Generated<boolean>
  created_at: Generated<string>
  updated_at: Generated<string>
}

export interface SignInThrottlesTable {
  subject: string
  failures: number
  locked_until: string | null
  counted_at: string
}

export interface SyncBodiesTable {
  number: number
  body: string
}

export interface SyncConflictsTable {
  id: number
  organization_id: number
  key: string
  kind: 'concurrentEdit' | 'deleteOverridden' | 'sameName' | 'sameThing' | 'parentRevived' | 'lateEdit' | 'wrongClock'
  table_number: number
  row_id: number
  person_id: number | null
  register: string
  kept_clock: number
  kept_site: number
  lost_clock: number
  lost_site: number
  kept_values: NullableJson
  lost_values: NullableJson
  kept_by: number | null
  lost_by: number | null
  noticed_at: string
  decided_by: number | null
  decided_at: string | null
  decision: 'kept' | 'taken' | 'merged' | null
}

export interface SyncContentPartsTable {
  path: string
  sha256: string
  first_byte: number
  bytes: Buffer
}

export interface SyncContentsTable {
  path: string
  size: number
  is_here: number
  is_at_centre: Generated<number>
  asked_at: string | null
  problem: 'missing' | 'waiting' | 'wrong' | 'damaged' | 'tooLarge' | 'noRoom' | 'diskFull' | 'line' | null
  failures: Generated<number>
  due_at: string | null
}

export interface SyncInboxTable {
  number: number
  place: number
  record: string
}

export interface SyncMachinesTable {
  site: number
  name: string
  number: number
}

export interface SyncOutboxTable {
  number: number
  head: string
  hash: string
  signature: string
  through_change: number
  clock: number
  sealed_at: string
  acknowledged_at: string | null
}

export interface SyncParkedTable {
  table_number: number
  id: number
  why: string
  record: string
}

export interface SyncRefusedTable {
  number: number
  envelope: number
  table_number: number
  id: number
  column_name: string | null
  reason: string
  change: number
  refused_at: string
  seen_at: string | null
}

export interface SyncRowsTable {
  table_number: number
  id: number
  clock: number
  site: number
  highest: number
  stamps: string | null
  seen: string | null
  deletion: string | null
  change: Generated<number>
  born: Generated<number>
  base: Generated<number>
  again: Generated<number>
  image: string | null
  extra: string | null
  absent: Generated<number>
}

export interface SyncStateTable {
  one: number
  organization_id: number
  organization_name: string
  new_name: string | null
  scope: 'organization' | 'trainer' | 'kiosk'
  trainer_id: number | null
  incarnation: string
  spare_sites: string
  former_site: number | null
  private_key: string
  clock: number
  change: Generated<number>
  within: Generated<number>
  sealed: Generated<number>
  erased_through: Generated<number>
  has_remains: Generated<number>
  acknowledged: Generated<number>
  chain: Generated<string>
  cursor: Generated<number>
  page: Generated<number>
  upto: number | null
  known: Generated<number>
  history: string
  clock_offset: Generated<number>
  openings: Generated<number>
  status: Generated<'ok' | 'upgrade' | 'revoked' | 'stuck'>
  last_contact_at: string | null
  last_success_at: string | null
}

export interface SyncWayTable {
  one: number
  address: string
  authority: string | null
  direct: string | null
  direct_authority: string | null
  offer_host: string | null
  offer_problem: string | null
  offer: string | null
  offer_authority: string | null
}

export interface UnsavedEntriesTable {
  user_id: number
  form: string
  organization_id: number
  entry: string
  kept_at: string
}

export interface UsersTable {
  id: number
  organization_id: number | null
  email: string
  password_hash: string
  name: string
  role: 'super_admin' | 'admin' | 'trainer' | 'student'
  is_active: Generated<boolean>
  is_verified: Generated<boolean>
  last_login: string | null
  created_at: Generated<string>
  updated_at: Generated<string>
}
