-- How databases are let in: docs/sync.md, "Lives of a database". Called by the operator and by the gateway, never by a device.

-- What became of a code: whoever lost the answer asks again with the same key and gets the same site.
ALTER TABLE sync.invitation ADD COLUMN public_key text, ADD COLUMN site integer REFERENCES sync.site (site);

-- Where PostgreSQL itself takes whoever comes by this code, and for how many days; null: they come by the gateway.
ALTER TABLE sync.invitation ADD COLUMN direct jsonb;

-- Where devices reach the gateway; what invitations name. `authority`: SHA-256 of the certificate of its own authority.
CREATE TABLE sync.gateway (
  one integer PRIMARY KEY CHECK (one = 1),
  address text NOT NULL CHECK (address ~ '^https://' AND length(address) <= 300),
  authority text CHECK (authority ~ '^[A-Za-z0-9_-]{43}$')
);

CREATE FUNCTION sync.announce_gateway(its_address text, its_authority text) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO sync.gateway (one, address, authority) VALUES (1, its_address, its_authority)
  ON CONFLICT (one) DO UPDATE SET address = excluded.address, authority = excluded.authority
$$;

CREATE FUNCTION sync.organizations_named(wanted text) RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(id), '{}') FROM public.organizations WHERE wanted IS NULL OR name = wanted
$$;

