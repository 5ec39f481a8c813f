-- The seed's 17 tables with all their columns and indexes, papers and attempts, and the tenancy columns.
-- What goes beyond the seed is listed with its reason in main/database/registry.ts. Whole numbers are bounded to what
-- an integer of PostgreSQL holds: a row that only this machine accepts would never reach the centre.

CREATE TABLE organizations (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) <= 100),
  slug TEXT CHECK (length(slug) <= 100),
  admin_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
  settings TEXT CHECK (json_valid(settings)),
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at)),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%fZ', updated_at))
) STRICT;

CREATE UNIQUE INDEX idx_organizations_slug ON organizations (slug);
CREATE INDEX idx_organizations_admin_id ON organizations (admin_id);

CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER REFERENCES organizations (id) ON DELETE RESTRICT,
  email TEXT NOT NULL CHECK (length(email) <= 120 AND email = lower(email)),
  password_hash TEXT NOT NULL CHECK (length(password_hash) <= 255),
  name TEXT NOT NULL CHECK (length(name) <= 100),
  role TEXT NOT NULL CHECK (role IN ('super_admin', 'admin', 'trainer', 'student')),
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  is_verified INTEGER NOT NULL DEFAULT 0 CHECK (is_verified IN (0, 1)),
  last_login TEXT CHECK (last_login IS strftime('%Y-%m-%dT%H:%M:%fZ', last_login)),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at)),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%fZ', updated_at))
) STRICT;

CREATE UNIQUE INDEX idx_users_email ON users (email);
CREATE INDEX idx_users_role ON users (role);
CREATE INDEX idx_users_is_active ON users (is_active);
CREATE INDEX idx_users_organization_role ON users (organization_id, role, is_active);

CREATE TABLE profiles (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER REFERENCES organizations (id) ON DELETE RESTRICT,
  user_id INTEGER REFERENCES users (id) ON DELETE CASCADE,
  phone TEXT CHECK (length(phone) <= 20),
  address TEXT,
  city TEXT CHECK (length(city) <= 100),
  state TEXT CHECK (length(state) <= 100),
  country TEXT CHECK (length(country) <= 100),
  postal_code TEXT CHECK (length(postal_code) <= 20),
  date_of_birth TEXT CHECK (date_of_birth IS date(date_of_birth)),
  emergency_contact TEXT CHECK (length(emergency_contact) <= 100),
  emergency_phone TEXT CHECK (length(emergency_phone) <= 20),
  preferences TEXT CHECK (json_valid(preferences)),
  metadata TEXT CHECK (json_valid(metadata)),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at)),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%fZ', updated_at))
) STRICT;

CREATE INDEX idx_profiles_user_id ON profiles (user_id);
CREATE INDEX idx_profiles_organization ON profiles (organization_id, user_id);

CREATE TABLE beneficiaries (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  user_id INTEGER REFERENCES users (id) ON DELETE CASCADE,
  trainer_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
  enrollment_date TEXT CHECK (enrollment_date IS date(enrollment_date)),
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive', 'completed')),
  notes TEXT,
  metadata TEXT CHECK (json_valid(metadata)),
  merged_into INTEGER REFERENCES beneficiaries (id) ON DELETE SET NULL,
  merged_at TEXT CHECK (merged_at IS strftime('%Y-%m-%dT%H:%M:%fZ', merged_at)),
  merge_record TEXT CHECK (json_valid(merge_record)),
  deleted_at TEXT CHECK (deleted_at IS strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at)),
  deleted_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at)),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%fZ', updated_at))
) STRICT;

CREATE INDEX idx_beneficiaries_user_id ON beneficiaries (user_id);
CREATE INDEX idx_beneficiaries_trainer_id ON beneficiaries (trainer_id);
CREATE INDEX idx_beneficiaries_organization_id ON beneficiaries (organization_id);
CREATE INDEX idx_beneficiaries_status ON beneficiaries (status);
CREATE INDEX idx_beneficiaries_organization_status ON beneficiaries (organization_id, status, trainer_id);
CREATE INDEX idx_beneficiaries_merged_into ON beneficiaries (merged_into);
CREATE INDEX idx_beneficiaries_trash ON beneficiaries (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX idx_beneficiaries_deleted_by ON beneficiaries (deleted_by);

CREATE TABLE groups (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  name TEXT NOT NULL CHECK (length(name) <= 100),
  description TEXT,
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at)),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%fZ', updated_at))
) STRICT;

CREATE INDEX idx_groups_organization ON groups (organization_id, name);

CREATE TABLE group_members (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  group_id INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  beneficiary_id INTEGER NOT NULL REFERENCES beneficiaries (id) ON DELETE CASCADE,
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at))
) STRICT;

CREATE UNIQUE INDEX idx_group_members_one ON group_members (group_id, beneficiary_id);
CREATE INDEX idx_group_members_beneficiary ON group_members (beneficiary_id);
CREATE INDEX idx_group_members_organization ON group_members (organization_id, group_id);

CREATE TABLE learner_credentials (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  beneficiary_id INTEGER NOT NULL REFERENCES beneficiaries (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('pin', 'picture', 'card')),
  secret_hash TEXT NOT NULL CHECK (length(secret_hash) <= 255),
  failures INTEGER NOT NULL DEFAULT 0 CHECK (failures BETWEEN 0 AND 2147483647),
  locked_until TEXT CHECK (locked_until IS strftime('%Y-%m-%dT%H:%M:%fZ', locked_until)),
  revoked_at TEXT CHECK (revoked_at IS strftime('%Y-%m-%dT%H:%M:%fZ', revoked_at)),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at)),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%fZ', updated_at))
) STRICT;

CREATE INDEX idx_learner_credentials_beneficiary ON learner_credentials (beneficiary_id, kind);
CREATE INDEX idx_learner_credentials_secret ON learner_credentials (secret_hash);
CREATE INDEX idx_learner_credentials_organization ON learner_credentials (organization_id, kind);

