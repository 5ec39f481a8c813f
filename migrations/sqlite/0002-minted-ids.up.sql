-- Row keys are `site × 2^32 + counter`, minted in main/database/ids.ts. A row whose id was not minted here is refused,
-- so that two machines that have never met cannot give one number to two people.

CREATE TABLE local_site (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  site INTEGER NOT NULL CHECK (site BETWEEN 0 AND 2097151),
  -- Another one after each restore, so that a machine which knew the database before can tell.
  epoch TEXT,
  restored_at TEXT,
  -- 1 while rows of other machines are put in, or a database takes another site; no commit leaves it standing.
  applying INTEGER NOT NULL DEFAULT 0 CHECK (applying IN (0, 1))
) STRICT;

INSERT INTO local_site (one, site) VALUES (1, 0);

CREATE TABLE id_counters (
  table_name TEXT PRIMARY KEY,
  next INTEGER NOT NULL DEFAULT 1 CHECK (next BETWEEN 1 AND 4294967296)
) STRICT, WITHOUT ROWID;

-- Rows that are there already have used up their numbers.
INSERT INTO id_counters (table_name, next)
SELECT 'organizations', coalesce(max(id & 4294967295), 0) + 1 FROM organizations
UNION ALL SELECT 'users', coalesce(max(id & 4294967295), 0) + 1 FROM users
UNION ALL SELECT 'profiles', coalesce(max(id & 4294967295), 0) + 1 FROM profiles
UNION ALL SELECT 'beneficiaries', coalesce(max(id & 4294967295), 0) + 1 FROM beneficiaries
UNION ALL SELECT 'assessments', coalesce(max(id & 4294967295), 0) + 1 FROM assessments
UNION ALL SELECT 'questions', coalesce(max(id & 4294967295), 0) + 1 FROM questions
UNION ALL SELECT 'papers', coalesce(max(id & 4294967295), 0) + 1 FROM papers
UNION ALL SELECT 'attempts', coalesce(max(id & 4294967295), 0) + 1 FROM attempts
UNION ALL SELECT 'responses', coalesce(max(id & 4294967295), 0) + 1 FROM responses
UNION ALL SELECT 'assessment_results', coalesce(max(id & 4294967295), 0) + 1 FROM assessment_results
UNION ALL SELECT 'appointments', coalesce(max(id & 4294967295), 0) + 1 FROM appointments
UNION ALL SELECT 'attendance', coalesce(max(id & 4294967295), 0) + 1 FROM attendance
UNION ALL SELECT 'documents', coalesce(max(id & 4294967295), 0) + 1 FROM documents
UNION ALL SELECT 'document_shares', coalesce(max(id & 4294967295), 0) + 1 FROM document_shares
UNION ALL SELECT 'messages', coalesce(max(id & 4294967295), 0) + 1 FROM messages
UNION ALL SELECT 'notifications', coalesce(max(id & 4294967295), 0) + 1 FROM notifications
UNION ALL SELECT 'activity_logs', coalesce(max(id & 4294967295), 0) + 1 FROM activity_logs
UNION ALL SELECT 'settings', coalesce(max(id & 4294967295), 0) + 1 FROM settings
UNION ALL SELECT 'sessions', coalesce(max(id & 4294967295), 0) + 1 FROM sessions
UNION ALL SELECT 'error_logs', coalesce(max(id & 4294967295), 0) + 1 FROM error_logs
UNION ALL SELECT 'groups', coalesce(max(id & 4294967295), 0) + 1 FROM groups
UNION ALL SELECT 'group_members', coalesce(max(id & 4294967295), 0) + 1 FROM group_members
UNION ALL SELECT 'learner_credentials', coalesce(max(id & 4294967295), 0) + 1 FROM learner_credentials
UNION ALL SELECT 'classroom_sessions', coalesce(max(id & 4294967295), 0) + 1 FROM classroom_sessions
UNION ALL SELECT 'attempt_incidents', coalesce(max(id & 4294967295), 0) + 1 FROM attempt_incidents
UNION ALL SELECT 'attempt_receipts', coalesce(max(id & 4294967295), 0) + 1 FROM attempt_receipts
UNION ALL SELECT 'marks', coalesce(max(id & 4294967295), 0) + 1 FROM marks
UNION ALL SELECT 'key_corrections', coalesce(max(id & 4294967295), 0) + 1 FROM key_corrections
UNION ALL SELECT 'erasure_orders', coalesce(max(id & 4294967295), 0) + 1 FROM erasure_orders
UNION ALL SELECT 'consent_texts', coalesce(max(id & 4294967295), 0) + 1 FROM consent_texts
UNION ALL SELECT 'consents', coalesce(max(id & 4294967295), 0) + 1 FROM consents
UNION ALL SELECT 'legal_holds', coalesce(max(id & 4294967295), 0) + 1 FROM legal_holds
UNION ALL SELECT 'privacy_requests', coalesce(max(id & 4294967295), 0) + 1 FROM privacy_requests
UNION ALL SELECT 'handovers', coalesce(max(id & 4294967295), 0) + 1 FROM handovers
UNION ALL SELECT 'goals', coalesce(max(id & 4294967295), 0) + 1 FROM goals
UNION ALL SELECT 'person_links', coalesce(max(id & 4294967295), 0) + 1 FROM person_links
UNION ALL SELECT 'saved_views', coalesce(max(id & 4294967295), 0) + 1 FROM saved_views
UNION ALL SELECT 'sync_conflicts', coalesce(max(id & 4294967295), 0) + 1 FROM sync_conflicts;

