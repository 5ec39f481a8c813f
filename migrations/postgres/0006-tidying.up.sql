-- What a centre does once a day: docs/sync.md, "Deletions". The gateway and the operator call it, never a device.

-- Tidies the next organization that was not since then, in a transaction of its own, so that no other one waits; null where
-- none is left. Images of deleted rows stay for 90 days, that they were deleted is known for 400.
CREATE FUNCTION sync.tidy_next(since timestamptz) RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '10s' AS $$
DECLARE
  next_id bigint;
  gone bigint;
BEGIN
  SELECT organization_id INTO next_id FROM sync.head WHERE coalesce(tidied_at, '-infinity') < since
  ORDER BY organization_id LIMIT 1 FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN RETURN NULL; END IF;
  gone := sync.collect_deletions(next_id, 90, 400);
  UPDATE sync.head SET tidied_at = clock_timestamp() WHERE organization_id = next_id;
  RETURN jsonb_build_object('organization', (SELECT name FROM public.organizations WHERE id = next_id), 'gone', gone);
END $$;