CREATE FUNCTION sync.digest_of(code text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT encode(sha256(convert_to(code, 'UTF8')), 'hex')
$$;

-- Keeps a code for ten minutes, and says where the gateway is; null where there is none yet.
CREATE FUNCTION sync.invite(organization bigint, its_scope text, trainer_email text, code text, its_direct jsonb) RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  its sync.gateway;
  trainer bigint;
BEGIN
  SELECT * INTO its FROM sync.gateway;
  IF NOT FOUND THEN RETURN NULL; END IF;
  SELECT id INTO trainer FROM public.users
  WHERE organization_id = organization AND email = lower(trainer_email) AND role <> 'student' AND is_active;
  IF (its_scope = 'trainer') <> (trainer IS NOT NULL) OR (trainer_email IS NOT NULL AND trainer IS NULL) THEN
    RETURN '{"trainerMissing": true}';
  END IF;
  DELETE FROM sync.invitation WHERE expires_at < now() - interval '1 day';
  INSERT INTO sync.invitation (code_digest, organization_id, scope, trainer_id, expires_at, direct)
  VALUES (sync.digest_of(code), organization, its_scope, trainer, now() + interval '10 minutes', its_direct);
  RETURN jsonb_build_object('address', its.address, 'authority', its.authority);
END $$;

-- Turns a code into a site with three spares, once; null for every code that is wrong, too old, or somebody else's by now.
CREATE FUNCTION sync.enrol(code text, device jsonb) RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '10s' AS $$
DECLARE
  found_one sync.invitation;
  numbers integer[];
  key text := device ->> 'publicKey';
  opened jsonb;
BEGIN
  SELECT * INTO found_one FROM sync.invitation WHERE code_digest = sync.digest_of(code) FOR UPDATE;
  IF NOT FOUND OR found_one.expires_at <= now() OR key IS NULL OR length(key) > 200 THEN RETURN NULL; END IF;
  IF found_one.used_at IS NOT NULL AND found_one.public_key IS DISTINCT FROM key THEN RETURN NULL; END IF;
  IF found_one.used_at IS NULL THEN
    numbers := sync.create_site(found_one.organization_id, found_one.scope, found_one.trainer_id, (device ->> 'incarnation')::uuid, key, 3);
    UPDATE sync.invitation SET used_at = now(), public_key = key, site = numbers[1] WHERE code_digest = found_one.code_digest;
    UPDATE sync.site SET machine = left(device ->> 'machine', 100), app = left(device ->> 'app', 40), schema = (device ->> 'schema')::integer
    WHERE site = numbers[1];
  ELSE
    numbers := ARRAY(SELECT site FROM sync.site WHERE family = found_one.site ORDER BY site);
  END IF;
  -- Who asks again has made another password.
  IF found_one.direct IS NOT NULL AND device ? 'verifier' THEN
    opened := sync.open_login(numbers[1], device ->> 'verifier', now() + make_interval(days => (found_one.direct ->> 'days')::integer));
  END IF;
  RETURN jsonb_build_object('site', numbers[1], 'spareSites', to_jsonb(numbers[2:]), 'organizationId', found_one.organization_id,
    'organizationName', (SELECT name FROM public.organizations WHERE id = found_one.organization_id),
    'scope', found_one.scope, 'trainerId', found_one.trainer_id,
    'history', (SELECT history FROM sync.head WHERE organization_id = found_one.organization_id))
    || CASE WHEN opened IS NULL THEN '{}' ELSE jsonb_build_object('direct',
      found_one.direct - 'days' || jsonb_build_object('database', current_database(), 'role', opened -> 'role')) END;
END $$;

-- What the gateway verifies a request by: a later life of a database signs with the key of its first.
CREATE FUNCTION sync.known_site(number integer) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT jsonb_build_object('publicKey', coalesce(its.public_key, its_first.public_key), 'isRevoked', its.revoked_at IS NOT NULL)
  FROM sync.site AS its JOIN sync.site AS its_first ON its_first.site = its.family
  WHERE its.site = number AND coalesce(its.public_key, its_first.public_key) IS NOT NULL
$$;

-- Every device once, in the life that was last seen.
CREATE FUNCTION sync.devices(organization bigint) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(jsonb_agg(to_jsonb(device) - 'family' ORDER BY device.organization, device.site), '[]')
  FROM (
    SELECT DISTINCT ON (s.family) s.family, s.site, o.name AS organization, s.scope, t.name AS trainer,
      coalesce(s.machine, first.machine, '') AS machine, coalesce(s.app, first.app, '') AS app,
      coalesce(s.schema, first.schema) AS schema, first.created_at AS "enrolledAt", s.last_seen_at AS "lastSeenAt",
      greatest(0, h.number - s.pulled) AS behind, s.revoked_at AS "revokedAt",
      CASE WHEN s.anchor_count IS NOT NULL THEN jsonb_build_object('chain', s.organization_id, 'count', s.anchor_count, 'mac', s.anchor_mac) END AS anchor,
      s.anchored_at AS "anchoredAt", s.anchor_lost_at AS "anchorLostAt"
    FROM sync.site AS s
    JOIN sync.site AS first ON first.site = s.family
    JOIN sync.head AS h ON h.organization_id = s.organization_id
    JOIN public.organizations AS o ON o.id = s.organization_id
    LEFT JOIN public.users AS t ON t.id = s.trainer_id
    WHERE devices.organization IS NULL OR s.organization_id = devices.organization
    ORDER BY s.family, s.last_seen_at DESC NULLS LAST, s.site
  ) AS device
$$;

-- Ends what a device may do; null where there is no such device.
CREATE FUNCTION sync.revoke(number integer) RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM sync.revoke_site(number);
  RETURN (SELECT jsonb_build_object('machine', coalesce(first.machine, ''))
    FROM sync.site AS s JOIN sync.site AS first ON first.site = s.family WHERE s.site = number);
END $$;

-- Calls a device otherwise; null where there is no such device.
CREATE FUNCTION sync.rename(number integer, name text) RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  before text := (SELECT coalesce(first.machine, '') FROM sync.site AS s JOIN sync.site AS first ON first.site = s.family WHERE s.site = number);
BEGIN
  IF before IS NULL THEN RETURN NULL; END IF;
  PERFORM sync.call_site(number, name);
  RETURN jsonb_build_object('machine', before);
END $$;

-- Lets a device and all its lives in again, as it was; null where there is no such device. Whoever was let into PostgreSQL itself
-- gets a new login for that.
CREATE FUNCTION sync.readmit(number integer) RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE sync.site AS s SET revoked_at = NULL WHERE s.family = (SELECT family FROM sync.site WHERE site = number);
  RETURN (SELECT jsonb_build_object('machine', coalesce(first.machine, ''))
    FROM sync.site AS s JOIN sync.site AS first ON first.site = s.family WHERE s.site = number);
END $$;