CREATE TABLE assessments (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  title TEXT NOT NULL CHECK (length(title) <= 200),
  description TEXT,
  type TEXT NOT NULL CHECK (type IN ('diagnostic', 'formative', 'summative', 'practice')),
  beneficiary_id INTEGER REFERENCES beneficiaries (id) ON DELETE CASCADE,
  trainer_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
  status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'published', 'in_progress', 'completed')),
  scheduled_for TEXT CHECK (scheduled_for IS strftime('%Y-%m-%dT%H:%M:%fZ', scheduled_for)),
  completed_at TEXT CHECK (completed_at IS strftime('%Y-%m-%dT%H:%M:%fZ', completed_at)),
  time_limit INTEGER CHECK (time_limit BETWEEN 1 AND 2147483647),
  passing_score INTEGER CHECK (passing_score BETWEEN 0 AND 100),
  attempts_allowed INTEGER NOT NULL DEFAULT 1 CHECK (attempts_allowed BETWEEN 1 AND 2147483647),
  settings TEXT CHECK (json_valid(settings)),
  group_id INTEGER REFERENCES groups (id) ON DELETE SET NULL,
  closes_at TEXT CHECK (closes_at IS strftime('%Y-%m-%dT%H:%M:%fZ', closes_at)),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at)),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%fZ', updated_at))
) STRICT;

CREATE INDEX idx_assessments_beneficiary_id ON assessments (beneficiary_id);
CREATE INDEX idx_assessments_trainer_id ON assessments (trainer_id);
CREATE INDEX idx_assessments_status ON assessments (status);
CREATE INDEX idx_assessments_type ON assessments (type);
CREATE INDEX idx_assessments_organization_status ON assessments (organization_id, status, type);
CREATE INDEX idx_assessments_group ON assessments (group_id);

CREATE TABLE questions (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  assessment_id INTEGER REFERENCES assessments (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('multiple_choice', 'true_false', 'short_answer', 'essay')),
  options TEXT CHECK (json_valid(options)),
  correct_answer TEXT,
  points INTEGER NOT NULL DEFAULT 1 CHECK (points BETWEEN 0 AND 2147483647),
  "order" INTEGER CHECK ("order" BETWEEN -2147483648 AND 2147483647),
  required INTEGER NOT NULL DEFAULT 1 CHECK (required IN (0, 1)),
  metadata TEXT CHECK (json_valid(metadata)),
  category TEXT CHECK (length(category) <= 255),
  tags TEXT CHECK (json_valid(tags)),
  origin_id INTEGER REFERENCES questions (id) ON DELETE SET NULL,
  pool TEXT CHECK (length(pool) <= 20),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at)),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%fZ', updated_at))
) STRICT;

CREATE INDEX idx_questions_assessment_id ON questions (assessment_id);
CREATE INDEX idx_questions_order ON questions ("order");
CREATE INDEX idx_questions_assessment_order ON questions (assessment_id, "order");
CREATE INDEX idx_questions_organization ON questions (organization_id, assessment_id);
CREATE INDEX idx_questions_organization_category ON questions (organization_id, category);
CREATE INDEX idx_questions_origin ON questions (origin_id);

CREATE TABLE papers (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  assessment_id INTEGER NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
  title TEXT NOT NULL CHECK (length(title) <= 200),
  passing_score INTEGER CHECK (passing_score BETWEEN 0 AND 100),
  max_score INTEGER NOT NULL CHECK (max_score BETWEEN 0 AND 2147483647),
  questions TEXT NOT NULL CHECK (json_valid(questions)),
  rules TEXT CHECK (json_valid(rules)),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at))
) STRICT;

CREATE INDEX idx_papers_assessment ON papers (assessment_id);
CREATE INDEX idx_papers_organization ON papers (organization_id, assessment_id);

CREATE TABLE classroom_sessions (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  user_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
  group_id INTEGER REFERENCES groups (id) ON DELETE SET NULL,
  assessment_ids TEXT NOT NULL CHECK (json_valid(assessment_ids)),
  settings TEXT CHECK (json_valid(settings)),
  code TEXT CHECK (length(code) <= 20),
  code_expires_at TEXT CHECK (code_expires_at IS strftime('%Y-%m-%dT%H:%M:%fZ', code_expires_at)),
  started_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (started_at IS strftime('%Y-%m-%dT%H:%M:%fZ', started_at)),
  ended_at TEXT CHECK (ended_at IS strftime('%Y-%m-%dT%H:%M:%fZ', ended_at))
) STRICT;

CREATE INDEX idx_classroom_sessions_organization ON classroom_sessions (organization_id, ended_at);
CREATE INDEX idx_classroom_sessions_user ON classroom_sessions (user_id);
CREATE INDEX idx_classroom_sessions_group ON classroom_sessions (group_id);

CREATE TABLE attempts (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  assessment_id INTEGER NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
  beneficiary_id INTEGER NOT NULL REFERENCES beneficiaries (id) ON DELETE CASCADE,
  attempt_number INTEGER NOT NULL CHECK (attempt_number BETWEEN 1 AND 2147483647),
  state TEXT NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'handed_in', 'graded')),
  paper_id INTEGER NOT NULL REFERENCES papers (id) ON DELETE CASCADE,
  time_limit_ms INTEGER CHECK (time_limit_ms > 0),
  used_ms INTEGER NOT NULL DEFAULT 0 CHECK (used_ms >= 0),
  current_question_id INTEGER REFERENCES questions (id) ON DELETE SET NULL,
  draw TEXT CHECK (json_valid(draw)),
  flags TEXT CHECK (json_valid(flags)),
  extra_ms INTEGER NOT NULL DEFAULT 0 CHECK (extra_ms >= 0),
  paused_at TEXT CHECK (paused_at IS strftime('%Y-%m-%dT%H:%M:%fZ', paused_at)),
  is_practice INTEGER NOT NULL DEFAULT 0 CHECK (is_practice IN (0, 1)),
  classroom_session_id INTEGER REFERENCES classroom_sessions (id) ON DELETE SET NULL,
  started_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (started_at IS strftime('%Y-%m-%dT%H:%M:%fZ', started_at)),
  submitted_at TEXT CHECK (submitted_at IS strftime('%Y-%m-%dT%H:%M:%fZ', submitted_at)),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%fZ', updated_at))
) STRICT;

CREATE UNIQUE INDEX idx_attempts_number ON attempts (assessment_id, beneficiary_id, attempt_number);
CREATE INDEX idx_attempts_paper ON attempts (paper_id);
CREATE INDEX idx_attempts_organization_started ON attempts (organization_id, started_at);
CREATE INDEX idx_attempts_organization_state ON attempts (organization_id, state, started_at);
CREATE INDEX idx_attempts_beneficiary_state ON attempts (beneficiary_id, state);
CREATE INDEX idx_attempts_assessment_state ON attempts (assessment_id, state);
CREATE INDEX idx_attempts_current_question ON attempts (current_question_id);
CREATE UNIQUE INDEX idx_attempts_one_running ON attempts (assessment_id, beneficiary_id) WHERE state = 'running';
CREATE INDEX idx_attempts_classroom ON attempts (classroom_session_id);

