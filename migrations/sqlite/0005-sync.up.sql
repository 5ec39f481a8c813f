-- What a machine must know to agree with a centre (docs/sync.md). Local: it never leaves. Empty, and without any trigger on
-- the tables, where the database belongs to no centre; main/sync/capture.ts makes the triggers when it enrols.

CREATE TABLE sync_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  organization_id INTEGER NOT NULL,
  organization_name TEXT NOT NULL,
  -- What somebody here calls this computer, until the centre has heard of it.
  new_name TEXT CHECK (length(new_name) BETWEEN 1 AND 100),
  scope TEXT NOT NULL CHECK (scope IN ('organization', 'trainer', 'kiosk')),
  trainer_id INTEGER,
  incarnation TEXT NOT NULL CHECK (length(incarnation) = 36),
  spare_sites TEXT NOT NULL CHECK (json_valid(spare_sites)),
  -- Whose envelopes stand in the outbox, as long as that is a life before this one, which had not sent them.
  former_site INTEGER CHECK (former_site > 0),
  private_key TEXT NOT NULL,
  clock INTEGER NOT NULL CHECK (clock BETWEEN 0 AND 9007199254740991),
  -- Counts transactions that wrote here; a large one counts as several. `within`: how much the one has written that may
  -- still go on.
  change INTEGER NOT NULL DEFAULT 0 CHECK (change >= 0),
  within INTEGER NOT NULL DEFAULT 0 CHECK (within >= 0),
  sealed INTEGER NOT NULL DEFAULT 0 CHECK (sealed >= 0),
  -- The change that was the last one when somebody was erased here: what was sealed up to it may tell of them.
  erased_through INTEGER NOT NULL DEFAULT 0 CHECK (erased_through >= 0),
  -- Rows have left, and what this machine alone has noted of them may still be here.
  has_remains INTEGER NOT NULL DEFAULT 0 CHECK (has_remains IN (0, 1)),
  -- Number and hash of the last envelope that the centre is known to have.
  acknowledged INTEGER NOT NULL DEFAULT 0 CHECK (acknowledged >= 0),
  chain TEXT NOT NULL DEFAULT '',
  cursor INTEGER NOT NULL DEFAULT 0 CHECK (cursor >= 0),
  -- Where the next page of the pull begins that is going on, and where that pull ends.
  page INTEGER NOT NULL DEFAULT 0 CHECK (page >= 0),
  upto INTEGER CHECK (upto >= 0),
  -- The last change here that the centre had when that pull began: what comes with it knows of everything up to it.
  known INTEGER NOT NULL DEFAULT 0 CHECK (known >= 0),
  history TEXT NOT NULL CHECK (length(history) = 36),
  -- Milliseconds to be added to the clock of this machine.
  clock_offset INTEGER NOT NULL DEFAULT 0,
  -- How often this database was opened; it stands beside it too, so that an older state of it is noticed.
  openings INTEGER NOT NULL DEFAULT 0 CHECK (openings >= 0),
  status TEXT NOT NULL DEFAULT 'ok' CHECK (status IN ('ok', 'upgrade', 'revoked', 'stuck')),
  last_contact_at TEXT CHECK (last_contact_at IS strftime('%Y-%m-%dT%H:%M:%fZ', last_contact_at)),
  last_success_at TEXT CHECK (last_success_at IS strftime('%Y-%m-%dT%H:%M:%fZ', last_success_at))
) STRICT;

