-- What keeps the activity log of this machine honest. Local: each machine proves its own lines.

-- One chain for each organization; 0 is that of calls by nobody. `parts` holds a salt and a digest for each part of a
-- line, so that an erasure can take a part away and the rest still proves itself. `user_id`: who wrote a line that no longer
-- names them, because their account is not on this machine any more.
CREATE TABLE activity_chain (
  chain INTEGER NOT NULL CHECK (chain >= 0),
  sequence INTEGER NOT NULL CHECK (sequence > 0),
  activity_id INTEGER NOT NULL,
  parts TEXT NOT NULL CHECK (json_valid(parts)),
  mac TEXT NOT NULL CHECK (length(mac) = 64),
  user_id INTEGER,
  PRIMARY KEY (chain, sequence)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX idx_activity_chain_activity ON activity_chain (activity_id);
CREATE INDEX idx_activity_chain_user ON activity_chain (user_id) WHERE user_id IS NOT NULL;

-- What the lines are sealed with. It is kept with them and not derived from the key of the file, so that they can still be
-- verified where a restore puts them under another key.
CREATE TABLE activity_key (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  key TEXT NOT NULL CHECK (length(key) = 64 AND key NOT GLOB '*[^0-9a-f]*')
) STRICT;

INSERT INTO activity_key (one, key) VALUES (1, lower(hex(randomblob(32))));

CREATE TRIGGER activity_key_unchanged BEFORE UPDATE ON activity_key
BEGIN
  SELECT RAISE(ABORT, 'the key of the activity log stays as it is');
END;

CREATE TRIGGER activity_key_kept BEFORE DELETE ON activity_key
BEGIN
  SELECT RAISE(ABORT, 'the key of the activity log stays as it is');
END;

CREATE TABLE activity_people (
  person_id INTEGER NOT NULL,
  activity_id INTEGER NOT NULL,
  PRIMARY KEY (person_id, activity_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE activity_repeats (
  activity_id INTEGER PRIMARY KEY REFERENCES activity_logs (id) ON DELETE CASCADE,
  looks INTEGER NOT NULL CHECK (looks > 1),
  last_at TEXT NOT NULL CHECK (last_at IS strftime('%Y-%m-%dT%H:%M:%fZ', last_at))
) STRICT;

CREATE TABLE activity_checks (
  chain INTEGER NOT NULL CHECK (chain >= 0),
  extent TEXT NOT NULL CHECK (extent IN ('tail', 'whole')),
  lines INTEGER NOT NULL CHECK (lines >= 0),
  problem TEXT CHECK (json_valid(problem)),
  checked_at TEXT NOT NULL CHECK (checked_at IS strftime('%Y-%m-%dT%H:%M:%fZ', checked_at)),
  PRIMARY KEY (chain, extent)
) STRICT, WITHOUT ROWID;

-- With an account that goes, as when its person has another trainer, its number goes from the line into its proof, and comes
-- back with it; an erasure that runs may take from a line what tells of a person.
CREATE TRIGGER activity_logs_unchanged BEFORE UPDATE OF
  organization_id, user_id, action, resource_type, resource_id, details, ip_address, user_agent, created_at
ON activity_logs
WHEN NOT (
  (NEW.user_id IS NULL OR NEW.user_id IS (SELECT user_id FROM activity_chain WHERE activity_id = NEW.id))
  AND NEW.organization_id IS OLD.organization_id AND NEW.action = OLD.action
  AND NEW.resource_type IS OLD.resource_type AND NEW.resource_id IS OLD.resource_id AND NEW.details IS OLD.details
  AND NEW.ip_address IS OLD.ip_address AND NEW.user_agent IS OLD.user_agent AND NEW.created_at = OLD.created_at
) AND NOT (
  NEW.user_id IS OLD.user_id AND NEW.organization_id IS OLD.organization_id AND NEW.action = OLD.action
  AND NEW.resource_type IS OLD.resource_type AND NEW.resource_id IS OLD.resource_id AND NEW.created_at = OLD.created_at
  AND EXISTS (SELECT 1 FROM erasures_running)
)
BEGIN
  SELECT RAISE(ABORT, 'activity_logs is only ever added to');
END;

CREATE TRIGGER activity_logs_left AFTER UPDATE OF user_id ON activity_logs
WHEN OLD.user_id IS NOT NULL AND NEW.user_id IS NULL
BEGIN
  UPDATE activity_chain SET user_id = OLD.user_id WHERE activity_id = NEW.id;
END;

CREATE TRIGGER activity_logs_back AFTER INSERT ON users
WHEN EXISTS (SELECT 1 FROM activity_chain WHERE user_id = NEW.id)
BEGIN
  UPDATE activity_logs SET user_id = NEW.id WHERE id IN (SELECT activity_id FROM activity_chain WHERE user_id = NEW.id);
  UPDATE activity_chain SET user_id = NULL WHERE user_id = NEW.id;
END;

CREATE TRIGGER activity_logs_kept BEFORE DELETE ON activity_logs
WHEN NOT EXISTS (
  SELECT 1 FROM organizations WHERE id = OLD.organization_id AND json_extract(settings, '$.practice') = 1
)
BEGIN
  SELECT RAISE(ABORT, 'activity_logs is only ever added to');
END;

CREATE TRIGGER activity_chain_unchanged BEFORE UPDATE ON activity_chain
WHEN NEW.chain != OLD.chain OR NEW.sequence != OLD.sequence OR NEW.activity_id != OLD.activity_id OR NEW.mac != OLD.mac
  OR NOT (EXISTS (SELECT 1 FROM erasures_running) AND NEW.user_id IS OLD.user_id) AND NOT (
    NEW.parts = OLD.parts AND (NEW.user_id IS NULL) != (OLD.user_id IS NULL)
    AND EXISTS (SELECT 1 FROM activity_logs WHERE id = NEW.activity_id AND user_id IS OLD.user_id)
  )
BEGIN
  SELECT RAISE(ABORT, 'activity_chain is only ever added to');
END;

CREATE TRIGGER activity_chain_kept BEFORE DELETE ON activity_chain
WHEN NOT EXISTS (
  SELECT 1 FROM organizations WHERE id = OLD.chain AND json_extract(settings, '$.practice') = 1
)
BEGIN
  SELECT RAISE(ABORT, 'activity_chain is only ever added to');
END;

-- Whose rows a transaction is taking out now: empty whenever nothing is being written. 0: the log alone, as it grows old.
CREATE TABLE erasures_running (
  person_id INTEGER PRIMARY KEY
) STRICT;

-- A consent is given or withdrawn in a new line; it goes with the person alone, also from one of two files about the same
-- person to the other. What machines agreed upon is put in as it
-- is: an update that never could be applied would stop everything behind it.
CREATE TRIGGER consents_unchanged BEFORE UPDATE ON consents
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.organization_id != OLD.organization_id
  OR (NEW.person_id != OLD.person_id AND NOT EXISTS (
    SELECT 1 FROM beneficiaries AS merged JOIN beneficiaries AS kept ON kept.id = merged.merged_into
    WHERE (merged.user_id = OLD.person_id AND kept.user_id = NEW.person_id)
      OR (merged.user_id = NEW.person_id AND kept.user_id = OLD.person_id)
  ))
  OR NEW.consent_text_id != OLD.consent_text_id OR NEW.kind != OLD.kind OR NEW.created_at != OLD.created_at
  OR (NEW.recorded_by IS NOT NULL AND NEW.recorded_by IS NOT OLD.recorded_by)
)
BEGIN
  SELECT RAISE(ABORT, 'consents is only ever added to');
END;

CREATE TRIGGER consents_kept BEFORE DELETE ON consents
WHEN (SELECT applying FROM local_site) IS NOT 1
  AND EXISTS (SELECT 1 FROM users WHERE id = OLD.person_id)
  AND EXISTS (SELECT 1 FROM consent_texts WHERE id = OLD.consent_text_id)
  AND NOT EXISTS (SELECT 1 FROM erasures_running WHERE person_id = OLD.person_id)
  AND NOT EXISTS (
    SELECT 1 FROM organizations WHERE id = OLD.organization_id AND json_extract(settings, '$.practice') = 1
  )
BEGIN
  SELECT RAISE(ABORT, 'consents is only ever added to');
END;

CREATE TRIGGER consent_texts_unchanged BEFORE UPDATE ON consent_texts
WHEN (SELECT applying FROM local_site) IS NOT 1 AND (
  NEW.organization_id != OLD.organization_id OR NEW.topic != OLD.topic OR NEW.version != OLD.version
  OR NEW.text != OLD.text OR NEW.covers IS NOT OLD.covers OR NEW.created_at != OLD.created_at
  OR (NEW.written_by IS NOT NULL AND NEW.written_by IS NOT OLD.written_by)
)
BEGIN
  SELECT RAISE(ABORT, 'consent_texts is only ever added to');
END;

-- No later write brings an erased person back, whichever machine it comes from.
CREATE TRIGGER erased_user_inserted BEFORE INSERT ON users
WHEN EXISTS (SELECT 1 FROM erasure_orders WHERE person_id = NEW.id AND NEW.email NOT LIKE 'erased-%@no-email.invalid')
BEGIN
  SELECT RAISE(ABORT, 'this person was erased');
END;

CREATE TRIGGER erased_user_updated BEFORE UPDATE OF email, name, password_hash, is_active, last_login ON users
WHEN EXISTS (SELECT 1 FROM erasure_orders WHERE person_id = NEW.id)
  AND NOT EXISTS (SELECT 1 FROM erasures_running WHERE person_id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'this person was erased');
END;

CREATE TRIGGER erased_profile_inserted BEFORE INSERT ON profiles
WHEN EXISTS (SELECT 1 FROM erasure_orders WHERE person_id = NEW.user_id)
BEGIN
  SELECT RAISE(ABORT, 'this person was erased');
END;

CREATE TRIGGER erased_profile_moved BEFORE UPDATE OF user_id ON profiles
WHEN EXISTS (SELECT 1 FROM erasure_orders WHERE person_id = NEW.user_id)
BEGIN
  SELECT RAISE(ABORT, 'this person was erased');
END;

CREATE TRIGGER erased_beneficiary_inserted BEFORE INSERT ON beneficiaries
WHEN EXISTS (SELECT 1 FROM erasure_orders WHERE person_id = NEW.user_id)
BEGIN
  SELECT RAISE(ABORT, 'this person was erased');
END;

CREATE TRIGGER erased_beneficiary_moved BEFORE UPDATE OF user_id ON beneficiaries
WHEN EXISTS (SELECT 1 FROM erasure_orders WHERE person_id = NEW.user_id)
BEGIN
  SELECT RAISE(ABORT, 'this person was erased');
END;

CREATE TRIGGER erased_session_inserted BEFORE INSERT ON sessions
WHEN EXISTS (SELECT 1 FROM erasure_orders WHERE person_id = NEW.user_id)
BEGIN
  SELECT RAISE(ABORT, 'this person was erased');
END;

CREATE TRIGGER erased_message_inserted BEFORE INSERT ON messages
WHEN EXISTS (SELECT 1 FROM erasure_orders WHERE person_id IN (NEW.sender_id, NEW.recipient_id))
BEGIN
  SELECT RAISE(ABORT, 'this person was erased');
END;

CREATE TRIGGER erased_notification_inserted BEFORE INSERT ON notifications
WHEN EXISTS (SELECT 1 FROM erasure_orders WHERE person_id = NEW.user_id)
BEGIN
  SELECT RAISE(ABORT, 'this person was erased');
END;

CREATE TRIGGER erased_consent_inserted BEFORE INSERT ON consents
WHEN EXISTS (SELECT 1 FROM erasure_orders WHERE person_id = NEW.person_id)
BEGIN
  SELECT RAISE(ABORT, 'this person was erased');
END;

CREATE TRIGGER erased_hold_inserted BEFORE INSERT ON legal_holds
WHEN EXISTS (SELECT 1 FROM erasure_orders WHERE person_id = NEW.person_id)
BEGIN
  SELECT RAISE(ABORT, 'this person was erased');
END;

CREATE TRIGGER erased_request_inserted BEFORE INSERT ON privacy_requests
WHEN EXISTS (SELECT 1 FROM erasure_orders WHERE person_id = NEW.person_id)
BEGIN
  SELECT RAISE(ABORT, 'this person was erased');
END;
