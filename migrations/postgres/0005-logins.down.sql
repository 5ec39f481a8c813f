CREATE OR REPLACE FUNCTION sync.revoke_site(number integer) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  its_family integer := sync.held_family(number);
  its sync.site;
BEGIN
  DELETE FROM sync.login WHERE family = its_family;
  FOR its IN UPDATE sync.site AS s SET revoked_at = clock_timestamp() WHERE s.family = its_family AND revoked_at IS NULL RETURNING *
  LOOP
    EXECUTE format('ALTER ROLE %I NOLOGIN', its.role);
  END LOOP;
END $$;
DROP FUNCTION sync.end_sessions(text);
DROP FUNCTION sync.close_login(integer);
DROP FUNCTION sync.logins(bigint);
DROP FUNCTION sync.open_login(integer, text, timestamptz);
