-- Devices that sign in to PostgreSQL itself: docs/sync.md, "The ways there". What they may do stands in main/centre/grants.ts.

-- All lives of a device sign in with one password, until then; null where there is no such device, or it was revoked. The
-- password comes as the verifier that PostgreSQL keeps (RFC 5803), so that it is in no log of the server.
CREATE FUNCTION sync.open_login(number integer, verifier text, until timestamptz) RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  its_family integer := sync.held_family(number);
  lives integer[] := ARRAY(SELECT s.site FROM sync.site AS s WHERE s.family = its_family AND s.revoked_at IS NULL);
BEGIN
  IF verifier !~ '^SCRAM-SHA-256\$\d+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' THEN
    RAISE EXCEPTION 'no verifier' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF lives = '{}' THEN RETURN NULL; END IF;
  PERFORM sync.let_sign_in(lives, verifier, until);
  INSERT INTO sync.login VALUES (its_family, verifier, until)
  ON CONFLICT (family) DO UPDATE SET verifier = excluded.verifier, until = excluded.until;
  RETURN (SELECT jsonb_build_object('machine', coalesce(f.machine, ''), 'role', f.role)
    FROM sync.site AS s JOIN sync.site AS f ON f.site = s.family WHERE s.site = number);
END $$;

-- Devices that may sign in, whether or not the time of their password is over.
CREATE FUNCTION sync.logins(organization bigint) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('site', s.site, 'organization', o.name, 'machine', coalesce(s.machine, ''),
    'role', s.role, 'until', r.rolvaliduntil, 'isOver', coalesce(r.rolvaliduntil <= now(), false)) ORDER BY s.site), '[]')
  FROM sync.site AS s JOIN pg_roles AS r ON r.rolname = s.role JOIN public.organizations AS o ON o.id = s.organization_id
  WHERE s.site = s.family AND r.rolcanlogin AND (logins.organization IS NULL OR s.organization_id = logins.organization)
$$;

-- The device reaches the centre by the gateway alone from now on; false where it did not sign in here.
CREATE FUNCTION sync.close_login(number integer) RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  its_family integer := sync.held_family(number);
  its sync.site;
BEGIN
  DELETE FROM sync.login WHERE family = its_family;
  FOR its IN
    SELECT s.* FROM sync.site AS s JOIN pg_roles AS r ON r.rolname = s.role
    WHERE s.family = its_family
      AND (r.rolcanlogin OR EXISTS (SELECT FROM pg_stat_activity AS a WHERE a.usename = s.role))
  LOOP
    EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL', its.role);
    PERFORM sync.end_sessions(its.role);
  END LOOP;
  RETURN FOUND;
END $$;

-- Whoever ends sessions has to be a member of their role, for this moment.
CREATE FUNCTION sync.end_sessions(its_role text) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_stat_activity WHERE usename = its_role) THEN RETURN; END IF;
  EXECUTE format('GRANT %I TO %I', its_role, current_user);
  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = its_role;
  EXECUTE format('REVOKE %I FROM %I', its_role, current_user);
END $$;

-- A device and all its lives: nothing is taken from them or given to them any more, and who is signed in is not any more.
CREATE OR REPLACE FUNCTION sync.revoke_site(number integer) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  its_family integer := sync.held_family(number);
  its sync.site;
BEGIN
  DELETE FROM sync.login WHERE family = its_family;
  FOR its IN UPDATE sync.site AS s SET revoked_at = clock_timestamp() WHERE s.family = its_family AND revoked_at IS NULL RETURNING *
  LOOP
    EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL', its.role);
    PERFORM sync.end_sessions(its.role);
  END LOOP;
END $$;