CREATE TABLE attempt_incidents (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  attempt_id INTEGER NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (length(kind) <= 30),
  lost_ms INTEGER CHECK (lost_ms >= 0),
  reason TEXT,
  user_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
  happened_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (happened_at IS strftime('%Y-%m-%dT%H:%M:%fZ', happened_at))
) STRICT;

CREATE INDEX idx_attempt_incidents_attempt ON attempt_incidents (attempt_id, happened_at);
CREATE INDEX idx_attempt_incidents_user ON attempt_incidents (user_id);
CREATE INDEX idx_attempt_incidents_organization ON attempt_incidents (organization_id, happened_at);

CREATE TABLE attempt_receipts (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  attempt_id INTEGER NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
  code TEXT NOT NULL CHECK (length(code) <= 20),
  digest TEXT NOT NULL CHECK (length(digest) <= 64),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at))
) STRICT;

CREATE INDEX idx_attempt_receipts_attempt ON attempt_receipts (attempt_id);
CREATE INDEX idx_attempt_receipts_code ON attempt_receipts (organization_id, code);

CREATE TABLE responses (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  attempt_id INTEGER REFERENCES attempts (id) ON DELETE CASCADE,
  assessment_id INTEGER REFERENCES assessments (id) ON DELETE CASCADE,
  beneficiary_id INTEGER REFERENCES beneficiaries (id) ON DELETE CASCADE,
  question_id INTEGER REFERENCES questions (id) ON DELETE SET NULL,
  answer TEXT,
  is_correct INTEGER CHECK (is_correct IN (0, 1)),
  points_earned INTEGER CHECK (points_earned BETWEEN -2147483648 AND 2147483647),
  credit REAL CHECK (credit BETWEEN -1 AND 1),
  time_spent INTEGER CHECK (time_spent BETWEEN 0 AND 2147483647),
  attempt_number INTEGER NOT NULL DEFAULT 1 CHECK (attempt_number BETWEEN 1 AND 2147483647),
  edit INTEGER NOT NULL DEFAULT 0 CHECK (edit BETWEEN 0 AND 2147483647),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at)),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%fZ', updated_at))
) STRICT;

CREATE UNIQUE INDEX idx_responses_attempt_question ON responses (attempt_id, question_id);
CREATE INDEX idx_responses_assessment_id ON responses (assessment_id);
CREATE INDEX idx_responses_beneficiary_id ON responses (beneficiary_id);
CREATE INDEX idx_responses_question_id ON responses (question_id);
CREATE INDEX idx_responses_organization ON responses (organization_id, attempt_id);

CREATE TABLE marks (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  attempt_id INTEGER NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
  response_id INTEGER REFERENCES responses (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('mark', 'asked', 'second', 'final', 'regrade', 'override', 'withdrawn')),
  points REAL,
  tolerance REAL CHECK (tolerance BETWEEN 0 AND 100),
  comment TEXT,
  rubric TEXT CHECK (json_valid(rubric)),
  reason TEXT,
  user_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at))
) STRICT;

CREATE INDEX idx_marks_attempt ON marks (attempt_id, created_at);
CREATE INDEX idx_marks_response ON marks (response_id, created_at);
CREATE INDEX idx_marks_user ON marks (user_id);
CREATE INDEX idx_marks_organization ON marks (organization_id, created_at);

CREATE TABLE key_corrections (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  assessment_id INTEGER NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
  question_id INTEGER REFERENCES questions (id) ON DELETE SET NULL,
  paper_before INTEGER REFERENCES papers (id) ON DELETE SET NULL,
  paper_after INTEGER REFERENCES papers (id) ON DELETE SET NULL,
  reason TEXT,
  changed TEXT NOT NULL CHECK (json_valid(changed)),
  user_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at))
) STRICT;

CREATE INDEX idx_key_corrections_assessment ON key_corrections (assessment_id, created_at);
CREATE INDEX idx_key_corrections_question ON key_corrections (question_id);
CREATE INDEX idx_key_corrections_before ON key_corrections (paper_before);
CREATE INDEX idx_key_corrections_after ON key_corrections (paper_after);
CREATE INDEX idx_key_corrections_user ON key_corrections (user_id);
CREATE INDEX idx_key_corrections_organization ON key_corrections (organization_id, created_at);

CREATE TABLE assessment_results (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  attempt_id INTEGER REFERENCES attempts (id) ON DELETE CASCADE,
  assessment_id INTEGER REFERENCES assessments (id) ON DELETE CASCADE,
  beneficiary_id INTEGER REFERENCES beneficiaries (id) ON DELETE CASCADE,
  score REAL CHECK (score >= 0),
  max_score REAL CHECK (max_score >= 0),
  percentage REAL CHECK (percentage BETWEEN 0 AND 100),
  passed INTEGER CHECK (passed IN (0, 1)),
  time_taken INTEGER CHECK (time_taken BETWEEN 0 AND 2147483647),
  ai_analysis TEXT CHECK (json_valid(ai_analysis)),
  recommendations TEXT CHECK (json_valid(recommendations)),
  overridden_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
  override_reason TEXT,
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at)),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%fZ', updated_at))
) STRICT;

CREATE UNIQUE INDEX idx_assessment_results_attempt ON assessment_results (attempt_id);
CREATE INDEX idx_assessment_results_assessment_id ON assessment_results (assessment_id);
CREATE INDEX idx_assessment_results_beneficiary_id ON assessment_results (beneficiary_id);
CREATE INDEX idx_assessment_results_organization_assessment ON assessment_results (organization_id, assessment_id, beneficiary_id);
CREATE INDEX idx_assessment_results_overridden_by ON assessment_results (overridden_by);