CREATE TRIGGER organizations_id_is_minted BEFORE INSERT ON organizations
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'organizations'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'organizations: the id was not minted on this machine');
END;

CREATE TRIGGER organizations_id_is_fixed BEFORE UPDATE OF id ON organizations
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'organizations: an id never changes');
END;

CREATE TRIGGER users_id_is_minted BEFORE INSERT ON users
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'users'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'users: the id was not minted on this machine');
END;

CREATE TRIGGER users_id_is_fixed BEFORE UPDATE OF id ON users
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'users: an id never changes');
END;

CREATE TRIGGER profiles_id_is_minted BEFORE INSERT ON profiles
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'profiles'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'profiles: the id was not minted on this machine');
END;

CREATE TRIGGER profiles_id_is_fixed BEFORE UPDATE OF id ON profiles
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'profiles: an id never changes');
END;

CREATE TRIGGER beneficiaries_id_is_minted BEFORE INSERT ON beneficiaries
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'beneficiaries'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'beneficiaries: the id was not minted on this machine');
END;

CREATE TRIGGER beneficiaries_id_is_fixed BEFORE UPDATE OF id ON beneficiaries
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'beneficiaries: an id never changes');
END;

CREATE TRIGGER assessments_id_is_minted BEFORE INSERT ON assessments
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'assessments'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'assessments: the id was not minted on this machine');
END;

CREATE TRIGGER assessments_id_is_fixed BEFORE UPDATE OF id ON assessments
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'assessments: an id never changes');
END;

CREATE TRIGGER questions_id_is_minted BEFORE INSERT ON questions
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'questions'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'questions: the id was not minted on this machine');
END;

CREATE TRIGGER questions_id_is_fixed BEFORE UPDATE OF id ON questions
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'questions: an id never changes');
END;

CREATE TRIGGER papers_id_is_minted BEFORE INSERT ON papers
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'papers'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'papers: the id was not minted on this machine');
END;

CREATE TRIGGER papers_id_is_fixed BEFORE UPDATE OF id ON papers
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'papers: an id never changes');
END;

CREATE TRIGGER attempts_id_is_minted BEFORE INSERT ON attempts
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'attempts'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'attempts: the id was not minted on this machine');
END;

CREATE TRIGGER attempts_id_is_fixed BEFORE UPDATE OF id ON attempts
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'attempts: an id never changes');
END;

CREATE TRIGGER responses_id_is_minted BEFORE INSERT ON responses
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'responses'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'responses: the id was not minted on this machine');
END;

CREATE TRIGGER responses_id_is_fixed BEFORE UPDATE OF id ON responses
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'responses: an id never changes');
END;

CREATE TRIGGER assessment_results_id_is_minted BEFORE INSERT ON assessment_results
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'assessment_results'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'assessment_results: the id was not minted on this machine');
END;

CREATE TRIGGER assessment_results_id_is_fixed BEFORE UPDATE OF id ON assessment_results
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'assessment_results: an id never changes');
END;

CREATE TRIGGER appointments_id_is_minted BEFORE INSERT ON appointments
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'appointments'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'appointments: the id was not minted on this machine');
END;

CREATE TRIGGER appointments_id_is_fixed BEFORE UPDATE OF id ON appointments
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'appointments: an id never changes');
END;