CREATE TABLE sync_rows (
  table_number INTEGER NOT NULL,
  id INTEGER NOT NULL,
  clock INTEGER NOT NULL,
  site INTEGER NOT NULL,
  highest INTEGER NOT NULL,
  stamps TEXT,
  seen TEXT,
  deletion TEXT,
  -- The last change here, the one it came to be by here, and the number at the centre of the state it holds; 0 for none.
  change INTEGER NOT NULL DEFAULT 0,
  born INTEGER NOT NULL DEFAULT 0,
  base INTEGER NOT NULL DEFAULT 0,
  -- While everything is pulled again: 1 more than its last change, until the row has come.
  again INTEGER NOT NULL DEFAULT 0,
  -- What a deleted row held, until the centre knows; '' once a person was erased. Columns that this program does not
  -- know, and references that stand empty here because what they name is not here; `absent`: whether there are any.
  image TEXT,
  extra TEXT,
  absent INTEGER NOT NULL DEFAULT 0 CHECK (absent IN (0, 1)),
  PRIMARY KEY (table_number, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_sync_rows_change ON sync_rows (change, base) WHERE change > 0;
CREATE INDEX idx_sync_rows_again ON sync_rows (again) WHERE again > 0;
-- Whom the centre told of last; 4 are the files of people.
CREATE INDEX idx_sync_rows_people ON sync_rows (base) WHERE table_number = 4;
CREATE INDEX idx_sync_rows_extra ON sync_rows (table_number, id) WHERE extra IS NOT NULL;
CREATE INDEX idx_sync_rows_absent ON sync_rows (absent) WHERE absent = 1;
CREATE INDEX idx_sync_rows_image ON sync_rows (change) WHERE image != '';

CREATE TABLE sync_outbox (
  number INTEGER PRIMARY KEY,
  head TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  signature TEXT NOT NULL,
  through_change INTEGER NOT NULL,
  -- The latest that this machine gave to a write which stands in it: what was written later has a higher one.
  clock INTEGER NOT NULL,
  sealed_at TEXT NOT NULL CHECK (sealed_at IS strftime('%Y-%m-%dT%H:%M:%fZ', sealed_at)),
  acknowledged_at TEXT CHECK (acknowledged_at IS strftime('%Y-%m-%dT%H:%M:%fZ', acknowledged_at))
) STRICT;

-- The rows of an envelope, as long as they may have to be sent again. Apart, so that noting something of an envelope does not
-- write all of them anew.
CREATE TABLE sync_bodies (
  number INTEGER PRIMARY KEY REFERENCES sync_outbox (number) ON DELETE CASCADE,
  body TEXT NOT NULL
) STRICT;

CREATE TRIGGER sync_outbox_unchanged BEFORE UPDATE OF number, head, hash, signature, through_change, clock, sealed_at ON sync_outbox
BEGIN
  SELECT RAISE(ABORT, 'a sealed envelope stays as it is');
END;

CREATE TRIGGER sync_bodies_unchanged BEFORE UPDATE ON sync_bodies
BEGIN
  SELECT RAISE(ABORT, 'a sealed envelope stays as it is');
END;

CREATE TRIGGER sync_bodies_kept BEFORE DELETE ON sync_bodies
WHEN EXISTS (SELECT 1 FROM sync_outbox WHERE number = OLD.number AND acknowledged_at IS NULL)
BEGIN
  SELECT RAISE(ABORT, 'a sealed envelope stays as it is');
END;

-- `place` is the order in which they are put in: parents before children, and what goes last, children before parents.
CREATE TABLE sync_inbox (
  number INTEGER PRIMARY KEY,
  place INTEGER NOT NULL,
  record TEXT NOT NULL
) STRICT;

CREATE INDEX idx_sync_inbox_place ON sync_inbox (place, number);

CREATE TABLE sync_parked (
  table_number INTEGER NOT NULL,
  id INTEGER NOT NULL,
  why TEXT NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (table_number, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sync_refused (
  number INTEGER PRIMARY KEY,
  envelope INTEGER NOT NULL,
  table_number INTEGER NOT NULL,
  id INTEGER NOT NULL,
  column_name TEXT,
  reason TEXT NOT NULL,
  -- That of the row which was refused: with another one it has been written, or offered, again.
  change INTEGER NOT NULL,
  refused_at TEXT NOT NULL CHECK (refused_at IS strftime('%Y-%m-%dT%H:%M:%fZ', refused_at)),
  seen_at TEXT CHECK (seen_at IS strftime('%Y-%m-%dT%H:%M:%fZ', seen_at))
) STRICT;

-- Contents that documents of the organization name, by `documents.file_path`: where they are, and which way they still go.
CREATE TABLE sync_contents (
  path TEXT PRIMARY KEY CHECK (length(path) <= 72),
  -- Bytes, as the document says.
  size INTEGER NOT NULL CHECK (size >= 0),
  is_here INTEGER NOT NULL CHECK (is_here IN (0, 1)),
  is_at_centre INTEGER NOT NULL DEFAULT 0 CHECK (is_at_centre IN (0, 1)),
  -- Somebody here waits for it.
  asked_at TEXT CHECK (asked_at IS strftime('%Y-%m-%dT%H:%M:%fZ', asked_at)),
  -- What stands in its way, how often in a row, and when it is tried again.
  problem TEXT CHECK (problem IN ('missing', 'waiting', 'wrong', 'damaged', 'tooLarge', 'noRoom', 'diskFull', 'line')),
  failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  due_at TEXT CHECK (due_at IS strftime('%Y-%m-%dT%H:%M:%fZ', due_at))
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_sync_contents_open ON sync_contents (is_here, size) WHERE is_here = 0 OR is_at_centre = 0;

-- What has arrived of a piece that is not whole yet.
CREATE TABLE sync_content_parts (
  path TEXT NOT NULL REFERENCES sync_contents (path) ON DELETE CASCADE,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  first_byte INTEGER NOT NULL CHECK (first_byte >= 0),
  bytes BLOB NOT NULL,
  PRIMARY KEY (path, sha256, first_byte)
) STRICT;

-- With the last document that names it, in the same transaction: nothing of somebody who is erased stays, or still arrives.
CREATE TRIGGER sync_contents_gone AFTER DELETE ON documents
WHEN OLD.file_path IS NOT NULL AND NOT EXISTS (SELECT 1 FROM documents WHERE file_path = OLD.file_path)
BEGIN
  DELETE FROM sync_contents WHERE path = OLD.file_path;
END;