CREATE TABLE appointments (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  title TEXT NOT NULL CHECK (length(title) <= 200),
  description TEXT,
  beneficiary_id INTEGER REFERENCES beneficiaries (id) ON DELETE CASCADE,
  trainer_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
  start_time TEXT NOT NULL CHECK (start_time IS strftime('%Y-%m-%dT%H:%M:%fZ', start_time)),
  end_time TEXT NOT NULL CHECK (end_time IS strftime('%Y-%m-%dT%H:%M:%fZ', end_time)),
  location TEXT CHECK (length(location) <= 200),
  type TEXT CHECK (length(type) <= 50),
  status TEXT NOT NULL DEFAULT 'scheduled' CHECK (status IN ('scheduled', 'completed', 'cancelled')),
  notes TEXT,
  reminder_sent INTEGER NOT NULL DEFAULT 0 CHECK (reminder_sent IN (0, 1)),
  google_event_id TEXT CHECK (length(google_event_id) <= 100),
  group_id INTEGER REFERENCES groups (id) ON DELETE SET NULL,
  recurrence TEXT CHECK (length(recurrence) <= 500),
  time_zone TEXT CHECK (length(time_zone) <= 64),
  series_end TEXT CHECK (series_end IS strftime('%Y-%m-%dT%H:%M:%fZ', series_end)),
  series_id INTEGER REFERENCES appointments (id) ON DELETE CASCADE,
  series_minutes INTEGER CHECK (series_minutes BETWEEN 0 AND 2147483647),
  reminded_until TEXT CHECK (reminded_until IS strftime('%Y-%m-%dT%H:%M:%fZ', reminded_until)),
  uid TEXT CHECK (length(uid) <= 255),
  deleted_at TEXT CHECK (deleted_at IS strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at)),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at)),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%fZ', updated_at)),
  CHECK (end_time >= start_time)
) STRICT;

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
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  appointment_id INTEGER NOT NULL,
  beneficiary_id INTEGER NOT NULL REFERENCES beneficiaries (id) ON DELETE CASCADE,
  status TEXT NOT NULL CHECK (status IN ('present', 'late', 'excused', 'absent')),
  held_at TEXT NOT NULL CHECK (held_at IS strftime('%Y-%m-%dT%H:%M:%fZ', held_at)),
  noted_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at)),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%fZ', updated_at))
) STRICT;

CREATE UNIQUE INDEX idx_attendance_one ON attendance (appointment_id, beneficiary_id);
CREATE INDEX idx_attendance_beneficiary ON attendance (beneficiary_id);
CREATE INDEX idx_attendance_noted_by ON attendance (noted_by);
CREATE INDEX idx_attendance_organization ON attendance (organization_id, beneficiary_id);

CREATE TABLE documents (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  filename TEXT NOT NULL CHECK (length(filename) <= 255),
  file_path TEXT CHECK (length(file_path) <= 500),
  file_size INTEGER CHECK (file_size >= 0),
  mime_type TEXT CHECK (length(mime_type) <= 100),
  category TEXT CHECK (length(category) <= 50),
  description TEXT,
  uploaded_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
  beneficiary_id INTEGER REFERENCES beneficiaries (id) ON DELETE CASCADE,
  is_public INTEGER NOT NULL DEFAULT 0 CHECK (is_public IN (0, 1)),
  tags TEXT CHECK (json_valid(tags)),
  metadata TEXT CHECK (json_valid(metadata)),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at)),
  version_of INTEGER REFERENCES documents (id) ON DELETE CASCADE,
  deleted_at TEXT CHECK (deleted_at IS strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at)),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%fZ', updated_at))
) STRICT;

CREATE INDEX idx_documents_uploaded_by ON documents (uploaded_by);
CREATE INDEX idx_documents_beneficiary_id ON documents (beneficiary_id);
CREATE INDEX idx_documents_category ON documents (category);
CREATE INDEX idx_documents_organization_beneficiary ON documents (organization_id, beneficiary_id);
CREATE INDEX idx_documents_version_of ON documents (version_of);
CREATE INDEX idx_documents_path ON documents (file_path);

CREATE TABLE document_shares (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  document_id INTEGER REFERENCES documents (id) ON DELETE CASCADE,
  shared_with INTEGER REFERENCES users (id) ON DELETE CASCADE,
  shared_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
  permission TEXT NOT NULL DEFAULT 'view' CHECK (permission IN ('view', 'edit')),
  expires_at TEXT CHECK (expires_at IS strftime('%Y-%m-%dT%H:%M:%fZ', expires_at)),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at))
) STRICT;

CREATE INDEX idx_document_shares_document_id ON document_shares (document_id);
CREATE INDEX idx_document_shares_shared_with ON document_shares (shared_with);
CREATE INDEX idx_document_shares_organization_shared_with ON document_shares (organization_id, shared_with);
CREATE INDEX idx_document_shares_shared_by ON document_shares (shared_by);

CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  sender_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
  recipient_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
  subject TEXT CHECK (length(subject) <= 200),
  content TEXT NOT NULL,
  is_read INTEGER NOT NULL DEFAULT 0 CHECK (is_read IN (0, 1)),
  read_at TEXT CHECK (read_at IS strftime('%Y-%m-%dT%H:%M:%fZ', read_at)),
  parent_id INTEGER REFERENCES messages (id) ON DELETE SET NULL,
  attachments TEXT CHECK (json_valid(attachments)),
  thread TEXT NOT NULL CHECK (length(thread) <= 36),
  sending TEXT NOT NULL CHECK (length(sending) <= 36),
  audience TEXT CHECK (json_valid(audience)),
  hidden_by_sender_at TEXT CHECK (hidden_by_sender_at IS strftime('%Y-%m-%dT%H:%M:%fZ', hidden_by_sender_at)),
  hidden_by_recipient_at TEXT CHECK (hidden_by_recipient_at IS strftime('%Y-%m-%dT%H:%M:%fZ', hidden_by_recipient_at)),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at))
) STRICT;

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
  id INTEGER PRIMARY KEY,
  organization_id INTEGER REFERENCES organizations (id) ON DELETE RESTRICT,
  user_id INTEGER REFERENCES users (id) ON DELETE CASCADE,
  type TEXT NOT NULL CHECK (length(type) <= 50),
  title TEXT NOT NULL CHECK (length(title) <= 200),
  message TEXT,
  data TEXT CHECK (json_valid(data)),
  is_read INTEGER NOT NULL DEFAULT 0 CHECK (is_read IN (0, 1)),
  read_at TEXT CHECK (read_at IS strftime('%Y-%m-%dT%H:%M:%fZ', read_at)),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at))
) STRICT;

CREATE INDEX idx_notifications_user_id ON notifications (user_id);
CREATE INDEX idx_notifications_is_read ON notifications (is_read);
CREATE INDEX idx_notifications_type ON notifications (type);
CREATE INDEX idx_notifications_user_read ON notifications (user_id, is_read, created_at);
CREATE INDEX idx_notifications_organization ON notifications (organization_id, user_id);

CREATE TABLE activity_logs (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER REFERENCES organizations (id) ON DELETE RESTRICT,
  user_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
  action TEXT NOT NULL CHECK (length(action) <= 100),
  resource_type TEXT CHECK (length(resource_type) <= 50),
  resource_id INTEGER,
  details TEXT CHECK (json_valid(details)),
  ip_address TEXT CHECK (length(ip_address) <= 45),
  user_agent TEXT,
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at))
) STRICT;