CREATE TRIGGER attendance_id_is_minted BEFORE INSERT ON attendance
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'attendance'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'attendance: the id was not minted on this machine');
END;

CREATE TRIGGER attendance_id_is_fixed BEFORE UPDATE OF id ON attendance
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'attendance: an id never changes');
END;

CREATE TRIGGER documents_id_is_minted BEFORE INSERT ON documents
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'documents'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'documents: the id was not minted on this machine');
END;

CREATE TRIGGER documents_id_is_fixed BEFORE UPDATE OF id ON documents
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'documents: an id never changes');
END;

CREATE TRIGGER document_shares_id_is_minted BEFORE INSERT ON document_shares
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'document_shares'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'document_shares: the id was not minted on this machine');
END;

CREATE TRIGGER document_shares_id_is_fixed BEFORE UPDATE OF id ON document_shares
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'document_shares: an id never changes');
END;

CREATE TRIGGER messages_id_is_minted BEFORE INSERT ON messages
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'messages'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'messages: the id was not minted on this machine');
END;

CREATE TRIGGER messages_id_is_fixed BEFORE UPDATE OF id ON messages
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'messages: an id never changes');
END;

CREATE TRIGGER notifications_id_is_minted BEFORE INSERT ON notifications
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'notifications'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'notifications: the id was not minted on this machine');
END;

CREATE TRIGGER notifications_id_is_fixed BEFORE UPDATE OF id ON notifications
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'notifications: an id never changes');
END;

CREATE TRIGGER activity_logs_id_is_minted BEFORE INSERT ON activity_logs
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'activity_logs'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'activity_logs: the id was not minted on this machine');
END;

CREATE TRIGGER activity_logs_id_is_fixed BEFORE UPDATE OF id ON activity_logs
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'activity_logs: an id never changes');
END;

CREATE TRIGGER settings_id_is_minted BEFORE INSERT ON settings
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'settings'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'settings: the id was not minted on this machine');
END;

CREATE TRIGGER settings_id_is_fixed BEFORE UPDATE OF id ON settings
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'settings: an id never changes');
END;

CREATE TRIGGER sessions_id_is_minted BEFORE INSERT ON sessions
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'sessions'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'sessions: the id was not minted on this machine');
END;

CREATE TRIGGER sessions_id_is_fixed BEFORE UPDATE OF id ON sessions
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'sessions: an id never changes');
END;

CREATE TRIGGER error_logs_id_is_minted BEFORE INSERT ON error_logs
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'error_logs'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'error_logs: the id was not minted on this machine');
END;

CREATE TRIGGER error_logs_id_is_fixed BEFORE UPDATE OF id ON error_logs
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'error_logs: an id never changes');
END;

CREATE TRIGGER groups_id_is_minted BEFORE INSERT ON groups
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'groups'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'groups: the id was not minted on this machine');
END;

CREATE TRIGGER groups_id_is_fixed BEFORE UPDATE OF id ON groups
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'groups: an id never changes');
END;

CREATE TRIGGER group_members_id_is_minted BEFORE INSERT ON group_members
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'group_members'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'group_members: the id was not minted on this machine');
END;

CREATE TRIGGER group_members_id_is_fixed BEFORE UPDATE OF id ON group_members
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'group_members: an id never changes');
END;

CREATE TRIGGER classroom_sessions_id_is_minted BEFORE INSERT ON classroom_sessions
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'classroom_sessions'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'classroom_sessions: the id was not minted on this machine');
END;

CREATE TRIGGER classroom_sessions_id_is_fixed BEFORE UPDATE OF id ON classroom_sessions
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'classroom_sessions: an id never changes');
END;

CREATE TRIGGER attempt_incidents_id_is_minted BEFORE INSERT ON attempt_incidents
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'attempt_incidents'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'attempt_incidents: the id was not minted on this machine');
END;

CREATE TRIGGER attempt_incidents_id_is_fixed BEFORE UPDATE OF id ON attempt_incidents
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'attempt_incidents: an id never changes');
END;

CREATE TRIGGER attempt_receipts_id_is_minted BEFORE INSERT ON attempt_receipts
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'attempt_receipts'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'attempt_receipts: the id was not minted on this machine');
END;

CREATE TRIGGER attempt_receipts_id_is_fixed BEFORE UPDATE OF id ON attempt_receipts
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'attempt_receipts: an id never changes');
END;

CREATE TRIGGER marks_id_is_minted BEFORE INSERT ON marks
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'marks'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'marks: the id was not minted on this machine');
END;

