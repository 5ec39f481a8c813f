DROP TABLE people_import_rows;
DROP TABLE people_imports;
DROP TABLE people_keys;
DROP TRIGGER beneficiaries_moved;
DROP TABLE people_search;
DROP TABLE people_index;
