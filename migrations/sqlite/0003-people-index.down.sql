DROP TRIGGER beneficiaries_moved;
DROP TABLE people_search;
DROP TABLE people_index;
