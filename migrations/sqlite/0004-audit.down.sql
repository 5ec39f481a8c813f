DROP TRIGGER activity_logs_unchanged;
DROP TRIGGER activity_logs_kept;
DROP TABLE activity_checks;
DROP TABLE activity_repeats;
DROP TABLE activity_people;
DROP TABLE activity_chain;
