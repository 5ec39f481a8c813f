-- What the list of beneficiaries is searched, filtered and sorted by, in one place: names live in users, status in
-- beneficiaries, and neither folds accents. Derived, on this machine only; main/domains/beneficiaries writes the names.

CREATE TABLE people_index (
  beneficiary_id INTEGER PRIMARY KEY REFERENCES beneficiaries (id) ON DELETE CASCADE,
  organization_id INTEGER NOT NULL,
  trainer_id INTEGER,
  status TEXT,
  sort_name TEXT NOT NULL
) STRICT;

CREATE INDEX idx_people_index_name ON people_index (organization_id, sort_name, beneficiary_id);
CREATE INDEX idx_people_index_status ON people_index (organization_id, status, sort_name, beneficiary_id);
CREATE INDEX idx_people_index_trainer ON people_index (organization_id, trainer_id, sort_name, beneficiary_id);

CREATE VIRTUAL TABLE people_search USING fts5 (
  sort_name,
  content = 'people_index',
  content_rowid = 'beneficiary_id',
  tokenize = 'unicode61 remove_diacritics 0',
  prefix = '1 2 3',
  detail = 'none'
);

CREATE TRIGGER people_index_inserted AFTER INSERT ON people_index
BEGIN
  INSERT INTO people_search (rowid, sort_name) VALUES (NEW.beneficiary_id, NEW.sort_name);
END;

CREATE TRIGGER people_index_deleted AFTER DELETE ON people_index
BEGIN
  INSERT INTO people_search (people_search, rowid, sort_name) VALUES ('delete', OLD.beneficiary_id, OLD.sort_name);
END;

CREATE TRIGGER people_index_renamed AFTER UPDATE OF sort_name ON people_index
BEGIN
  INSERT INTO people_search (people_search, rowid, sort_name) VALUES ('delete', OLD.beneficiary_id, OLD.sort_name);
  INSERT INTO people_search (rowid, sort_name) VALUES (NEW.beneficiary_id, NEW.sort_name);
END;

CREATE TRIGGER beneficiaries_moved AFTER UPDATE OF organization_id, trainer_id, status ON beneficiaries
BEGIN
  UPDATE people_index
  SET organization_id = NEW.organization_id, trainer_id = NEW.trainer_id, status = NEW.status
  WHERE beneficiary_id = NEW.id;
END;

-- By what a person is found besides the name: the number of the centre, the day of birth, the phone, how the name sounds,
-- and the fields of the organization. Derived as well; main/domains/beneficiaries writes it with the names.
CREATE TABLE people_keys (
  organization_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  beneficiary_id INTEGER NOT NULL REFERENCES beneficiaries (id) ON DELETE CASCADE,
  PRIMARY KEY (organization_id, kind, value, beneficiary_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_people_keys_beneficiary ON people_keys (beneficiary_id);

-- What a list of people from a file changed on this machine, so that it can be taken back for a day.
CREATE TABLE people_imports (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  user_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
  file_name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'undoing', 'undone')),
  total INTEGER NOT NULL CHECK (total >= 0),
  added INTEGER NOT NULL DEFAULT 0 CHECK (added >= 0),
  updated INTEGER NOT NULL DEFAULT 0 CHECK (updated >= 0),
  made_groups TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(made_groups)),
  created_at TEXT NOT NULL CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%fZ', created_at))
) STRICT;

CREATE INDEX idx_people_imports_organization ON people_imports (organization_id, created_at);
CREATE INDEX idx_people_imports_user ON people_imports (user_id);

-- One person that an import added or changed. `before`: the fields it wrote over; `written_at`: the version it left.
CREATE TABLE people_import_rows (
  import_id INTEGER NOT NULL REFERENCES people_imports (id) ON DELETE CASCADE,
  beneficiary_id INTEGER NOT NULL REFERENCES beneficiaries (id) ON DELETE CASCADE,
  before TEXT CHECK (json_valid(before)),
  written_at TEXT NOT NULL CHECK (written_at IS strftime('%Y-%m-%dT%H:%M:%fZ', written_at)),
  PRIMARY KEY (import_id, beneficiary_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_people_import_rows_beneficiary ON people_import_rows (beneficiary_id);
