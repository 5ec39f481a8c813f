-- The seed's 17 tables with all their columns and indexes, papers and attempts, and the tenancy columns.
-- What goes beyond the seed is listed with its reason in main/database/registry.ts. What refers, and what is unique, is
-- looked at when a transaction ends, because a push of a machine brings many rows that belong together.

CREATE TABLE organizations (
  id bigint PRIMARY KEY,
  name varchar(100) NOT NULL,
  slug varchar(100),
  admin_id bigint,
  settings jsonb,
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX idx_organizations_slug ON organizations (slug);
CREATE INDEX idx_organizations_admin_id ON organizations (admin_id);

CREATE TABLE users (
  id bigint PRIMARY KEY,
  organization_id bigint REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  email varchar(120) NOT NULL CHECK (email = lower(email COLLATE "C")),
  password_hash varchar(255) NOT NULL,
  name varchar(100) NOT NULL,
  role varchar(20) NOT NULL CHECK (role IN ('super_admin', 'admin', 'trainer', 'student')),
  is_active boolean NOT NULL DEFAULT true,
  is_verified boolean NOT NULL DEFAULT false,
  last_login timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

ALTER TABLE users ADD CONSTRAINT idx_users_email UNIQUE NULLS NOT DISTINCT (organization_id, email) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX idx_users_role ON users (role);
CREATE INDEX idx_users_is_active ON users (is_active);
CREATE INDEX idx_users_organization_role ON users (organization_id, role, is_active);

CREATE TABLE profiles (
  id bigint PRIMARY KEY,
  organization_id bigint REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  user_id bigint REFERENCES users (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  phone varchar(20),
  address text,
  city varchar(100),
  state varchar(100),
  country varchar(100),
  postal_code varchar(20),
  date_of_birth date,
  emergency_contact varchar(100),
  emergency_phone varchar(20),
  preferences jsonb,
  metadata jsonb,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX idx_profiles_user_id ON profiles (user_id);
CREATE INDEX idx_profiles_organization ON profiles (organization_id, user_id);

CREATE TABLE beneficiaries (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  user_id bigint REFERENCES users (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  trainer_id bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  enrollment_date date,
  status varchar(20) NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive', 'completed')),
  notes text,
  metadata jsonb,
  merged_into bigint REFERENCES beneficiaries (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  merged_at timestamptz(3),
  merge_record jsonb,
  deleted_at timestamptz(3),
  deleted_by bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX idx_beneficiaries_user_id ON beneficiaries (user_id);
CREATE INDEX idx_beneficiaries_trainer_id ON beneficiaries (trainer_id);
CREATE INDEX idx_beneficiaries_organization_id ON beneficiaries (organization_id);
CREATE INDEX idx_beneficiaries_status ON beneficiaries (status);
CREATE INDEX idx_beneficiaries_organization_status ON beneficiaries (organization_id, status, trainer_id);
CREATE INDEX idx_beneficiaries_merged_into ON beneficiaries (merged_into);
CREATE INDEX idx_beneficiaries_trash ON beneficiaries (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX idx_beneficiaries_deleted_by ON beneficiaries (deleted_by);

CREATE TABLE groups (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  name varchar(100) NOT NULL,
  description text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX idx_groups_organization ON groups (organization_id, name);

CREATE TABLE group_members (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  group_id bigint NOT NULL REFERENCES groups (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  beneficiary_id bigint NOT NULL REFERENCES beneficiaries (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

ALTER TABLE group_members ADD CONSTRAINT idx_group_members_one UNIQUE (group_id, beneficiary_id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX idx_group_members_beneficiary ON group_members (beneficiary_id);
CREATE INDEX idx_group_members_organization ON group_members (organization_id, group_id);

CREATE TABLE learner_credentials (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  beneficiary_id bigint NOT NULL REFERENCES beneficiaries (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  kind varchar(20) NOT NULL CHECK (kind IN ('pin', 'picture', 'card')),
  secret_hash varchar(255) NOT NULL,
  failures integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
  locked_until timestamptz(3),
  revoked_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX idx_learner_credentials_beneficiary ON learner_credentials (beneficiary_id, kind);
CREATE INDEX idx_learner_credentials_secret ON learner_credentials (secret_hash);
CREATE INDEX idx_learner_credentials_organization ON learner_credentials (organization_id, kind);

CREATE TABLE assessments (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  title varchar(200) NOT NULL,
  description text,
  type varchar(50) NOT NULL CHECK (type IN ('diagnostic', 'formative', 'summative', 'practice')),
  beneficiary_id bigint REFERENCES beneficiaries (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  trainer_id bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  status varchar(20) NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'published', 'in_progress', 'completed')),
  scheduled_for timestamptz(3),
  completed_at timestamptz(3),
  time_limit integer CHECK (time_limit > 0),
  passing_score integer CHECK (passing_score BETWEEN 0 AND 100),
  attempts_allowed integer NOT NULL DEFAULT 1 CHECK (attempts_allowed >= 1),
  settings jsonb,
  group_id bigint REFERENCES groups (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  closes_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX idx_assessments_beneficiary_id ON assessments (beneficiary_id);
CREATE INDEX idx_assessments_trainer_id ON assessments (trainer_id);
CREATE INDEX idx_assessments_status ON assessments (status);
CREATE INDEX idx_assessments_type ON assessments (type);
CREATE INDEX idx_assessments_organization_status ON assessments (organization_id, status, type);
CREATE INDEX idx_assessments_group ON assessments (group_id);

CREATE TABLE questions (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  assessment_id bigint REFERENCES assessments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  text text NOT NULL,
  type varchar(50) NOT NULL CHECK (type IN ('multiple_choice', 'true_false', 'short_answer', 'essay')),
  options jsonb,
  correct_answer text,
  points integer NOT NULL DEFAULT 1 CHECK (points >= 0),
  "order" integer,
  required boolean NOT NULL DEFAULT true,
  metadata jsonb,
  category varchar(255),
  tags jsonb,
  origin_id bigint REFERENCES questions (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  pool varchar(20),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX idx_questions_assessment_id ON questions (assessment_id);
CREATE INDEX idx_questions_order ON questions ("order");
CREATE INDEX idx_questions_assessment_order ON questions (assessment_id, "order");
CREATE INDEX idx_questions_organization ON questions (organization_id, assessment_id);
CREATE INDEX idx_questions_organization_category ON questions (organization_id, category);
CREATE INDEX idx_questions_origin ON questions (origin_id);

CREATE TABLE papers (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  assessment_id bigint NOT NULL REFERENCES assessments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  title varchar(200) NOT NULL,
  passing_score integer CHECK (passing_score BETWEEN 0 AND 100),
  max_score integer NOT NULL CHECK (max_score >= 0),
  questions jsonb NOT NULL,
  rules jsonb,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX idx_papers_assessment ON papers (assessment_id);
CREATE INDEX idx_papers_organization ON papers (organization_id, assessment_id);

CREATE TABLE classroom_sessions (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  user_id bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  group_id bigint REFERENCES groups (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  assessment_ids jsonb NOT NULL,
  settings jsonb,
  code varchar(20),
  code_expires_at timestamptz(3),
  started_at timestamptz(3) NOT NULL DEFAULT now(),
  ended_at timestamptz(3)
);

CREATE INDEX idx_classroom_sessions_organization ON classroom_sessions (organization_id, ended_at);
CREATE INDEX idx_classroom_sessions_user ON classroom_sessions (user_id);
CREATE INDEX idx_classroom_sessions_group ON classroom_sessions (group_id);

CREATE TABLE attempts (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  assessment_id bigint NOT NULL REFERENCES assessments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  beneficiary_id bigint NOT NULL REFERENCES beneficiaries (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  attempt_number integer NOT NULL CHECK (attempt_number >= 1),
  state varchar(20) NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'handed_in', 'graded')),
  paper_id bigint NOT NULL REFERENCES papers (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  time_limit_ms bigint CHECK (time_limit_ms > 0),
  used_ms bigint NOT NULL DEFAULT 0 CHECK (used_ms >= 0),
  current_question_id bigint REFERENCES questions (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  draw jsonb,
  flags jsonb,
  extra_ms bigint NOT NULL DEFAULT 0 CHECK (extra_ms >= 0),
  paused_at timestamptz(3),
  is_practice boolean NOT NULL DEFAULT false,
  classroom_session_id bigint REFERENCES classroom_sessions (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  started_at timestamptz(3) NOT NULL DEFAULT now(),
  submitted_at timestamptz(3),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

ALTER TABLE attempts ADD CONSTRAINT idx_attempts_number UNIQUE (assessment_id, beneficiary_id, attempt_number) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX idx_attempts_paper ON attempts (paper_id);
CREATE INDEX idx_attempts_organization_started ON attempts (organization_id, started_at);
CREATE INDEX idx_attempts_organization_state ON attempts (organization_id, state, started_at);
CREATE INDEX idx_attempts_beneficiary_state ON attempts (beneficiary_id, state);
CREATE INDEX idx_attempts_assessment_state ON attempts (assessment_id, state);
CREATE INDEX idx_attempts_current_question ON attempts (current_question_id);
ALTER TABLE attempts ADD CONSTRAINT idx_attempts_one_running EXCLUDE USING btree (assessment_id WITH =, beneficiary_id WITH =) WHERE (state = 'running') DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX idx_attempts_classroom ON attempts (classroom_session_id);

CREATE TABLE attempt_incidents (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  attempt_id bigint NOT NULL REFERENCES attempts (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  kind varchar(30) NOT NULL,
  lost_ms bigint CHECK (lost_ms >= 0),
  reason text,
  user_id bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  happened_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX idx_attempt_incidents_attempt ON attempt_incidents (attempt_id, happened_at);
CREATE INDEX idx_attempt_incidents_user ON attempt_incidents (user_id);
CREATE INDEX idx_attempt_incidents_organization ON attempt_incidents (organization_id, happened_at);

CREATE TABLE attempt_receipts (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  attempt_id bigint NOT NULL REFERENCES attempts (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  code varchar(20) NOT NULL,
  digest varchar(64) NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX idx_attempt_receipts_attempt ON attempt_receipts (attempt_id);
CREATE INDEX idx_attempt_receipts_code ON attempt_receipts (organization_id, code);

CREATE TABLE responses (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  attempt_id bigint REFERENCES attempts (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  assessment_id bigint REFERENCES assessments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  beneficiary_id bigint REFERENCES beneficiaries (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  question_id bigint REFERENCES questions (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  answer text,
  is_correct boolean,
  points_earned integer,
  credit double precision CHECK (credit BETWEEN -1 AND 1),
  time_spent integer CHECK (time_spent >= 0),
  attempt_number integer NOT NULL DEFAULT 1 CHECK (attempt_number >= 1),
  edit integer NOT NULL DEFAULT 0 CHECK (edit >= 0),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

ALTER TABLE responses ADD CONSTRAINT idx_responses_attempt_question UNIQUE (attempt_id, question_id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX idx_responses_assessment_id ON responses (assessment_id);
CREATE INDEX idx_responses_beneficiary_id ON responses (beneficiary_id);
CREATE INDEX idx_responses_question_id ON responses (question_id);
CREATE INDEX idx_responses_organization ON responses (organization_id, attempt_id);

CREATE TABLE marks (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  attempt_id bigint NOT NULL REFERENCES attempts (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  response_id bigint REFERENCES responses (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  kind varchar(20) NOT NULL CHECK (kind IN ('mark', 'asked', 'second', 'final', 'regrade', 'override', 'withdrawn')),
  points double precision,
  tolerance double precision CHECK (tolerance BETWEEN 0 AND 100),
  comment text,
  rubric jsonb,
  reason text,
  user_id bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX idx_marks_attempt ON marks (attempt_id, created_at);
CREATE INDEX idx_marks_response ON marks (response_id, created_at);
CREATE INDEX idx_marks_user ON marks (user_id);
CREATE INDEX idx_marks_organization ON marks (organization_id, created_at);

CREATE TABLE key_corrections (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  assessment_id bigint NOT NULL REFERENCES assessments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  question_id bigint REFERENCES questions (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  paper_before bigint REFERENCES papers (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  paper_after bigint REFERENCES papers (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  reason text,
  changed jsonb NOT NULL,
  user_id bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX idx_key_corrections_assessment ON key_corrections (assessment_id, created_at);
CREATE INDEX idx_key_corrections_question ON key_corrections (question_id);
CREATE INDEX idx_key_corrections_before ON key_corrections (paper_before);
CREATE INDEX idx_key_corrections_after ON key_corrections (paper_after);
CREATE INDEX idx_key_corrections_user ON key_corrections (user_id);
CREATE INDEX idx_key_corrections_organization ON key_corrections (organization_id, created_at);

CREATE TABLE assessment_results (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  attempt_id bigint REFERENCES attempts (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  assessment_id bigint REFERENCES assessments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  beneficiary_id bigint REFERENCES beneficiaries (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  score double precision CHECK (score >= 0),
  max_score double precision CHECK (max_score >= 0),
  percentage double precision CHECK (percentage BETWEEN 0 AND 100),
  passed boolean,
  time_taken integer CHECK (time_taken >= 0),
  ai_analysis jsonb,
  recommendations jsonb,
  overridden_by bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  override_reason text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

ALTER TABLE assessment_results ADD CONSTRAINT idx_assessment_results_attempt UNIQUE (attempt_id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX idx_assessment_results_assessment_id ON assessment_results (assessment_id);
CREATE INDEX idx_assessment_results_beneficiary_id ON assessment_results (beneficiary_id);
CREATE INDEX idx_assessment_results_organization_assessment ON assessment_results (organization_id, assessment_id, beneficiary_id);
CREATE INDEX idx_assessment_results_overridden_by ON assessment_results (overridden_by);

CREATE TABLE appointments (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  title varchar(200) NOT NULL,
  description text,
  beneficiary_id bigint REFERENCES beneficiaries (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  trainer_id bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  start_time timestamptz(3) NOT NULL,
  end_time timestamptz(3) NOT NULL,
  location varchar(200),
  type varchar(50),
  status varchar(20) NOT NULL DEFAULT 'scheduled' CHECK (status IN ('scheduled', 'completed', 'cancelled')),
  notes text,
  reminder_sent boolean NOT NULL DEFAULT false,
  google_event_id varchar(100),
  group_id bigint REFERENCES groups (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  recurrence varchar(500),
  time_zone varchar(64),
  series_end timestamptz(3),
  series_id bigint REFERENCES appointments (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  series_minutes integer CHECK (series_minutes BETWEEN 0 AND 2147483647),
  reminded_until timestamptz(3),
  uid varchar(255),
  deleted_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CHECK (end_time >= start_time)
);

CREATE INDEX idx_appointments_beneficiary_id ON appointments (beneficiary_id);
CREATE INDEX idx_appointments_trainer_id ON appointments (trainer_id);
CREATE INDEX idx_appointments_start_time ON appointments (start_time);
CREATE INDEX idx_appointments_status ON appointments (status);
CREATE INDEX idx_appointments_organization_start ON appointments (organization_id, start_time);
CREATE INDEX idx_appointments_trainer_start ON appointments (trainer_id, start_time);
CREATE INDEX idx_appointments_organization_series_end ON appointments (organization_id, series_end);
CREATE INDEX idx_appointments_series ON appointments (series_id);
CREATE INDEX idx_appointments_group ON appointments (group_id);
CREATE INDEX idx_appointments_organization_uid ON appointments (organization_id, uid);
CREATE INDEX idx_appointments_organization_deleted ON appointments (organization_id, deleted_at);

CREATE TABLE attendance (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  appointment_id bigint NOT NULL,
  beneficiary_id bigint NOT NULL REFERENCES beneficiaries (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  status varchar(20) NOT NULL CHECK (status IN ('present', 'late', 'excused', 'absent')),
  held_at timestamptz(3) NOT NULL,
  noted_by bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

ALTER TABLE attendance ADD CONSTRAINT idx_attendance_one UNIQUE (appointment_id, beneficiary_id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX idx_attendance_beneficiary ON attendance (beneficiary_id);
CREATE INDEX idx_attendance_noted_by ON attendance (noted_by);
CREATE INDEX idx_attendance_organization ON attendance (organization_id, beneficiary_id);

CREATE TABLE documents (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  filename varchar(255) NOT NULL,
  file_path varchar(500),
  file_size bigint CHECK (file_size >= 0),
  mime_type varchar(100),
  category varchar(50),
  description text,
  uploaded_by bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  beneficiary_id bigint REFERENCES beneficiaries (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  is_public boolean NOT NULL DEFAULT false,
  tags jsonb,
  metadata jsonb,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  version_of bigint REFERENCES documents (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  deleted_at timestamptz(3),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX idx_documents_uploaded_by ON documents (uploaded_by);
CREATE INDEX idx_documents_beneficiary_id ON documents (beneficiary_id);
CREATE INDEX idx_documents_category ON documents (category);
CREATE INDEX idx_documents_organization_beneficiary ON documents (organization_id, beneficiary_id);
CREATE INDEX idx_documents_version_of ON documents (version_of);
CREATE INDEX idx_documents_path ON documents (file_path);

CREATE TABLE document_shares (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  document_id bigint REFERENCES documents (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  shared_with bigint REFERENCES users (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  shared_by bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  permission varchar(20) NOT NULL DEFAULT 'view' CHECK (permission IN ('view', 'edit')),
  expires_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX idx_document_shares_document_id ON document_shares (document_id);
CREATE INDEX idx_document_shares_shared_with ON document_shares (shared_with);
CREATE INDEX idx_document_shares_organization_shared_with ON document_shares (organization_id, shared_with);
CREATE INDEX idx_document_shares_shared_by ON document_shares (shared_by);

CREATE TABLE messages (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  sender_id bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  recipient_id bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  subject varchar(200),
  content text NOT NULL,
  is_read boolean NOT NULL DEFAULT false,
  read_at timestamptz(3),
  parent_id bigint REFERENCES messages (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  attachments jsonb,
  thread varchar(36) NOT NULL,
  sending varchar(36) NOT NULL,
  audience jsonb,
  hidden_by_sender_at timestamptz(3),
  hidden_by_recipient_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX idx_messages_sender_id ON messages (sender_id);
CREATE INDEX idx_messages_recipient_id ON messages (recipient_id);
CREATE INDEX idx_messages_is_read ON messages (is_read);
CREATE INDEX idx_messages_parent_id ON messages (parent_id);
CREATE INDEX idx_messages_organization_recipient_read ON messages (organization_id, recipient_id, is_read, created_at);
CREATE INDEX idx_messages_thread ON messages (thread);
CREATE INDEX idx_messages_sending ON messages (sending);
CREATE INDEX idx_messages_received ON messages (recipient_id, created_at, thread, sender_id, hidden_by_recipient_at, organization_id);
CREATE INDEX idx_messages_sent ON messages (sender_id, created_at, thread, recipient_id, hidden_by_sender_at, organization_id);

CREATE TABLE notifications (
  id bigint PRIMARY KEY,
  organization_id bigint REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  user_id bigint REFERENCES users (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  type varchar(50) NOT NULL,
  title varchar(200) NOT NULL,
  message text,
  data jsonb,
  is_read boolean NOT NULL DEFAULT false,
  read_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX idx_notifications_user_id ON notifications (user_id);
CREATE INDEX idx_notifications_is_read ON notifications (is_read);
CREATE INDEX idx_notifications_type ON notifications (type);
CREATE INDEX idx_notifications_user_read ON notifications (user_id, is_read, created_at);
CREATE INDEX idx_notifications_organization ON notifications (organization_id, user_id);

CREATE TABLE activity_logs (
  id bigint NOT NULL,
  organization_id bigint REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  user_id bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  action varchar(100) NOT NULL,
  resource_type varchar(50),
  resource_id bigint,
  details jsonb,
  ip_address varchar(45),
  user_agent text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (id, created_at)
) PARTITION BY RANGE (created_at);

CREATE TABLE activity_logs_other PARTITION OF activity_logs DEFAULT;

CREATE INDEX idx_activity_logs_user_id ON activity_logs (user_id);
CREATE INDEX idx_activity_logs_action ON activity_logs (action);
CREATE INDEX idx_activity_logs_resource_type ON activity_logs (resource_type);
CREATE INDEX idx_activity_logs_organization_created ON activity_logs (organization_id, created_at);
CREATE INDEX idx_activity_logs_resource ON activity_logs (resource_type, resource_id);

CREATE TABLE settings (
  id bigint PRIMARY KEY,
  organization_id bigint REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  key varchar(100) NOT NULL,
  value text,
  type varchar(20),
  category varchar(50),
  description text,
  is_public boolean NOT NULL DEFAULT false,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

ALTER TABLE settings ADD CONSTRAINT idx_settings_key UNIQUE NULLS NOT DISTINCT (organization_id, key) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX idx_settings_category ON settings (category);
CREATE INDEX idx_settings_organization ON settings (organization_id, category);

CREATE TABLE sessions (
  id bigint PRIMARY KEY,
  user_id bigint REFERENCES users (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  token varchar(255),
  kind varchar(20) NOT NULL DEFAULT 'user' CHECK (kind IN ('user', 'kiosk', 'room')),
  beneficiary_id bigint REFERENCES beneficiaries (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  ip_address varchar(45),
  user_agent text,
  last_activity timestamptz(3),
  expires_at timestamptz(3),
  classroom_session_id bigint REFERENCES classroom_sessions (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  device_name varchar(100),
  lock_after_seconds integer CHECK (lock_after_seconds BETWEEN 1 AND 86400),
  locked_at timestamptz(3),
  entered_organization_id bigint REFERENCES organizations (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE UNIQUE INDEX idx_sessions_token ON sessions (token);
CREATE INDEX idx_sessions_user_id ON sessions (user_id);
CREATE INDEX idx_sessions_expires_at ON sessions (expires_at);
CREATE INDEX idx_sessions_beneficiary ON sessions (beneficiary_id);
CREATE INDEX idx_sessions_classroom ON sessions (classroom_session_id);
CREATE INDEX idx_sessions_entered ON sessions (entered_organization_id);

CREATE TABLE error_logs (
  id bigint NOT NULL,
  organization_id bigint REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  timestamp timestamptz(3) NOT NULL DEFAULT now(),
  error_type varchar(100) NOT NULL,
  error_message text NOT NULL,
  traceback text,
  severity varchar(20) NOT NULL CHECK (severity IN ('debug', 'info', 'warning', 'error', 'critical')),
  context jsonb,
  request_id varchar(36),
  user_id bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (id, "timestamp")
) PARTITION BY RANGE ("timestamp");

CREATE TABLE error_logs_other PARTITION OF error_logs DEFAULT;

CREATE INDEX idx_error_logs_timestamp ON error_logs ("timestamp");
CREATE INDEX idx_error_logs_error_type ON error_logs (error_type);
CREATE INDEX idx_error_logs_severity ON error_logs (severity);
CREATE INDEX idx_error_logs_user_id ON error_logs (user_id);
CREATE INDEX idx_error_logs_organization_timestamp ON error_logs (organization_id, "timestamp");

-- What people are owed of their own data. An order holds a number and no name, and may be there before the person is.
CREATE TABLE erasure_orders (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  person_id bigint NOT NULL,
  erased_by bigint,
  scope varchar(10) NOT NULL CHECK (scope IN ('person')),
  attempt_ids jsonb,
  erased_at timestamptz(3) NOT NULL
);

ALTER TABLE erasure_orders ADD CONSTRAINT idx_erasure_orders_person UNIQUE (person_id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX idx_erasure_orders_organization ON erasure_orders (organization_id, erased_at);

CREATE TABLE consent_texts (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  topic varchar(60) NOT NULL,
  version integer NOT NULL CHECK (version >= 1),
  text text NOT NULL,
  covers varchar(10) CHECK (covers IN ('photo')),
  written_by bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX idx_consent_texts_organization ON consent_texts (organization_id, topic, version);
CREATE INDEX idx_consent_texts_author ON consent_texts (written_by);

CREATE TABLE consents (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  person_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  consent_text_id bigint NOT NULL REFERENCES consent_texts (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  kind varchar(10) NOT NULL CHECK (kind IN ('given', 'withdrawn')),
  recorded_by bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX idx_consents_person ON consents (person_id, created_at);
CREATE INDEX idx_consents_text ON consents (consent_text_id);
CREATE INDEX idx_consents_recorded_by ON consents (recorded_by);
CREATE INDEX idx_consents_organization ON consents (organization_id, created_at);

CREATE TABLE legal_holds (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  person_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  reason text NOT NULL,
  placed_by bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  placed_at timestamptz(3) NOT NULL,
  lifted_by bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  lifted_at timestamptz(3)
);

CREATE INDEX idx_legal_holds_person ON legal_holds (person_id, lifted_at);
CREATE INDEX idx_legal_holds_organization ON legal_holds (organization_id, placed_at);
CREATE INDEX idx_legal_holds_placed_by ON legal_holds (placed_by);
CREATE INDEX idx_legal_holds_lifted_by ON legal_holds (lifted_by);

CREATE TABLE privacy_requests (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  person_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  kind varchar(10) NOT NULL CHECK (kind IN ('access', 'erasure')),
  received_from varchar(100),
  received_on date NOT NULL,
  due_on date NOT NULL,
  recorded_by bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  outcome varchar(10) CHECK (outcome IN ('done', 'refused')),
  note text,
  done_by bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  done_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX idx_privacy_requests_person ON privacy_requests (person_id, done_at);
CREATE INDEX idx_privacy_requests_organization ON privacy_requests (organization_id, done_at, due_on);
CREATE INDEX idx_privacy_requests_recorded_by ON privacy_requests (recorded_by);
CREATE INDEX idx_privacy_requests_done_by ON privacy_requests (done_by);

CREATE TABLE handovers (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  beneficiary_id bigint NOT NULL REFERENCES beneficiaries (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  from_trainer_id bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  to_trainer_id bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  offered_by bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  note text,
  reply text,
  status varchar(20) NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'accepted', 'declined', 'withdrawn', 'moved', 'movedBack')),
  decided_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX idx_handovers_organization ON handovers (organization_id, status);
CREATE INDEX idx_handovers_beneficiary ON handovers (beneficiary_id, status);
CREATE INDEX idx_handovers_from ON handovers (from_trainer_id);
CREATE INDEX idx_handovers_to ON handovers (to_trainer_id, status);
CREATE INDEX idx_handovers_offered_by ON handovers (offered_by);

CREATE TABLE goals (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  beneficiary_id bigint NOT NULL REFERENCES beneficiaries (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  title varchar(200) NOT NULL,
  measure text,
  target_date date,
  status varchar(20) NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'reached', 'dropped')),
  assessment_id bigint REFERENCES assessments (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  category varchar(255),
  target integer CHECK (target BETWEEN 1 AND 100),
  written_by bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX idx_goals_organization ON goals (organization_id, status);
CREATE INDEX idx_goals_beneficiary ON goals (beneficiary_id, status);
CREATE INDEX idx_goals_assessment ON goals (assessment_id);
CREATE INDEX idx_goals_written_by ON goals (written_by);

-- One row for both directions. `parent`: the first is a parent or guardian of the other; `different`: somebody has said that they
-- are two people, as they were then, which `mark` tells; of every other kind the lower number comes first.
CREATE TABLE person_links (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  beneficiary_id bigint NOT NULL REFERENCES beneficiaries (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  other_id bigint NOT NULL REFERENCES beneficiaries (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  kind varchar(20) NOT NULL CHECK (kind IN ('parent', 'sibling', 'partner', 'household', 'other', 'different')),
  note varchar(200),
  mark varchar(64),
  written_by bigint REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

ALTER TABLE person_links ADD CONSTRAINT idx_person_links_one UNIQUE (beneficiary_id, other_id, kind) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX idx_person_links_other ON person_links (other_id);
CREATE INDEX idx_person_links_organization ON person_links (organization_id, kind);
CREATE INDEX idx_person_links_written_by ON person_links (written_by);

CREATE TABLE saved_views (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  user_id bigint REFERENCES users (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  list varchar(30) NOT NULL,
  name varchar(60) NOT NULL,
  filters jsonb NOT NULL,
  is_first boolean NOT NULL DEFAULT false,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE INDEX idx_saved_views_organization ON saved_views (organization_id, user_id);
CREATE INDEX idx_saved_views_user ON saved_views (user_id);

CREATE TABLE sync_conflicts (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  key varchar(100) NOT NULL,
  kind varchar(20) NOT NULL CHECK (kind IN ('concurrentEdit', 'deleteOverridden', 'sameName', 'sameThing', 'parentRevived', 'lateEdit', 'wrongClock')),
  table_number integer NOT NULL CHECK (table_number >= 1),
  row_id bigint NOT NULL,
  person_id bigint,
  register varchar(60) NOT NULL,
  kept_clock bigint NOT NULL CHECK (kept_clock >= 0),
  kept_site integer NOT NULL CHECK (kept_site BETWEEN 0 AND 2097151),
  lost_clock bigint NOT NULL CHECK (lost_clock >= 0),
  lost_site integer NOT NULL CHECK (lost_site BETWEEN 0 AND 2097151),
  kept_values jsonb,
  lost_values jsonb,
  kept_by bigint,
  lost_by bigint,
  noticed_at timestamptz(3) NOT NULL,
  decided_by bigint,
  decided_at timestamptz(3),
  decision varchar(10) CHECK (decision IN ('kept', 'taken', 'merged'))
);

ALTER TABLE sync_conflicts ADD CONSTRAINT idx_sync_conflicts_key UNIQUE (key) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX idx_sync_conflicts_organization ON sync_conflicts (organization_id, decided_at, noticed_at);
CREATE INDEX idx_sync_conflicts_row ON sync_conflicts (table_number, row_id);
CREATE INDEX idx_sync_conflicts_person ON sync_conflicts (person_id);

ALTER TABLE organizations ADD CONSTRAINT organizations_admin_id_fkey FOREIGN KEY (admin_id) REFERENCES users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;

-- The logs are kept by month, so that old ones can go at once. Where a clock was wrong, rows wait in the part for all others.
CREATE FUNCTION make_log_months(first date, months integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  made integer := 0;
  log record;
  start timestamptz;
  part text;
BEGIN
  FOR log IN SELECT * FROM (VALUES ('activity_logs', 'created_at'), ('error_logs', 'timestamp')) AS l (name, place) LOOP
    FOR month IN 0 .. months - 1 LOOP
      start := (date_trunc('month', first::timestamp) + make_interval(months => month)) AT TIME ZONE 'UTC';
      part := log.name || to_char(start AT TIME ZONE 'UTC', '_YYYY_MM');
      CONTINUE WHEN to_regclass('public.' || part) IS NOT NULL;
      EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part, log.name);
      EXECUTE format(
        'WITH moved AS (DELETE FROM public.%I WHERE %I >= $1 AND %I < $2 RETURNING *) INSERT INTO public.%I SELECT * FROM moved',
        log.name || '_other', log.place, log.place, part
      ) USING start, start + make_interval(months => 1);
      SET CONSTRAINTS ALL IMMEDIATE;
      EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', part);
      EXECUTE format(
        'ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
        log.name, part, start, (start AT TIME ZONE 'UTC' + make_interval(months => 1)) AT TIME ZONE 'UTC'
      );
      made := made + 1;
    END LOOP;
  END LOOP;
  RETURN made;
END $$;

SELECT make_log_months(date '2026-01-01', 36);

-- No later write brings an erased person back, whichever machine it comes from. The order itself may still be carried out.
CREATE FUNCTION refuse_erased() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  place text;
  person bigint;
BEGIN
  FOREACH place IN ARRAY TG_ARGV LOOP
    CASE place
      WHEN 'id' THEN person := NEW.id;
      WHEN 'user_id' THEN person := NEW.user_id;
      WHEN 'person_id' THEN person := NEW.person_id;
      WHEN 'sender_id' THEN person := NEW.sender_id;
      WHEN 'recipient_id' THEN person := NEW.recipient_id;
    END CASE;
    IF EXISTS (SELECT FROM public.erasure_orders WHERE person_id = person) THEN
      RAISE EXCEPTION 'this person was erased' USING ERRCODE = 'check_violation', CONSTRAINT = 'erased';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;

CREATE TRIGGER erased_user_inserted BEFORE INSERT ON users FOR EACH ROW
  WHEN (NEW.email NOT LIKE 'erased-%@no-email.invalid') EXECUTE FUNCTION refuse_erased('id');
CREATE TRIGGER erased_user_updated BEFORE UPDATE OF email, name, password_hash, is_active, last_login ON users FOR EACH ROW
  WHEN (NEW.email NOT LIKE 'erased-%@no-email.invalid') EXECUTE FUNCTION refuse_erased('id');
CREATE TRIGGER erased_profile_inserted BEFORE INSERT ON profiles FOR EACH ROW EXECUTE FUNCTION refuse_erased('user_id');
CREATE TRIGGER erased_profile_moved BEFORE UPDATE OF user_id ON profiles FOR EACH ROW
  WHEN (NEW.user_id IS DISTINCT FROM OLD.user_id) EXECUTE FUNCTION refuse_erased('user_id');
CREATE TRIGGER erased_beneficiary_inserted BEFORE INSERT ON beneficiaries FOR EACH ROW EXECUTE FUNCTION refuse_erased('user_id');
CREATE TRIGGER erased_beneficiary_moved BEFORE UPDATE OF user_id ON beneficiaries FOR EACH ROW
  WHEN (NEW.user_id IS DISTINCT FROM OLD.user_id) EXECUTE FUNCTION refuse_erased('user_id');
CREATE TRIGGER erased_session_inserted BEFORE INSERT ON sessions FOR EACH ROW EXECUTE FUNCTION refuse_erased('user_id');
CREATE TRIGGER erased_message_inserted BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION refuse_erased('sender_id', 'recipient_id');
CREATE TRIGGER erased_notification_inserted BEFORE INSERT ON notifications FOR EACH ROW EXECUTE FUNCTION refuse_erased('user_id');
CREATE TRIGGER erased_consent_inserted BEFORE INSERT ON consents FOR EACH ROW EXECUTE FUNCTION refuse_erased('person_id');
CREATE TRIGGER erased_hold_inserted BEFORE INSERT ON legal_holds FOR EACH ROW EXECUTE FUNCTION refuse_erased('person_id');
CREATE TRIGGER erased_request_inserted BEFORE INSERT ON privacy_requests FOR EACH ROW EXECUTE FUNCTION refuse_erased('person_id');

-- Nobody but a superuser sees a row until a policy lets them; not even the owner of the tables.
ALTER TABLE organizations ENABLE ROW LEVEL SECURITY;
ALTER TABLE organizations FORCE ROW LEVEL SECURITY;
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE users FORCE ROW LEVEL SECURITY;
ALTER TABLE profiles ENABLE ROW LEVEL SECURITY;
ALTER TABLE profiles FORCE ROW LEVEL SECURITY;
ALTER TABLE beneficiaries ENABLE ROW LEVEL SECURITY;
ALTER TABLE beneficiaries FORCE ROW LEVEL SECURITY;
ALTER TABLE groups ENABLE ROW LEVEL SECURITY;
ALTER TABLE groups FORCE ROW LEVEL SECURITY;
ALTER TABLE group_members ENABLE ROW LEVEL SECURITY;
ALTER TABLE group_members FORCE ROW LEVEL SECURITY;
ALTER TABLE learner_credentials ENABLE ROW LEVEL SECURITY;
ALTER TABLE learner_credentials FORCE ROW LEVEL SECURITY;
ALTER TABLE assessments ENABLE ROW LEVEL SECURITY;
ALTER TABLE assessments FORCE ROW LEVEL SECURITY;
ALTER TABLE questions ENABLE ROW LEVEL SECURITY;
ALTER TABLE questions FORCE ROW LEVEL SECURITY;
ALTER TABLE papers ENABLE ROW LEVEL SECURITY;
ALTER TABLE papers FORCE ROW LEVEL SECURITY;
ALTER TABLE classroom_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE classroom_sessions FORCE ROW LEVEL SECURITY;
ALTER TABLE attempts ENABLE ROW LEVEL SECURITY;
ALTER TABLE attempts FORCE ROW LEVEL SECURITY;
ALTER TABLE attempt_incidents ENABLE ROW LEVEL SECURITY;
ALTER TABLE attempt_incidents FORCE ROW LEVEL SECURITY;
ALTER TABLE attempt_receipts ENABLE ROW LEVEL SECURITY;
ALTER TABLE attempt_receipts FORCE ROW LEVEL SECURITY;
ALTER TABLE responses ENABLE ROW LEVEL SECURITY;
ALTER TABLE responses FORCE ROW LEVEL SECURITY;
ALTER TABLE marks ENABLE ROW LEVEL SECURITY;
ALTER TABLE marks FORCE ROW LEVEL SECURITY;
ALTER TABLE key_corrections ENABLE ROW LEVEL SECURITY;
ALTER TABLE key_corrections FORCE ROW LEVEL SECURITY;
ALTER TABLE assessment_results ENABLE ROW LEVEL SECURITY;
ALTER TABLE assessment_results FORCE ROW LEVEL SECURITY;
ALTER TABLE appointments ENABLE ROW LEVEL SECURITY;
ALTER TABLE appointments FORCE ROW LEVEL SECURITY;
ALTER TABLE attendance ENABLE ROW LEVEL SECURITY;
ALTER TABLE attendance FORCE ROW LEVEL SECURITY;
ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
ALTER TABLE documents FORCE ROW LEVEL SECURITY;
ALTER TABLE document_shares ENABLE ROW LEVEL SECURITY;
ALTER TABLE document_shares FORCE ROW LEVEL SECURITY;
ALTER TABLE messages ENABLE ROW LEVEL SECURITY;
ALTER TABLE messages FORCE ROW LEVEL SECURITY;
ALTER TABLE notifications ENABLE ROW LEVEL SECURITY;
ALTER TABLE notifications FORCE ROW LEVEL SECURITY;
ALTER TABLE activity_logs ENABLE ROW LEVEL SECURITY;
ALTER TABLE activity_logs FORCE ROW LEVEL SECURITY;
ALTER TABLE settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE settings FORCE ROW LEVEL SECURITY;
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE sessions FORCE ROW LEVEL SECURITY;
ALTER TABLE error_logs ENABLE ROW LEVEL SECURITY;
ALTER TABLE error_logs FORCE ROW LEVEL SECURITY;
ALTER TABLE erasure_orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE erasure_orders FORCE ROW LEVEL SECURITY;
ALTER TABLE consent_texts ENABLE ROW LEVEL SECURITY;
ALTER TABLE consent_texts FORCE ROW LEVEL SECURITY;
ALTER TABLE consents ENABLE ROW LEVEL SECURITY;
ALTER TABLE consents FORCE ROW LEVEL SECURITY;
ALTER TABLE legal_holds ENABLE ROW LEVEL SECURITY;
ALTER TABLE legal_holds FORCE ROW LEVEL SECURITY;
ALTER TABLE privacy_requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE privacy_requests FORCE ROW LEVEL SECURITY;
ALTER TABLE handovers ENABLE ROW LEVEL SECURITY;
ALTER TABLE handovers FORCE ROW LEVEL SECURITY;
ALTER TABLE goals ENABLE ROW LEVEL SECURITY;
ALTER TABLE goals FORCE ROW LEVEL SECURITY;
ALTER TABLE person_links ENABLE ROW LEVEL SECURITY;
ALTER TABLE person_links FORCE ROW LEVEL SECURITY;
ALTER TABLE saved_views ENABLE ROW LEVEL SECURITY;
ALTER TABLE saved_views FORCE ROW LEVEL SECURITY;
ALTER TABLE sync_conflicts ENABLE ROW LEVEL SECURITY;
ALTER TABLE sync_conflicts FORCE ROW LEVEL SECURITY;