CREATE TRIGGER marks_id_is_fixed BEFORE UPDATE OF id ON marks
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'marks: an id never changes');
END;

CREATE TRIGGER key_corrections_id_is_minted BEFORE INSERT ON key_corrections
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'key_corrections'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'key_corrections: the id was not minted on this machine');
END;

CREATE TRIGGER key_corrections_id_is_fixed BEFORE UPDATE OF id ON key_corrections
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'key_corrections: an id never changes');
END;

CREATE TRIGGER learner_credentials_id_is_minted BEFORE INSERT ON learner_credentials
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'learner_credentials'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'learner_credentials: the id was not minted on this machine');
END;

CREATE TRIGGER learner_credentials_id_is_fixed BEFORE UPDATE OF id ON learner_credentials
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'learner_credentials: an id never changes');
END;

CREATE TRIGGER erasure_orders_id_is_minted BEFORE INSERT ON erasure_orders
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'erasure_orders'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'erasure_orders: the id was not minted on this machine');
END;

CREATE TRIGGER erasure_orders_id_is_fixed BEFORE UPDATE OF id ON erasure_orders
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'erasure_orders: an id never changes');
END;

CREATE TRIGGER consent_texts_id_is_minted BEFORE INSERT ON consent_texts
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'consent_texts'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'consent_texts: the id was not minted on this machine');
END;

CREATE TRIGGER consent_texts_id_is_fixed BEFORE UPDATE OF id ON consent_texts
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'consent_texts: an id never changes');
END;

CREATE TRIGGER consents_id_is_minted BEFORE INSERT ON consents
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'consents'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'consents: the id was not minted on this machine');
END;

CREATE TRIGGER consents_id_is_fixed BEFORE UPDATE OF id ON consents
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'consents: an id never changes');
END;

CREATE TRIGGER legal_holds_id_is_minted BEFORE INSERT ON legal_holds
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'legal_holds'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'legal_holds: the id was not minted on this machine');
END;

CREATE TRIGGER legal_holds_id_is_fixed BEFORE UPDATE OF id ON legal_holds
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'legal_holds: an id never changes');
END;

CREATE TRIGGER privacy_requests_id_is_minted BEFORE INSERT ON privacy_requests
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'privacy_requests'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'privacy_requests: the id was not minted on this machine');
END;

CREATE TRIGGER privacy_requests_id_is_fixed BEFORE UPDATE OF id ON privacy_requests
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'privacy_requests: an id never changes');
END;

CREATE TRIGGER handovers_id_is_minted BEFORE INSERT ON handovers
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'handovers'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'handovers: the id was not minted on this machine');
END;

CREATE TRIGGER handovers_id_is_fixed BEFORE UPDATE OF id ON handovers
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'handovers: an id never changes');
END;

CREATE TRIGGER goals_id_is_minted BEFORE INSERT ON goals
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'goals'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'goals: the id was not minted on this machine');
END;

CREATE TRIGGER goals_id_is_fixed BEFORE UPDATE OF id ON goals
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'goals: an id never changes');
END;

CREATE TRIGGER person_links_id_is_minted BEFORE INSERT ON person_links
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'person_links'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'person_links: the id was not minted on this machine');
END;

CREATE TRIGGER person_links_id_is_fixed BEFORE UPDATE OF id ON person_links
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'person_links: an id never changes');
END;

CREATE TRIGGER saved_views_id_is_minted BEFORE INSERT ON saved_views
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'saved_views'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'saved_views: the id was not minted on this machine');
END;

CREATE TRIGGER saved_views_id_is_fixed BEFORE UPDATE OF id ON saved_views
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'saved_views: an id never changes');
END;

CREATE TRIGGER sync_conflicts_id_is_minted BEFORE INSERT ON sync_conflicts
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.id >> 32 IS NOT (SELECT site FROM local_site)
  OR NEW.id & 4294967295 NOT BETWEEN 1 AND coalesce((SELECT next - 1 FROM id_counters WHERE table_name = 'sync_conflicts'), 0)
)
BEGIN
  SELECT RAISE(ABORT, 'sync_conflicts: the id was not minted on this machine');
END;

CREATE TRIGGER sync_conflicts_id_is_fixed BEFORE UPDATE OF id ON sync_conflicts
WHEN (SELECT applying FROM local_site) IS NOT 1
BEGIN
  SELECT RAISE(ABORT, 'sync_conflicts: an id never changes');
END;
