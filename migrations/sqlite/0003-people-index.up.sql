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