CREATE INDEX idx_activity_logs_user_id ON activity_logs (user_id);
CREATE INDEX idx_activity_logs_action ON activity_logs (action);
CREATE INDEX idx_activity_logs_resource_type ON activity_logs (resource_type);
CREATE INDEX idx_activity_logs_organization_created ON activity_logs (organization_id, created_at);
CREATE INDEX idx_activity_logs_resource ON activity_logs (resource_type, resource_id);

CREATE TABLE settings (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER REFERENCES organizations (id) ON DELETE RESTRICT,
  key TEXT NOT NULL CHECK (length(key) <= 100),
  value TEXT,
  type TEXT CHECK (length(type) <= 20),
  category TEXT CHECK (length(category) <= 50),
  description TEXT,
  is_public INTEGER NOT NULL DEFAULT 0 CHECK (is_public IN (0, 1)),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at)),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%fZ', updated_at))
) STRICT;

CREATE UNIQUE INDEX idx_settings_key ON settings (key);
CREATE INDEX idx_settings_category ON settings (category);
CREATE INDEX idx_settings_organization ON settings (organization_id, category);

CREATE TABLE sessions (
  id INTEGER PRIMARY KEY,
  user_id INTEGER REFERENCES users (id) ON DELETE CASCADE,
  token TEXT CHECK (length(token) <= 255),
  kind TEXT NOT NULL DEFAULT 'user' CHECK (kind IN ('user', 'kiosk', 'room')),
  beneficiary_id INTEGER REFERENCES beneficiaries (id) ON DELETE SET NULL,
  ip_address TEXT CHECK (length(ip_address) <= 45),
  user_agent TEXT,
  last_activity TEXT CHECK (last_activity IS strftime('%Y-%m-%dT%H:%M:%fZ', last_activity)),
  expires_at TEXT CHECK (expires_at IS strftime('%Y-%m-%dT%H:%M:%fZ', expires_at)),
  classroom_session_id INTEGER REFERENCES classroom_sessions (id) ON DELETE CASCADE,
  device_name TEXT CHECK (length(device_name) <= 100),
  lock_after_seconds INTEGER CHECK (lock_after_seconds BETWEEN 1 AND 86400),
  locked_at TEXT CHECK (locked_at IS strftime('%Y-%m-%dT%H:%M:%fZ', locked_at)),
  entered_organization_id INTEGER REFERENCES organizations (id) ON DELETE CASCADE,
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at))
) STRICT;

CREATE UNIQUE INDEX idx_sessions_token ON sessions (token);
CREATE INDEX idx_sessions_user_id ON sessions (user_id);
CREATE INDEX idx_sessions_expires_at ON sessions (expires_at);
CREATE INDEX idx_sessions_beneficiary ON sessions (beneficiary_id);
CREATE INDEX idx_sessions_classroom ON sessions (classroom_session_id);
CREATE INDEX idx_sessions_entered ON sessions (entered_organization_id);

CREATE TABLE error_logs (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER REFERENCES organizations (id) ON DELETE RESTRICT,
  timestamp TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (timestamp IS strftime('%Y-%m-%dT%H:%M:%fZ', timestamp)),
  error_type TEXT NOT NULL CHECK (length(error_type) <= 100),
  error_message TEXT NOT NULL,
  traceback TEXT,
  severity TEXT NOT NULL CHECK (severity IN ('debug', 'info', 'warning', 'error', 'critical')),
  context TEXT CHECK (json_valid(context)),
  request_id TEXT CHECK (length(request_id) <= 36),
  user_id INTEGER REFERENCES users (id) ON DELETE SET NULL
) STRICT;

CREATE INDEX idx_error_logs_timestamp ON error_logs ("timestamp");
CREATE INDEX idx_error_logs_error_type ON error_logs (error_type);
CREATE INDEX idx_error_logs_severity ON error_logs (severity);
CREATE INDEX idx_error_logs_user_id ON error_logs (user_id);
CREATE INDEX idx_error_logs_organization_timestamp ON error_logs (organization_id, "timestamp");

-- What people are owed of their own data. An order holds a number and no name, and may be there before the person is.
CREATE TABLE erasure_orders (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  person_id INTEGER NOT NULL,
  erased_by INTEGER,
  scope TEXT NOT NULL CHECK (scope IN ('person')),
  attempt_ids TEXT CHECK (json_valid(attempt_ids)),
  erased_at TEXT NOT NULL CHECK (erased_at IS strftime('%Y-%m-%dT%H:%M:%fZ', erased_at))
) STRICT;

CREATE UNIQUE INDEX idx_erasure_orders_person ON erasure_orders (person_id);
CREATE INDEX idx_erasure_orders_organization ON erasure_orders (organization_id, erased_at);

CREATE TABLE consent_texts (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  topic TEXT NOT NULL CHECK (length(topic) <= 60),
  version INTEGER NOT NULL CHECK (version BETWEEN 1 AND 2147483647),
  text TEXT NOT NULL,
  covers TEXT CHECK (covers IN ('photo')),
  written_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at))
) STRICT;

CREATE INDEX idx_consent_texts_organization ON consent_texts (organization_id, topic, version);
CREATE INDEX idx_consent_texts_author ON consent_texts (written_by);

CREATE TABLE consents (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  person_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  consent_text_id INTEGER NOT NULL REFERENCES consent_texts (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('given', 'withdrawn')),
  recorded_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at))
) STRICT;

CREATE INDEX idx_consents_person ON consents (person_id, created_at);
CREATE INDEX idx_consents_text ON consents (consent_text_id);
CREATE INDEX idx_consents_recorded_by ON consents (recorded_by);
CREATE INDEX idx_consents_organization ON consents (organization_id, created_at);

CREATE TABLE legal_holds (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  person_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  reason TEXT NOT NULL,
  placed_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
  placed_at TEXT NOT NULL CHECK (placed_at IS strftime('%Y-%m-%dT%H:%M:%fZ', placed_at)),
  lifted_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
  lifted_at TEXT CHECK (lifted_at IS strftime('%Y-%m-%dT%H:%M:%fZ', lifted_at))
) STRICT;

CREATE INDEX idx_legal_holds_person ON legal_holds (person_id, lifted_at);
CREATE INDEX idx_legal_holds_organization ON legal_holds (organization_id, placed_at);
CREATE INDEX idx_legal_holds_placed_by ON legal_holds (placed_by);
CREATE INDEX idx_legal_holds_lifted_by ON legal_holds (lifted_by);

