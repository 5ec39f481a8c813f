DROP FUNCTION sync.tidy_next(timestamptz);
