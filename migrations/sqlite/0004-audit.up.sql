-- What keeps the activity log of this machine honest. Local: each machine proves its own lines.

-- One chain for each organization; 0 is that of calls by nobody. `parts` holds a salt and a digest for each part of a
-- line, so that an erasure can take a part away and the rest still proves itself.
CREATE TABLE activity_chain (
  chain INTEGER NOT NULL CHECK (chain >= 0),
  sequence INTEGER NOT NULL CHECK (sequence > 0),
  activity_id INTEGER NOT NULL,
  parts TEXT NOT NULL CHECK (json_valid(parts)),
  mac TEXT NOT NULL CHECK (length(mac) = 64),
  PRIMARY KEY (chain, sequence)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX idx_activity_chain_activity ON activity_chain (activity_id);

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

-- Deleting a user, which only the removal of a practice centre does, may take the user's id from a line.
CREATE TRIGGER activity_logs_unchanged BEFORE UPDATE OF
  organization_id, user_id, action, resource_type, resource_id, details, ip_address, user_agent, created_at
ON activity_logs
WHEN NOT (
  NEW.user_id IS NULL AND NEW.organization_id IS OLD.organization_id AND NEW.action = OLD.action
  AND NEW.resource_type IS OLD.resource_type AND NEW.resource_id IS OLD.resource_id AND NEW.details IS OLD.details
  AND NEW.ip_address IS OLD.ip_address AND NEW.user_agent IS OLD.user_agent AND NEW.created_at = OLD.created_at
)
BEGIN
  SELECT RAISE(ABORT, 'activity_logs is only ever added to');
END;

CREATE TRIGGER activity_logs_kept BEFORE DELETE ON activity_logs
WHEN NOT EXISTS (
  SELECT 1 FROM organizations WHERE id = OLD.organization_id AND json_extract(settings, '$.practice') = 1
)
BEGIN
  SELECT RAISE(ABORT, 'activity_logs is only ever added to');
END;

CREATE TRIGGER activity_chain_unchanged BEFORE UPDATE ON activity_chain
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