CREATE TABLE privacy_requests (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  person_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('access', 'erasure')),
  received_from TEXT CHECK (length(received_from) <= 100),
  received_on TEXT NOT NULL CHECK (received_on IS date(received_on)),
  due_on TEXT NOT NULL CHECK (due_on IS date(due_on)),
  recorded_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
  outcome TEXT CHECK (outcome IN ('done', 'refused')),
  note TEXT,
  done_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
  done_at TEXT CHECK (done_at IS strftime('%Y-%m-%dT%H:%M:%fZ', done_at)),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at))
) STRICT;

CREATE INDEX idx_privacy_requests_person ON privacy_requests (person_id, done_at);
CREATE INDEX idx_privacy_requests_organization ON privacy_requests (organization_id, done_at, due_on);
CREATE INDEX idx_privacy_requests_recorded_by ON privacy_requests (recorded_by);
CREATE INDEX idx_privacy_requests_done_by ON privacy_requests (done_by);

CREATE TABLE handovers (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  beneficiary_id INTEGER NOT NULL REFERENCES beneficiaries (id) ON DELETE CASCADE,
  from_trainer_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
  to_trainer_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
  offered_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
  note TEXT,
  reply TEXT,
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'accepted', 'declined', 'withdrawn', 'moved', 'movedBack')),
  decided_at TEXT CHECK (decided_at IS strftime('%Y-%m-%dT%H:%M:%fZ', decided_at)),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at)),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%fZ', updated_at))
) STRICT;

CREATE INDEX idx_handovers_organization ON handovers (organization_id, status);
CREATE INDEX idx_handovers_beneficiary ON handovers (beneficiary_id, status);
CREATE INDEX idx_handovers_from ON handovers (from_trainer_id);
CREATE INDEX idx_handovers_to ON handovers (to_trainer_id, status);
CREATE INDEX idx_handovers_offered_by ON handovers (offered_by);

CREATE TABLE goals (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  beneficiary_id INTEGER NOT NULL REFERENCES beneficiaries (id) ON DELETE CASCADE,
  title TEXT NOT NULL CHECK (length(title) <= 200),
  measure TEXT,
  target_date TEXT CHECK (target_date IS date(target_date)),
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'reached', 'dropped')),
  assessment_id INTEGER REFERENCES assessments (id) ON DELETE SET NULL,
  category TEXT CHECK (length(category) <= 255),
  target INTEGER CHECK (target BETWEEN 1 AND 100),
  written_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at)),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%fZ', updated_at))
) STRICT;

CREATE INDEX idx_goals_organization ON goals (organization_id, status);
CREATE INDEX idx_goals_beneficiary ON goals (beneficiary_id, status);
CREATE INDEX idx_goals_assessment ON goals (assessment_id);
CREATE INDEX idx_goals_written_by ON goals (written_by);

-- One row for both directions. `parent`: the first is a parent or guardian of the other; `different`: somebody has said that they
-- are two people, as they were then, which `mark` tells; of every other kind the lower number comes first.
CREATE TABLE person_links (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  beneficiary_id INTEGER NOT NULL REFERENCES beneficiaries (id) ON DELETE CASCADE,
  other_id INTEGER NOT NULL REFERENCES beneficiaries (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('parent', 'sibling', 'partner', 'household', 'other', 'different')),
  note TEXT CHECK (length(note) <= 200),
  mark TEXT CHECK (length(mark) <= 64),
  written_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at)),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%fZ', updated_at))
) STRICT;

CREATE UNIQUE INDEX idx_person_links_one ON person_links (beneficiary_id, other_id, kind);
CREATE INDEX idx_person_links_other ON person_links (other_id);
CREATE INDEX idx_person_links_organization ON person_links (organization_id, kind);
CREATE INDEX idx_person_links_written_by ON person_links (written_by);

-- Without a user it is everybody's of the organization.
CREATE TABLE saved_views (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  user_id INTEGER REFERENCES users (id) ON DELETE CASCADE,
  list TEXT NOT NULL CHECK (length(list) <= 30),
  name TEXT NOT NULL CHECK (length(name) <= 60),
  filters TEXT NOT NULL CHECK (json_valid(filters)),
  is_first INTEGER NOT NULL DEFAULT 0 CHECK (is_first IN (0, 1)),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at)),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%fZ', updated_at))
) STRICT;

CREATE INDEX idx_saved_views_organization ON saved_views (organization_id, user_id);
CREATE INDEX idx_saved_views_user ON saved_views (user_id);

-- What machines wrote without knowing of each other. The centre alone adds to it; people decide. Says whose row it is, so
-- that it can be emptied with the person; who wrote is a number, because the account may not concern this machine.
CREATE TABLE sync_conflicts (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  key TEXT NOT NULL CHECK (length(key) <= 100),
  kind TEXT NOT NULL CHECK (kind IN ('concurrentEdit', 'deleteOverridden', 'sameName', 'sameThing', 'parentRevived', 'lateEdit', 'wrongClock')),
  table_number INTEGER NOT NULL CHECK (table_number BETWEEN 1 AND 2147483647),
  row_id INTEGER NOT NULL,
  person_id INTEGER,
  register TEXT NOT NULL CHECK (length(register) <= 60),
  kept_clock INTEGER NOT NULL CHECK (kept_clock >= 0),
  kept_site INTEGER NOT NULL CHECK (kept_site BETWEEN 0 AND 2097151),
  lost_clock INTEGER NOT NULL CHECK (lost_clock >= 0),
  lost_site INTEGER NOT NULL CHECK (lost_site BETWEEN 0 AND 2097151),
  kept_values TEXT CHECK (json_valid(kept_values)),
  lost_values TEXT CHECK (json_valid(lost_values)),
  kept_by INTEGER,
  lost_by INTEGER,
  noticed_at TEXT NOT NULL CHECK (noticed_at IS strftime('%Y-%m-%dT%H:%M:%fZ', noticed_at)),
  decided_by INTEGER,
  decided_at TEXT CHECK (decided_at IS strftime('%Y-%m-%dT%H:%M:%fZ', decided_at)),
  decision TEXT CHECK (decision IN ('kept', 'taken', 'merged'))
) STRICT;

CREATE UNIQUE INDEX idx_sync_conflicts_key ON sync_conflicts (key);
CREATE INDEX idx_sync_conflicts_organization ON sync_conflicts (organization_id, decided_at, noticed_at);
CREATE INDEX idx_sync_conflicts_row ON sync_conflicts (table_number, row_id);
CREATE INDEX idx_sync_conflicts_person ON sync_conflicts (person_id);

-- Local to this machine: what was typed when, for the replay of an attempt; who sits at it now; the bytes of documents.
CREATE TABLE answer_edits (
  response_id INTEGER NOT NULL REFERENCES responses (id) ON DELETE CASCADE,
  edit INTEGER NOT NULL CHECK (edit > 0),
  answer TEXT NOT NULL,
  used_ms INTEGER NOT NULL CHECK (used_ms >= 0),
  saved_at TEXT NOT NULL CHECK (saved_at IS strftime('%Y-%m-%dT%H:%M:%fZ', saved_at)),
  PRIMARY KEY (response_id, edit)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt_seats (
  attempt_id INTEGER PRIMARY KEY REFERENCES attempts (id) ON DELETE CASCADE,
  session_id INTEGER REFERENCES sessions (id) ON DELETE SET NULL,
  previous_session_id INTEGER REFERENCES sessions (id) ON DELETE SET NULL,
  code_digest TEXT,
  code_expires_at TEXT CHECK (code_expires_at IS strftime('%Y-%m-%dT%H:%M:%fZ', code_expires_at)),
  code_failures INTEGER NOT NULL DEFAULT 0 CHECK (code_failures >= 0),
  taken_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (taken_at IS strftime('%Y-%m-%dT%H:%M:%fZ', taken_at))
) STRICT;

CREATE INDEX idx_attempt_seats_session ON attempt_seats (session_id);
CREATE INDEX idx_attempt_seats_previous ON attempt_seats (previous_session_id);

CREATE TABLE document_contents (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  bytes BLOB NOT NULL,
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at))
) STRICT;

CREATE TABLE document_pieces (
  content TEXT NOT NULL CHECK (length(content) = 64),
  position INTEGER NOT NULL CHECK (position >= 0),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  PRIMARY KEY (content, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_document_pieces_sha256 ON document_pieces (sha256);

CREATE TABLE document_uploads (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  beneficiary_id INTEGER REFERENCES beneficiaries (id) ON DELETE CASCADE,
  document_id INTEGER REFERENCES documents (id) ON DELETE CASCADE,
  filename TEXT NOT NULL CHECK (length(filename) <= 255),
  file_size INTEGER NOT NULL CHECK (file_size >= 0),
  modified_ms INTEGER NOT NULL,
  finished_id INTEGER REFERENCES documents (id) ON DELETE CASCADE,
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%fZ', updated_at))
) STRICT;

CREATE INDEX idx_document_uploads_organization ON document_uploads (organization_id, user_id);
CREATE INDEX idx_document_uploads_user ON document_uploads (user_id);
CREATE INDEX idx_document_uploads_beneficiary ON document_uploads (beneficiary_id);
CREATE INDEX idx_document_uploads_document ON document_uploads (document_id);
CREATE INDEX idx_document_uploads_finished ON document_uploads (finished_id);

CREATE TABLE document_upload_pieces (
  upload_id TEXT NOT NULL REFERENCES document_uploads (id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  PRIMARY KEY (upload_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_document_upload_pieces_sha256 ON document_upload_pieces (sha256);

-- Local to this machine: which copy of the program this is and how long it has run; wrong tries; codes instead of a password.
CREATE TABLE local_installation (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  code TEXT NOT NULL CHECK (length(code) = 16),
  steady_at TEXT NOT NULL CHECK (steady_at IS strftime('%Y-%m-%dT%H:%M:%fZ', steady_at))
) STRICT;

CREATE TABLE sign_in_throttles (
  subject TEXT PRIMARY KEY CHECK (length(subject) <= 100),
  failures INTEGER NOT NULL CHECK (failures BETWEEN 0 AND 2147483647),
  locked_until TEXT CHECK (locked_until IS strftime('%Y-%m-%dT%H:%M:%fZ', locked_until)),
  counted_at TEXT NOT NULL CHECK (counted_at IS strftime('%Y-%m-%dT%H:%M:%fZ', counted_at))
) STRICT;

CREATE TABLE account_codes (
  code TEXT PRIMARY KEY CHECK (length(code) <= 64),
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('reset', 'recovery', 'verification', 'phone')),
  counter INTEGER NOT NULL DEFAULT 0 CHECK (counter >= 0),
  issued_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
  expires_at TEXT CHECK (expires_at IS strftime('%Y-%m-%dT%H:%M:%fZ', expires_at)),
  steady_expires_at TEXT CHECK (steady_expires_at IS strftime('%Y-%m-%dT%H:%M:%fZ', steady_expires_at)),
  used_at TEXT CHECK (used_at IS strftime('%Y-%m-%dT%H:%M:%fZ', used_at)),
  created_at TEXT NOT NULL CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at))
) STRICT;

CREATE INDEX idx_account_codes_user ON account_codes (user_id, kind);
CREATE INDEX idx_account_codes_issued_by ON account_codes (issued_by);
CREATE TABLE room_certificates (
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('authority', 'server')),
  hosts TEXT NOT NULL,
  certificate TEXT NOT NULL,
  private_key TEXT NOT NULL,
  expires_at TEXT NOT NULL CHECK (expires_at IS strftime('%Y-%m-%dT%H:%M:%fZ', expires_at)),
  PRIMARY KEY (organization_id, kind)
) STRICT;

-- Local to this machine: what was typed into forms and not saved.
CREATE TABLE unsaved_entries (
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  form TEXT NOT NULL CHECK (length(form) <= 60),
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  entry TEXT NOT NULL CHECK (json_valid(entry)),
  kept_at TEXT NOT NULL CHECK (kept_at IS strftime('%Y-%m-%dT%H:%M:%fZ', kept_at)),
  PRIMARY KEY (user_id, form)
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_unsaved_entries_organization ON unsaved_entries (organization_id);

-- Local to this machine: messages that are being written, and what messages are searched by.
CREATE TABLE message_drafts (
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name TEXT NOT NULL CHECK (length(name) <= 60),
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  thread TEXT CHECK (length(thread) <= 36),
  reply_to TEXT NOT NULL CHECK (reply_to IN ('sender', 'all')),
  recipients TEXT NOT NULL CHECK (json_valid(recipients)),
  subject TEXT NOT NULL CHECK (length(subject) <= 200),
  content TEXT NOT NULL,
  attachments TEXT NOT NULL CHECK (json_valid(attachments)),
  edit INTEGER NOT NULL CHECK (edit > 0),
  updated_at TEXT NOT NULL CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%fZ', updated_at)),
  PRIMARY KEY (user_id, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_message_drafts_organization ON message_drafts (organization_id);

CREATE TABLE kept_filters (
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  list TEXT NOT NULL CHECK (length(list) <= 30),
  filters TEXT NOT NULL CHECK (json_valid(filters)),
  PRIMARY KEY (user_id, organization_id, list)
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_kept_filters_organization ON kept_filters (organization_id);

CREATE TABLE message_texts (
  message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  folded TEXT NOT NULL
) STRICT;

-- Local to this machine: calendars elsewhere that somebody's appointments travel to, with the secret that opens them.
CREATE TABLE calendar_accounts (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('caldav', 'google')),
  address TEXT NOT NULL CHECK (length(address) <= 1000),
  user_name TEXT NOT NULL CHECK (length(user_name) <= 200),
  secret TEXT NOT NULL CHECK (length(secret) <= 4000),
  calendar_name TEXT NOT NULL CHECK (length(calendar_name) <= 200),
  -- Without words of the appointments, `word` stands in their place.
  tells_words INTEGER NOT NULL DEFAULT 0 CHECK (tells_words IN (0, 1)),
  word TEXT NOT NULL CHECK (length(word) BETWEEN 1 AND 200),
  token TEXT,
  problem TEXT CHECK (length(problem) <= 40),
  tried_at TEXT CHECK (tried_at IS strftime('%Y-%m-%dT%H:%M:%fZ', tried_at)),
  agreed_at TEXT CHECK (agreed_at IS strftime('%Y-%m-%dT%H:%M:%fZ', agreed_at)),
  -- Whoever takes an account out may have what travelled taken out there first.
  is_leaving INTEGER NOT NULL DEFAULT 0 CHECK (is_leaving IN (0, 1)),
  created_at TEXT NOT NULL CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at))
) STRICT;

CREATE INDEX idx_calendar_accounts_organization ON calendar_accounts (organization_id);
CREATE INDEX idx_calendar_accounts_user ON calendar_accounts (user_id);

-- An appointment there. `base`: digests of what both sides agreed on last; without an etag nobody knows whether it is there.
CREATE TABLE calendar_links (
  account_id INTEGER NOT NULL REFERENCES calendar_accounts (id) ON DELETE CASCADE,
  uid TEXT NOT NULL CHECK (length(uid) <= 255),
  appointment_id INTEGER REFERENCES appointments (id) ON DELETE SET NULL,
  href TEXT NOT NULL CHECK (length(href) <= 2000),
  etag TEXT,
  base TEXT CHECK (json_valid(base)),
  PRIMARY KEY (account_id, uid)
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_calendar_links_appointment ON calendar_links (appointment_id);

-- What else stands in that calendar: when its owner is busy.
CREATE TABLE calendar_busy (
  account_id INTEGER NOT NULL REFERENCES calendar_accounts (id) ON DELETE CASCADE,
  href TEXT NOT NULL CHECK (length(href) <= 2000),
  part INTEGER NOT NULL,
  etag TEXT NOT NULL,
  title TEXT NOT NULL,
  start_time TEXT CHECK (start_time IS strftime('%Y-%m-%dT%H:%M:%fZ', start_time)),
  end_time TEXT CHECK (end_time IS strftime('%Y-%m-%dT%H:%M:%fZ', end_time)),
  recurrence TEXT,
  time_zone TEXT,
  series_end TEXT CHECK (series_end IS strftime('%Y-%m-%dT%H:%M:%fZ', series_end)),
  -- Moments at which one of a series is not.
  without TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(without)),
  -- Rules of those that are not, each with the first one.
  without_rules TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(without_rules)),
  uid TEXT NOT NULL DEFAULT '' CHECK (length(uid) <= 255),
  -- Of the first part: all of it as an appointment, where that can keep it.
  event TEXT CHECK (json_valid(event)),
  PRIMARY KEY (account_id, href, part)
) STRICT, WITHOUT ROWID;

-- What was changed on both sides, until its owner has seen it.
CREATE TABLE calendar_notices (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES calendar_accounts (id) ON DELETE CASCADE,
  appointment_id INTEGER NOT NULL REFERENCES appointments (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('kept', 'cameBackHere', 'cameBackThere', 'unreadable')),
  field TEXT NOT NULL DEFAULT '' CHECK (length(field) <= 60),
  ours TEXT,
  theirs TEXT,
  created_at TEXT NOT NULL CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at)),
  UNIQUE (account_id, appointment_id, kind, field)
) STRICT;

CREATE INDEX idx_calendar_notices_appointment ON calendar_notices (appointment_id);

-- Local to this machine: a change to many rows at once, as far as it has come, so that it can be taken back for a day.
CREATE TABLE bulk_jobs (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  list TEXT NOT NULL CHECK (list IN ('people', 'documents')),
  kind TEXT NOT NULL CHECK (length(kind) <= 40),
  is_undo INTEGER NOT NULL DEFAULT 0 CHECK (is_undo IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'failed', 'ended', 'interrupted')),
  total INTEGER CHECK (total >= 0),
  reached INTEGER NOT NULL DEFAULT 0 CHECK (reached >= 0),
  updated INTEGER NOT NULL DEFAULT 0 CHECK (updated >= 0),
  refusals INTEGER NOT NULL DEFAULT 0 CHECK (refusals >= 0),
  -- Its rows go a few at a time.
  is_dismissed INTEGER NOT NULL DEFAULT 0 CHECK (is_dismissed IN (0, 1)),
  created_at TEXT NOT NULL CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at))
) STRICT;

CREATE INDEX idx_bulk_jobs_organization ON bulk_jobs (organization_id);
CREATE INDEX idx_bulk_jobs_user ON bulk_jobs (user_id);

-- One row that such a change has changed. `before`: what takes it back; `written_at`: the version that it left.
CREATE TABLE bulk_rows (
  job_id TEXT NOT NULL REFERENCES bulk_jobs (id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  beneficiary_id INTEGER REFERENCES beneficiaries (id) ON DELETE CASCADE,
  document_id INTEGER REFERENCES documents (id) ON DELETE CASCADE,
  before TEXT NOT NULL CHECK (json_valid(before)),
  written_at TEXT NOT NULL CHECK (written_at IS strftime('%Y-%m-%dT%H:%M:%fZ', written_at)),
  PRIMARY KEY (job_id, position),
  CHECK ((beneficiary_id IS NULL) <> (document_id IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_bulk_rows_beneficiary ON bulk_rows (beneficiary_id);
CREATE INDEX idx_bulk_rows_document ON bulk_rows (document_id);
