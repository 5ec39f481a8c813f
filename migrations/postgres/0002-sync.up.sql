-- How machines agree at the centre: docs/sync.md. Who owns and may do what is set by main/centre/init.ts, because roles
-- belong to the whole server; what stands in sync.rule and sync.reference is made there from the registry and the schema.

CREATE SCHEMA sync;

CREATE TABLE sync.centre (
  one integer PRIMARY KEY CHECK (one = 1),
  -- Before the names of all roles, so that two centres may live on one server. Null until `bdc centre init` has made them.
  prefix text CHECK (prefix ~ '^[a-z][a-z0-9_]{0,30}$'),
  protocol integer NOT NULL,
  -- Machines whose schema is older are told to update before they push again.
  least_schema integer NOT NULL DEFAULT 0,
  next_site integer NOT NULL DEFAULT 1 CHECK (next_site BETWEEN 1 AND 2097152),
  -- Counts the names that computers get. Whoever takes of it locks this row, so numbers are committed in their order.
  next_name bigint NOT NULL DEFAULT 1
);

INSERT INTO sync.centre (one, protocol) VALUES (1, 1);

-- What the centre itself mints has ids in the block of site 0.
CREATE SEQUENCE sync.organization_ids AS bigint MAXVALUE 4294967295;
CREATE SEQUENCE sync.conflict_ids AS bigint MAXVALUE 4294967295;
CREATE SEQUENCE sync.copy_ids AS bigint MAXVALUE 4294967295;

-- The row that every push of an organization locks: commits come in the order of their numbers.
CREATE TABLE sync.head (
  organization_id bigint PRIMARY KEY,
  number bigint NOT NULL DEFAULT 0,
  history uuid NOT NULL DEFAULT gen_random_uuid(),
  -- The last number that every backup knew from which this centre was restored; numbers beyond were given twice.
  restored_at bigint,
  floor bigint NOT NULL DEFAULT 0,
  -- When deletions that are old enough were last forgotten.
  tidied_at timestamptz(3),
  -- Bytes of documents that the organization may keep here.
  room bigint NOT NULL DEFAULT 21474836480 CHECK (room >= 0)
);

CREATE TABLE sync.site (
  site integer PRIMARY KEY CHECK (site BETWEEN 1 AND 2097151),
  organization_id bigint NOT NULL REFERENCES sync.head (organization_id),
  -- The first number of this database; its spare sites have the same.
  family integer NOT NULL,
  scope text NOT NULL CHECK (scope IN ('organization', 'trainer', 'kiosk')),
  trainer_id bigint,
  role text NOT NULL UNIQUE,
  -- Null: a spare that nobody has begun to use.
  incarnation uuid,
  public_key text,
  acknowledged bigint NOT NULL DEFAULT 0,
  chain text NOT NULL DEFAULT '',
  pulled bigint NOT NULL DEFAULT 0,
  -- Up to here even what this site pushed comes back: it was told to pull everything again.
  again_upto bigint NOT NULL DEFAULT 0,
  -- The centre was restored, and until then this site may bring back what it got of others.
  offers_until timestamptz(3),
  schema integer,
  app text,
  -- What the computer is called: at its first number. Its other lives have the same name, each with a number of that name.
  machine text,
  name_number bigint NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  last_seen_at timestamptz(3),
  revoked_at timestamptz(3),
  -- The end of its activity log when it was longest, and since when it no longer holds what it held then.
  anchor_count bigint,
  anchor_mac text,
  anchored_at timestamptz(3),
  anchor_lost_at timestamptz(3),
  -- Whether the trainer of this device was on the active staff when that was last looked at.
  stands boolean NOT NULL DEFAULT true,
  CHECK ((scope = 'trainer') = (trainer_id IS NOT NULL))
);

CREATE INDEX idx_site_organization ON sync.site (organization_id, family);

-- What the lives of a device sign in with, for those that it gets later.
CREATE TABLE sync.login (
  family integer PRIMARY KEY REFERENCES sync.site (site),
  verifier text NOT NULL,
  until timestamptz NOT NULL
);

CREATE TABLE sync.envelope (
  site integer NOT NULL REFERENCES sync.site (site),
  number bigint NOT NULL,
  organization_id bigint NOT NULL,
  hash text NOT NULL,
  received_at timestamptz(3) NOT NULL DEFAULT now(),
  rows integer NOT NULL,
  PRIMARY KEY (site, number)
);

CREATE INDEX idx_envelope_organization ON sync.envelope (organization_id);

-- The agreed state of every row. `person_id` is the account that it is about, or minus the beneficiary where they have none.
CREATE TABLE sync.row (
  table_number integer NOT NULL,
  id bigint NOT NULL,
  organization_id bigint NOT NULL,
  number bigint NOT NULL,
  person_id bigint,
  state jsonb NOT NULL,
  alive boolean NOT NULL,
  -- The clock of the centre when it got this state, and the number that the row had at first.
  received_clock bigint NOT NULL,
  first_number bigint NOT NULL,
  -- The site that has exactly this state, because it pushed it.
  echo_of integer,
  -- Whom a person's file names. A column of its own, since the rules of the rows let an index be asked only by what tells nothing.
  trainer_id bigint GENERATED ALWAYS AS (
    CASE WHEN table_number = 4 AND jsonb_typeof(state -> 'values' -> 'trainer_id') = 'number' THEN (state -> 'values' -> 'trainer_id')::bigint END
  ) STORED,
  PRIMARY KEY (table_number, id)
);

CREATE UNIQUE INDEX idx_row_number ON sync.row (organization_id, number);
CREATE INDEX idx_row_person ON sync.row (organization_id, person_id) WHERE person_id IS NOT NULL;
CREATE INDEX idx_row_trainer ON sync.row (organization_id, trainer_id) WHERE trainer_id IS NOT NULL;
CREATE INDEX idx_row_dead ON sync.row (organization_id, number) WHERE NOT alive;

-- Rows that no longer concern some devices: those of a trainer, or with no trainer all of the organization.
CREATE TABLE sync.leave (
  organization_id bigint NOT NULL,
  number bigint NOT NULL,
  table_number integer NOT NULL,
  id bigint NOT NULL,
  trainer_id bigint,
  PRIMARY KEY (organization_id, number)
);

CREATE INDEX idx_leave_row ON sync.leave (organization_id, table_number, id);
CREATE INDEX idx_leave_organization ON sync.leave (organization_id, table_number, id) WHERE trainer_id IS NULL;

-- References that may stay empty, to rows that nobody has pushed yet: the typed column is empty until they come.
CREATE TABLE sync.waiting (
  organization_id bigint NOT NULL,
  parent_table integer NOT NULL,
  parent_id bigint NOT NULL,
  table_number integer NOT NULL,
  id bigint NOT NULL,
  PRIMARY KEY (organization_id, parent_table, parent_id, table_number, id)
);

CREATE TABLE sync.refused (
  organization_id bigint NOT NULL,
  site integer NOT NULL,
  envelope bigint NOT NULL,
  place integer NOT NULL,
  table_number integer NOT NULL,
  id bigint NOT NULL,
  column_name text NOT NULL DEFAULT '',
  reason text NOT NULL,
  row text NOT NULL,
  PRIMARY KEY (site, envelope, place, column_name)
);

CREATE INDEX idx_refused_row ON sync.refused (organization_id, table_number, id);

-- Bytes of documents by their SHA-256, whole and verified, each organization's for itself: nobody learns what another one has.
-- Stored as they are: most files are compressed already, and a part of them is read without the rest.
CREATE TABLE sync.content (
  organization_id bigint NOT NULL REFERENCES sync.head (organization_id),
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  bytes bytea NOT NULL CHECK (octet_length(bytes) BETWEEN 1 AND 4194304),
  received_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, digest)
);

ALTER TABLE sync.content ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- What has arrived of them, from one device and its lives: nobody can spoil what another one sends.
CREATE TABLE sync.content_part (
  organization_id bigint NOT NULL REFERENCES sync.head (organization_id),
  digest text NOT NULL,
  family integer NOT NULL,
  first_byte integer NOT NULL,
  bytes bytea NOT NULL,
  received_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, digest, family, first_byte)
);

ALTER TABLE sync.content_part ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- The pieces of a content that is larger than one, in order; `list` is the SHA-256 of their names.
CREATE TABLE sync.content_piece (
  organization_id bigint NOT NULL REFERENCES sync.head (organization_id),
  list text NOT NULL,
  position integer NOT NULL,
  digest text NOT NULL,
  PRIMARY KEY (organization_id, list, position)
);

CREATE INDEX idx_content_piece_digest ON sync.content_piece (organization_id, digest);

CREATE TABLE sync.invitation (
  code_digest text PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES sync.head (organization_id),
  scope text NOT NULL CHECK (scope IN ('organization', 'trainer', 'kiosk')),
  trainer_id bigint,
  expires_at timestamptz(3) NOT NULL,
  used_at timestamptz(3)
);

CREATE INDEX idx_invitation_organization ON sync.invitation (organization_id);

-- Which organization a login for reports may read.
CREATE TABLE sync.reader (
  role text PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES sync.head (organization_id)
);

CREATE INDEX idx_reader_organization ON sync.reader (organization_id);

CREATE TABLE sync.rule (
  table_number integer PRIMARY KEY,
  name text NOT NULL UNIQUE,
  -- Parents before children.
  place integer NOT NULL UNIQUE,
  kind text NOT NULL,
  rules jsonb NOT NULL,
  columns text[] NOT NULL,
  unique_columns text[],
  -- Who else than a device of the whole organization may push rows.
  trainer_writes boolean NOT NULL,
  trainer_reads text NOT NULL CHECK (trainer_reads IN ('all', 'person', 'both', 'shared', 'conflicts', 'users', 'own', 'messages', 'documents', 'shares', 'appointments', 'views', 'always', 'none')),
  kiosk_writes boolean NOT NULL,
  kiosk_reads boolean NOT NULL,
  -- What rows say that a kiosk gets; null where that is all of them.
  kiosk_only jsonb,
  kiosk_hidden text[] NOT NULL,
  -- Rows go along when somebody goes to another organization.
  goes_along boolean NOT NULL,
  -- Columns from which nothing else follows: they name no other row, and do not tell whom theirs is about.
  plain_columns text[] NOT NULL,
  -- Statements of this table: take new rows, put merged rows into the typed table, write plain columns there alone, take dead rows out.
  take_new text NOT NULL,
  put text NOT NULL,
  put_plain text NOT NULL,
  put_waiting text NOT NULL,
  take_out text NOT NULL,
  person text NOT NULL
);

CREATE TABLE sync.reference (
  table_number integer NOT NULL,
  column_name text NOT NULL,
  parent_table integer NOT NULL,
  -- The row cannot be without it: deleting the parent deletes the row, or is refused.
  is_firm boolean NOT NULL,
  -- Then it names the trainer whom they go to, instead of nobody.
  becomes_trainer boolean NOT NULL,
  PRIMARY KEY (table_number, column_name)
);

-- Who calls -----------------------------------------------------------------------------------------------------------

-- A role, never a setting and never a part of the payload: a device logs in as its own, or the gateway set it.
CREATE FUNCTION sync.caller() RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN session_user = prefix || '_gateway' THEN current_setting('role') ELSE session_user::text END FROM sync.centre
$$;

-- For the gateway, which takes the roles of devices, and for whoever asks whether this is a centre already.
CREATE FUNCTION sync.role_prefix() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT prefix FROM sync.centre
$$;

CREATE FUNCTION sync.organization() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT organization_id FROM sync.site WHERE role = sync.caller()
$$;

CREATE FUNCTION sync.readable_organization() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT organization_id FROM sync.reader WHERE role = session_user
$$;

-- Time ----------------------------------------------------------------------------------------------------------------

CREATE FUNCTION sync.now_ms() RETURNS bigint LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
  SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint
$$;

-- Milliseconds since 2024-01-01 × 4096.
CREATE FUNCTION sync.now_clock() RETURNS bigint LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
  SELECT (sync.now_ms() - 1704067200000) * 4096
$$;

-- Row states; the same as main/sync/state.ts and main/sync/merge.ts ---------------------------------------------------

CREATE FUNCTION sync.highest_clock(state jsonb) RETURNS bigint LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  highest bigint := (state -> 'stamp' ->> 0)::bigint;
BEGIN
  IF state ? 'deletion' THEN highest := greatest(highest, (state #>> '{deletion,stamp,0}')::bigint); END IF;
  IF state ? 'stamps' THEN
    highest := greatest(highest, (SELECT max((value ->> 0)::bigint) FROM jsonb_each(state -> 'stamps')));
  END IF;
  RETURN highest;
END $$;

CREATE FUNCTION sync.seen_by(state jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF state ? 'seen' THEN RETURN state -> 'seen'; END IF;
  RETURN jsonb_build_object(state -> 'stamp' ->> 1, sync.highest_clock(state));
END $$;

CREATE FUNCTION sync.joined(a jsonb, b jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  joint jsonb := a;
  entry record;
BEGIN
  IF a = b THEN RETURN a; END IF;
  FOR entry IN SELECT key, value FROM jsonb_each(b) LOOP
    IF coalesce((joint ->> entry.key)::bigint, -1) < (entry.value #>> '{}')::bigint THEN
      joint := joint || jsonb_build_object(entry.key, entry.value);
    END IF;
  END LOOP;
  RETURN joint;
END $$;

CREATE FUNCTION sync.has_seen(vector jsonb, stamp jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce((vector ->> (stamp ->> 1))::bigint, -1) >= (stamp ->> 0)::bigint
$$;

CREATE FUNCTION sync.compare_stamps(a jsonb, b jsonb) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN (a ->> 0)::bigint <> (b ->> 0)::bigint
    THEN sign((a ->> 0)::bigint - (b ->> 0)::bigint)
    ELSE sign((a ->> 1)::bigint - (b ->> 1)::bigint) END::integer
$$;

CREATE FUNCTION sync.is_later_by(stamp jsonb, known jsonb, sites integer[]) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (stamp ->> 1)::integer = ANY (sites) AND sync.compare_stamps(stamp, known) > 0
$$;

CREATE FUNCTION sync.stamp_of(state jsonb, register text) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(state -> 'stamps' -> register, state -> 'stamp')
$$;

CREATE FUNCTION sync.register_of(rules jsonb, column_name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(rules -> 'registers' ->> column_name, CASE WHEN (rules -> 'isWhole')::boolean THEN 'row' ELSE column_name END)
$$;

-- Null, numbers, texts by their bytes.
CREATE FUNCTION sync.compare_value(a jsonb, b jsonb) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN a = b THEN 0
    WHEN jsonb_typeof(a) = 'number' AND jsonb_typeof(b) = 'number' THEN sign(a::numeric - b::numeric)::integer
    WHEN jsonb_typeof(a) = 'string' AND jsonb_typeof(b) = 'string'
      THEN CASE WHEN (a #>> '{}') COLLATE "C" > (b #>> '{}') COLLATE "C" THEN 1 ELSE -1 END
    ELSE sign(strpos('null number string', jsonb_typeof(a)) - strpos('null number string', jsonb_typeof(b)))::integer
  END
$$;

-- The first column in which they differ decides.
CREATE FUNCTION sync.compare_values(a jsonb, b jsonb, columns text[]) RETURNS integer LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  name text;
  found_order integer;
BEGIN
  FOREACH name IN ARRAY columns LOOP
    found_order := sync.compare_value(coalesce(a -> name, 'null'), coalesce(b -> name, 'null'));
    IF found_order <> 0 THEN RETURN found_order; END IF;
  END LOOP;
  RETURN 0;
END $$;

-- One form for one state: the lowest stamp is not repeated, and what one site wrote alone needs no vector.
CREATE FUNCTION sync.compacted(vals jsonb, lowest jsonb, stamps jsonb, seen jsonb, deletion jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  base jsonb;
  others jsonb;
  whole jsonb;
BEGIN
  SELECT value INTO base FROM jsonb_each(stamps) ORDER BY (value ->> 0)::bigint, (value ->> 1)::bigint LIMIT 1;
  base := coalesce(base, lowest);
  SELECT jsonb_object_agg(key, value) INTO others FROM jsonb_each(stamps) WHERE value <> base;
  whole := jsonb_build_object('values', vals, 'stamp', base);
  IF others IS NOT NULL THEN whole := whole || jsonb_build_object('stamps', others); END IF;
  IF deletion IS NOT NULL THEN whole := whole || jsonb_build_object('deletion', deletion); END IF;
  IF seen = sync.seen_by(whole) THEN RETURN whole; END IF;
  RETURN whole || jsonb_build_object('seen', seen);
END $$;

CREATE FUNCTION sync.is_alive(state jsonb, rules jsonb) RETURNS boolean LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF NOT state ? 'deletion' THEN RETURN true; END IF;
  IF (rules -> 'deletionWins')::boolean THEN RETURN false; END IF;
  -- What the centre wrote since keeps the row, whatever has been written over it.
  IF state -> 'values' <> '{}'
    AND coalesce((sync.seen_by(state) ->> '0')::bigint, -1) > coalesce((state #>> '{deletion,saw,0}')::bigint, -1) THEN RETURN true; END IF;
  RETURN EXISTS (
    SELECT FROM (SELECT DISTINCT sync.register_of(rules, name) AS register FROM jsonb_object_keys(state -> 'values') AS name) AS r
    WHERE NOT rules -> 'quiet' ? register
      AND NOT sync.has_seen(state -> 'deletion' -> 'saw', sync.stamp_of(state, register))
  );
END $$;

-- The latest stamp of what somebody decided.
CREATE FUNCTION sync.latest_stamp(state jsonb, rules jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT stamp
  FROM (
    SELECT sync.stamp_of(state, register) AS stamp
    FROM (SELECT DISTINCT sync.register_of(rules, name) AS register FROM jsonb_object_keys(state -> 'values') AS name) AS r
    WHERE NOT rules -> 'quiet' ? register
  ) AS s
  ORDER BY (stamp ->> 0)::bigint DESC, (stamp ->> 1)::bigint DESC LIMIT 1
$$;

-- The columns of a register among those of `vals`, in their order.
CREATE FUNCTION sync.columns_of(vals jsonb, register text, rules jsonb) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN ARRAY(SELECT name FROM jsonb_object_keys(vals) AS name WHERE sync.register_of(rules, name) = register ORDER BY name COLLATE "C");
END $$;

-- Joins two states of one row: {state, conflicts}. Commutative, associative and idempotent in the state.
-- Its plans are kept: one for the very values of two states takes longer than to join them.
CREATE FUNCTION sync.merge_rows(a jsonb, b jsonb, rules jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  a_seen jsonb := sync.seen_by(a);
  b_seen jsonb := sync.seen_by(b);
  a_values jsonb := a -> 'values';
  b_values jsonb := b -> 'values';
  vals jsonb;
  stamps jsonb;
  disputed jsonb;
  conflicts jsonb := '[]';
  deletion jsonb;
  merged jsonb;
  dead jsonb;
  living jsonb;
  registers jsonb := rules -> 'registers';
  whole text := CASE WHEN (rules -> 'isWhole')::boolean THEN 'row' END;
  quiet jsonb := rules -> 'quiet';
  a_lowest jsonb := a -> 'stamp';
  b_lowest jsonb := b -> 'stamp';
  a_stamps jsonb := a -> 'stamps';
  b_stamps jsonb := b -> 'stamps';
BEGIN
  -- One line for each column; what is said of its register is the same in all lines of the register.
  SELECT jsonb_object_agg(name, coalesce(CASE WHEN place >= 0 THEN av ELSE bv END, av, bv)),
    jsonb_object_agg(register, CASE WHEN place >= 0 THEN a_stamp ELSE b_stamp END),
    jsonb_agg(jsonb_build_array(name, register, place >= 0)) FILTER (WHERE NOT is_same AND in_a AND in_b
      AND NOT sync.has_seen(b_seen, a_stamp) AND NOT sync.has_seen(a_seen, b_stamp) AND NOT quiet ? register)
  INTO vals, stamps, disputed
  FROM (
    SELECT *, CASE
      WHEN in_a <> in_b THEN in_a::integer - in_b::integer
      WHEN a_stamp <> b_stamp THEN sync.compare_stamps(a_stamp, b_stamp)
      WHEN is_same THEN 0
      ELSE sync.compare_values(a_values, b_values, sync.columns_of(a_values || b_values, register, rules)) END AS place
    FROM (
      SELECT name, av, bv, register, bool_or(av IS NOT NULL) OVER its AS in_a, bool_or(bv IS NOT NULL) OVER its AS in_b,
        bool_and(coalesce(av, 'null') = coalesce(bv, 'null')) OVER its AS is_same,
        coalesce(a_stamps -> register, a_lowest) AS a_stamp, coalesce(b_stamps -> register, b_lowest) AS b_stamp
      FROM (
        SELECT name, a_values -> name AS av, b_values -> name AS bv,
          coalesce(registers ->> name, whole, name) AS register
        FROM jsonb_object_keys(a_values || b_values) AS name
      ) AS columns
      WINDOW its AS (PARTITION BY register)
    ) AS registers OFFSET 0
  ) AS decided;

  IF disputed IS NOT NULL THEN
    SELECT jsonb_agg(jsonb_build_object('kind', 'concurrentEdit', 'register', register, 'lostValues', lost_values,
      'kept', sync.stamp_of(CASE WHEN is_a THEN a ELSE b END, register), 'lost', sync.stamp_of(CASE WHEN is_a THEN b ELSE a END, register)
    ) ORDER BY first COLLATE "C") INTO conflicts
    FROM (
      SELECT d ->> 1 AS register, (d -> 2)::boolean AS is_a, min((d ->> 0) COLLATE "C") AS first,
        jsonb_object_agg(d ->> 0, coalesce(CASE WHEN (d -> 2)::boolean THEN b_values ELSE a_values END -> (d ->> 0), 'null')) AS lost_values
      FROM jsonb_array_elements(disputed) AS d GROUP BY 1, 2
    ) AS r;
  END IF;

  deletion := CASE
    WHEN a -> 'deletion' IS NULL THEN b -> 'deletion'
    WHEN b -> 'deletion' IS NULL THEN a -> 'deletion'
    ELSE jsonb_build_object(
      'stamp', CASE WHEN sync.compare_stamps(a #> '{deletion,stamp}', b #> '{deletion,stamp}') >= 0
        THEN a #> '{deletion,stamp}' ELSE b #> '{deletion,stamp}' END,
      'saw', sync.joined(a #> '{deletion,saw}', b #> '{deletion,saw}')
    )
  END;
  merged := sync.compacted(
    coalesce(vals, '{}'),
    CASE WHEN sync.compare_stamps(a -> 'stamp', b -> 'stamp') >= 0 THEN a -> 'stamp' ELSE b -> 'stamp' END,
    coalesce(stamps, '{}'), sync.joined(a_seen, b_seen), deletion
  );
  IF deletion IS NULL OR NOT sync.is_alive(merged, rules) THEN
    RETURN jsonb_build_object('state', merged, 'conflicts', conflicts);
  END IF;

  -- Where each side was dead and the other had what brings it back, the later deletion is the one to ask about.
  IF sync.is_alive(a, rules) OR (NOT sync.is_alive(b, rules) AND sync.compare_stamps(b #> '{deletion,stamp}', a #> '{deletion,stamp}') > 0)
  THEN dead := b; living := a; ELSE dead := a; living := b; END IF;
  IF NOT sync.is_alive(dead, rules) AND NOT sync.has_seen(sync.seen_by(living), dead #> '{deletion,stamp}') THEN
    conflicts := conflicts || jsonb_build_object(
      'kind', 'deleteOverridden', 'register', '*', 'kept', coalesce(sync.latest_stamp(living, rules), living -> 'stamp'),
      'lost', dead #> '{deletion,stamp}', 'lostValues', '{}'::jsonb
    );
  END IF;
  RETURN jsonb_build_object('state', merged, 'conflicts', conflicts);
END $$;

-- A write on top of a state, by whom the stamp says: their registers get the stamp, everything else stays.
CREATE FUNCTION sync.written(state jsonb, changes jsonb, stamp jsonb, rules jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  stamps jsonb;
BEGIN
  SELECT jsonb_object_agg(register, CASE WHEN is_written THEN stamp ELSE sync.stamp_of(state, register) END) INTO stamps
  FROM (
    SELECT sync.register_of(rules, name) AS register, bool_or(changes ? name) AS is_written
    FROM jsonb_object_keys((state -> 'values') || changes) AS name GROUP BY 1
  ) AS r;
  RETURN sync.compacted(
    (state -> 'values') || changes, state -> 'stamp', stamps,
    sync.joined(sync.seen_by(state), jsonb_build_object(stamp ->> 1, stamp -> 0)), state -> 'deletion'
  );
END $$;

-- Values as SQLite holds them, in the types of PostgreSQL. What no device can hold is refused, not bent into shape -------
-- Stable where a cast is, although its text has one meaning everywhere: only so does PostgreSQL put the body in place of the call.

CREATE FUNCTION sync.unfit(value jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RAISE EXCEPTION 'unfit value' USING ERRCODE = 'invalid_parameter_value';
END $$;

CREATE FUNCTION sync.as_text(value jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN jsonb_typeof(value) IN ('string', 'null') THEN value #>> '{}' ELSE sync.unfit(value) END
$$;

CREATE FUNCTION sync.as_whole(value jsonb) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN jsonb_typeof(value) IN ('number', 'null') THEN value #>> '{}' ELSE sync.unfit(value) END::bigint
$$;

CREATE FUNCTION sync.as_real(value jsonb) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN jsonb_typeof(value) IN ('number', 'null') THEN value #>> '{}' ELSE sync.unfit(value) END::double precision
$$;

CREATE FUNCTION sync.as_flag(value jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE value WHEN '0' THEN false WHEN '1' THEN true WHEN 'null' THEN NULL ELSE sync.unfit(value)::boolean END
$$;

-- In one form only, the one that is written here too. The year 0 of SQLite is the year 1 before Christ of PostgreSQL.
CREATE FUNCTION sync.as_time(value jsonb) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN value = 'null' THEN NULL
    WHEN length(value #>> '{}') <> 24 THEN sync.unfit(value)
    WHEN left(value #>> '{}', 4) = '0000' THEN CASE
      WHEN translate(value #>> '{}', '123456789', '000000000') <> '0000-00-00T00:00:00.000Z' OR substr(value #>> '{}', 12, 2) > '23'
        OR substr(value #>> '{}', 15, 1) > '5' OR substr(value #>> '{}', 18, 1) > '5' THEN sync.unfit(value)
      ELSE '0001' || replace(substr(value #>> '{}', 5), 'Z', '+00 BC') END
    WHEN to_char((value #>> '{}')::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') <> value #>> '{}' THEN sync.unfit(value)
    ELSE value #>> '{}'
  END::timestamptz
$$;

CREATE FUNCTION sync.as_date(value jsonb) RETURNS date LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN value = 'null' THEN NULL
    WHEN translate(value #>> '{}', '123456789', '000000000') <> '0000-00-00' THEN sync.unfit(value)
    WHEN left(value #>> '{}', 4) = '0000' THEN '0001' || substr(value #>> '{}', 5) || ' BC'
    ELSE value #>> '{}'
  END::date
$$;

-- jsonb takes no NUL and no half of a surrogate pair, which JSON of a machine may hold as an escape.
CREATE FUNCTION sync.mended_json(value text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN value::jsonb;
EXCEPTION WHEN untranslatable_character OR invalid_text_representation THEN
  value := replace(value, '\\', E'\x01');
  value := regexp_replace(value, '\\u0000', '\\ufffd', 'g');
  value := regexp_replace(value, '\\u([dD][89abAB][0-9a-fA-F]{2})(?!\\u[dD][c-fC-F])', '\\ufffd', 'g');
  value := regexp_replace(value, '(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][c-fC-F][0-9a-fA-F]{2}', '\1', 'g');
  RETURN replace(value, E'\x01', '\\')::jsonb;
END $$;

CREATE FUNCTION sync.as_json(value jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN jsonb_typeof(value) NOT IN ('string', 'null') THEN sync.unfit(value)::jsonb
    WHEN strpos(value #>> '{}', '\u') > 0 THEN sync.mended_json(value #>> '{}')
    ELSE (value #>> '{}')::jsonb
  END
$$;

-- What a machine pushes -----------------------------------------------------------------------------------------------

CREATE FUNCTION sync.is_whole(value jsonb, lowest numeric, highest numeric) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN jsonb_typeof(value) = 'number' THEN scale(value::numeric) = 0 AND value::numeric BETWEEN lowest AND highest ELSE false END
$$;

-- Clocks end twelve days below 2^53, so that there is room above whatever a machine may claim.
CREATE FUNCTION sync.is_stamp(value jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN jsonb_typeof(value) = 'array'
    THEN jsonb_array_length(value) = 2 AND sync.is_whole(value -> 0, 0, 9002801208229888) AND sync.is_whole(value -> 1, 0, 2097151) ELSE false END
$$;

-- By their text, since a query inside would keep a function from being put in place of its call: they are asked of every row.
CREATE FUNCTION sync.are_stamps(value jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN jsonb_typeof(value) = 'object' THEN jsonb_path_query_array(value, '$.*')::text ~ '^\[(\[\d{1,16}, \d{1,7}\](, )?)*\]$'
    AND NOT jsonb_path_exists(value, '$.* ? (@[0] > 9002801208229888 || @[1] > 2097151)') ELSE false END
$$;

CREATE FUNCTION sync.is_vector(value jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(value::text ~ '^\{("(0|[1-9]\d{0,6})": \d{1,16}(, )?)*\}$', false)
$$;

-- But for what kinds of values there are.
CREATE FUNCTION sync.is_well_formed(pushed jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN jsonb_typeof(pushed) IS DISTINCT FROM 'object' OR jsonb_typeof(pushed -> 'values') IS DISTINCT FROM 'object' THEN false
    WHEN NOT (sync.is_whole(pushed -> 'table', 1, 99999) AND sync.is_whole(pushed -> 'id', 1, 9007199254740991)
      AND sync.is_whole(pushed -> 'base', 0, 9999999999999999) AND sync.is_stamp(pushed -> 'stamp')) OR pushed ? 'offered' THEN false
    ELSE (pushed -> 'values' <> '{}' OR pushed ? 'deletion')
      AND (NOT pushed ? 'stamps' OR sync.are_stamps(pushed -> 'stamps')) AND (NOT pushed ? 'seen' OR sync.is_vector(pushed -> 'seen'))
      AND (NOT pushed ? 'deletion' OR sync.is_stamp(pushed #> '{deletion,stamp}') AND sync.is_vector(pushed #> '{deletion,saw}'))
  END
$$;

-- Whether a state that is no deletion has its one form already, as every machine sends it: some register stands at the lowest stamp,
-- the others have a later one, and what has been seen is said only where that is more than the writes of one site. False says nothing.
CREATE FUNCTION sync.is_in_one_form(pushed jsonb, rules jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT NOT pushed ? 'deletion' AND r.at_lowest AND r.later = (SELECT count(*) FROM jsonb_object_keys(g.stamps)) AND g.stamps <> '{}'
    AND CASE WHEN pushed ? 'seen'
      THEN sync.has_seen(pushed -> 'seen', pushed -> 'stamp') AND NOT EXISTS (
          SELECT FROM jsonb_each(g.stamps) AS e (register, stamp)
          WHERE sync.compare_stamps(stamp, pushed -> 'stamp') <= 0 OR NOT sync.has_seen(pushed -> 'seen', stamp)
        ) AND pushed -> 'seen' <> sync.seen_by(pushed - 'seen')
      ELSE NOT EXISTS (
        SELECT FROM jsonb_each(g.stamps) AS e (register, stamp)
        WHERE stamp -> 1 <> pushed -> 'stamp' -> 1 OR (stamp -> 0)::bigint <= (pushed -> 'stamp' -> 0)::bigint
      ) END
  FROM (SELECT coalesce(pushed -> 'stamps', '{}') AS stamps OFFSET 0) AS g CROSS JOIN LATERAL (
    SELECT bool_or(NOT g.stamps ? register) AS at_lowest, count(DISTINCT register) FILTER (WHERE g.stamps ? register) AS later
    FROM (SELECT sync.register_of(rules, name) AS register FROM jsonb_object_keys(pushed -> 'values') AS name OFFSET 0) AS n
  ) AS r
$$;

-- What `state_in` does with a state that may be in any form.
CREATE FUNCTION sync.brought_into_form(pushed jsonb, rules jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  stamps jsonb;
  seen jsonb;
  deletion jsonb := pushed -> 'deletion';
BEGIN
  SELECT coalesce(jsonb_object_agg(register, sync.stamp_of(pushed, register)), '{}') INTO stamps
  FROM (SELECT DISTINCT sync.register_of(rules, name) AS register FROM jsonb_object_keys(pushed -> 'values') AS name) AS r;
  IF deletion IS NOT NULL THEN deletion := jsonb_build_object('stamp', deletion -> 'stamp', 'saw', deletion -> 'saw'); END IF;
  seen := sync.seen_by(pushed);
  -- Whoever holds a write has seen it.
  SELECT sync.joined(seen, coalesce(jsonb_object_agg(site, clock), '{}')) INTO seen FROM (
    SELECT value ->> 1 AS site, max((value ->> 0)::bigint) AS clock
    FROM (SELECT value FROM jsonb_each(stamps) UNION ALL SELECT deletion -> 'stamp' WHERE deletion IS NOT NULL) AS s GROUP BY 1
  ) AS own;
  RETURN sync.compacted(pushed -> 'values', pushed -> 'stamp', stamps, seen, deletion);
END $$;

-- Without what is no part of a row state, and in its one form.
CREATE FUNCTION sync.state_in(pushed jsonb, rules jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF NOT pushed ?| ARRAY['stamps', 'seen', 'deletion'] THEN
    RETURN jsonb_build_object('values', pushed -> 'values', 'stamp', pushed -> 'stamp');
  END IF;
  IF sync.is_in_one_form(pushed, rules) THEN
    RETURN jsonb_build_object('values', pushed -> 'values', 'stamp', pushed -> 'stamp', 'stamps', pushed -> 'stamps')
      || CASE WHEN pushed ? 'seen' THEN jsonb_build_object('seen', pushed -> 'seen') ELSE '{}' END;
  END IF;
  RETURN sync.brought_into_form(pushed, rules);
END $$;

CREATE FUNCTION sync.has_foreign_site(pushed jsonb, sites integer[]) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF (pushed -> 'stamp' ->> 1)::integer <> ALL (sites) THEN RETURN true; END IF;
  IF NOT pushed ?| ARRAY['stamps', 'seen', 'deletion'] THEN RETURN false; END IF;
  RETURN EXISTS (
    SELECT FROM (
      SELECT (value ->> 1)::integer AS site FROM jsonb_each(pushed -> 'stamps')
      UNION ALL SELECT key::integer FROM jsonb_each(pushed -> 'seen')
      UNION ALL SELECT (pushed #>> '{deletion,stamp,1}')::integer WHERE pushed ? 'deletion'
      UNION ALL SELECT key::integer FROM jsonb_each(pushed #> '{deletion,saw}')
    ) AS s WHERE site <> ALL (sites)
  );
END $$;

CREATE FUNCTION sync.clipped(vector jsonb, known jsonb, sites integer[]) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_object_agg(key, CASE WHEN key::integer = ANY (sites) THEN value::bigint ELSE least(value::bigint, (known ->> key)::bigint) END), '{}')
  FROM jsonb_each_text(vector) WHERE key::integer = ANY (sites) OR known ? key
$$;

-- A pushed state of a row that is known, in its one form, reduced to what its author may say: other sites' writes stand as the centre knows
-- them. Null when it claims a write of another site that the centre has not.
CREATE FUNCTION sync.vetted(state jsonb, known jsonb, sites integer[], rules jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  known_seen jsonb := sync.seen_by(known);
  vals jsonb := state -> 'values';
  stamps jsonb := '{}';
  deletion jsonb := state -> 'deletion';
  its jsonb;
  register record;
BEGIN
  IF NOT sync.has_foreign_site(state, sites) THEN RETURN state; END IF;
  FOR register IN
    SELECT sync.register_of(rules, name) AS name, array_agg(name) AS columns, bool_or(known -> 'values' ? name) AS is_known
    FROM jsonb_object_keys(state -> 'values') AS name GROUP BY 1
  LOOP
    its := sync.stamp_of(state, register.name);
    IF (its ->> 1)::integer <> ALL (sites) THEN
      -- It stood here until what the row said was forgotten; or whoever wrote the row had no such column, which stands with the author as
      -- it does in a new row.
      IF NOT register.is_known AND sync.has_seen(known_seen, its) THEN
        vals := vals - register.columns;
        CONTINUE;
      END IF;
      IF NOT register.is_known OR sync.compare_stamps(its, sync.stamp_of(known, register.name)) > 0 THEN RETURN NULL; END IF;
      -- What is older than what stands here loses by itself; in its place a deletion would seem to have met the newer.
      IF its = sync.stamp_of(known, register.name) THEN
        SELECT vals - register.columns || jsonb_object_agg(name, known -> 'values' -> name) INTO vals
        FROM unnest(register.columns) AS name WHERE known -> 'values' ? name;
      END IF;
    END IF;
    stamps := stamps || jsonb_build_object(register.name, its);
  END LOOP;
  IF (deletion #>> '{stamp,1}')::integer <> ALL (sites) THEN
    IF known -> 'deletion' IS NULL OR sync.compare_stamps(deletion -> 'stamp', known #> '{deletion,stamp}') > 0 THEN RETURN NULL; END IF;
    deletion := known -> 'deletion';
  ELSIF deletion IS NOT NULL THEN
    deletion := jsonb_build_object('stamp', deletion -> 'stamp', 'saw', sync.clipped(deletion -> 'saw', known_seen, sites));
  END IF;
  RETURN sync.compacted(vals, CASE WHEN (state -> 'stamp' ->> 1)::integer = ANY (sites) THEN state -> 'stamp' ELSE known -> 'stamp' END,
    stamps, sync.clipped(sync.seen_by(state), known_seen, sites), deletion);
END $$;

-- The state that a pushed row brings where it only follows what is known, and the columns that it writes anew: it has seen all of that,
-- is later by writes of its own in some registers and the same in the others, and nobody deleted anything. Then it is vetted, and
-- joining the two gives it again, and nobody is asked. None where that is not so, or cannot be told from here. One query, so that it
-- becomes a part of the one around it, and by registers that have a stamp of their own, which are few, instead of by columns.
CREATE FUNCTION sync.successor(pushed jsonb, known jsonb, sites integer[], rules jsonb) RETURNS TABLE (state jsonb, changed text[]) LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('values', vals, 'stamp', lowest)
    || CASE WHEN stamps <> '{}' THEN jsonb_build_object('stamps', stamps) ELSE '{}' END
    || CASE WHEN pushed ? 'seen' THEN jsonb_build_object('seen', seen) ELSE '{}' END, p.changed
  FROM (
    SELECT g.*, c.*,
      CASE WHEN g.lowest = g.known_lowest THEN c.rewritten ELSE ARRAY(SELECT jsonb_object_keys(g.vals - c.untouched)) END AS changed,
      coalesce(pushed -> 'seen', jsonb_build_object(g.lowest ->> 1, greatest(c.latest, (g.lowest ->> 0)::bigint))) AS seen,
      coalesce(known -> 'seen', jsonb_build_object(g.known_lowest ->> 1, greatest(c.known_latest, (g.known_lowest ->> 0)::bigint))) AS known_seen
    FROM (
      SELECT pushed -> 'values' AS vals, pushed -> 'stamp' AS lowest, coalesce(pushed -> 'stamps', '{}') AS stamps,
        known -> 'values' AS known_vals, known -> 'stamp' AS known_lowest, coalesce(known -> 'stamps', '{}') AS known_stamps,
        rules -> 'registers' AS registers, (rules -> 'isWhole')::boolean AS is_whole
      WHERE NOT pushed ? 'deletion' AND NOT known ? 'deletion' OFFSET 0
    ) AS g CROSS JOIN LATERAL (
      SELECT max((stamp ->> 0)::bigint) AS latest, max((known_stamp ->> 0)::bigint) AS known_latest,
        -- In its one form but for what it has seen and that some register stands at the lowest stamp.
        coalesce(bool_and(name IS NOT NULL AND (NOT g.stamps ? register OR sync.compare_stamps(stamp, g.lowest) > 0)), true) AS is_in_form,
        coalesce(bool_and(stamp = known_stamp OR sync.is_later_by(stamp, known_stamp, sites)), true) AS follows,
        coalesce(bool_and(stamp -> 1 = g.lowest -> 1), true) AS is_of_one, coalesce(bool_and(sync.has_seen(pushed -> 'seen', stamp)), true) AS has_seen_all,
        coalesce(array_agg(name) FILTER (WHERE g.stamps ? register), '{}') AS later,
        coalesce(array_agg(name) FILTER (WHERE stamp <> known_stamp), '{}') AS rewritten, coalesce(array_agg(name) FILTER (WHERE stamp = known_stamp), '{}') AS untouched
      FROM (
        SELECT register, coalesce(g.stamps -> register, g.lowest) AS stamp, coalesce(g.known_stamps -> register, g.known_lowest) AS known_stamp,
          coalesce((SELECT array_agg(e.key) FROM jsonb_each_text(g.registers) AS e WHERE e.value = register),
            CASE WHEN NOT g.is_whole AND NOT g.registers ? register THEN ARRAY[register] END) AS names
        FROM jsonb_object_keys(g.stamps || g.known_stamps) AS register
      ) AS r LEFT JOIN LATERAL unnest(r.names) AS name ON true
    ) AS c
  ) AS p
  WHERE is_in_form AND follows AND (lowest = known_lowest OR sync.is_later_by(lowest, known_lowest, sites)) AND vals ?& later AND vals - later <> '{}'
    AND vals ?& p.changed AND vals - p.changed = known_vals - p.changed
    AND CASE WHEN pushed ? 'seen' THEN has_seen_all AND sync.has_seen(seen, lowest) AND seen <> jsonb_build_object(lowest ->> 1, greatest(latest, (lowest ->> 0)::bigint))
      ELSE is_of_one END
    AND seen - sites::text[] = known_seen - sites::text[]
    AND NOT EXISTS (SELECT FROM unnest(sites::text[]) AS site WHERE coalesce((seen ->> site)::bigint, -1) < (known_seen ->> site)::bigint)
$$;

-- The registers of `pushed` with one of these columns, where its author has written another value, as the centre knows them. Returns
-- {state, columns}. It has seen what it had seen: what it says of other columns may still meet what others wrote, and what was held
-- back of it counts as seen too. The centre therefore writes once more what it keeps, so that nothing brings that back.
CREATE FUNCTION sync.held_back(pushed jsonb, known jsonb, columns text[], rules jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  vals jsonb := pushed -> 'values';
  stamps jsonb := '{}';
  held text[] := '{}';
  register record;
  is_held boolean;
BEGIN
  FOR register IN
    SELECT sync.register_of(rules, name) AS name, array_agg(name) AS columns FROM jsonb_object_keys(pushed -> 'values') AS name GROUP BY 1
  LOOP
    is_held := coalesce(register.columns && columns, false)
      AND sync.compare_values(pushed -> 'values', known -> 'values', register.columns) <> 0
      -- What is older loses by itself.
      AND sync.compare_stamps(sync.stamp_of(pushed, register.name), sync.stamp_of(known, register.name)) >= 0;
    IF is_held THEN
      SELECT vals - register.columns || coalesce(jsonb_object_agg(name, known -> 'values' -> name), '{}') INTO vals
      FROM unnest(register.columns) AS name WHERE known -> 'values' ? name;
      held := held || register.columns;
    END IF;
    stamps := stamps || jsonb_build_object(register.name, sync.stamp_of(CASE WHEN is_held THEN known ELSE pushed END, register.name));
  END LOOP;
  RETURN jsonb_build_object(
    'state', sync.compacted(vals, pushed -> 'stamp', stamps, sync.seen_by(pushed), pushed -> 'deletion'),
    'columns', to_jsonb(held)
  );
END $$;

-- The sites whose writes a row may bring: those of the author, and what the centre gave out and lost, those of everybody.
CREATE FUNCTION sync.sites_for(pushed jsonb, sites integer[], organization bigint) RETURNS integer[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF NOT pushed ? 'offered' THEN RETURN sites; END IF;
  RETURN (SELECT array_agg(s.site) || 0 FROM sync.site AS s WHERE s.organization_id = organization);
END $$;

-- One row by its key, and what has been written beyond a number. With OFFSET, here and wherever else something is looked for: joined
-- into the query around it, a planner that takes the tables for small would choose other ways, and read all that the organization has.
CREATE FUNCTION sync.row_at(its_table integer, its_id bigint) RETURNS SETOF sync.row LANGUAGE sql STABLE AS $$
  SELECT * FROM sync.row AS r WHERE r.table_number = its_table AND r.id = its_id OFFSET 0
$$;

CREATE FUNCTION sync.written_since(organization bigint, since bigint) RETURNS SETOF sync.row LANGUAGE sql STABLE AS $$
  SELECT * FROM sync.row AS r WHERE r.organization_id = organization AND r.number > since OFFSET 0
$$;

-- What the centre itself writes, as site 0 -----------------------------------------------------------------------------

CREATE FUNCTION sync.next_numbers(organization bigint, count integer) RETURNS bigint LANGUAGE sql VOLATILE AS $$
  UPDATE sync.head SET number = number + count WHERE organization_id = organization RETURNING number - count
$$;

CREATE FUNCTION sync.put(number integer, ids bigint[]) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  its sync.rule;
BEGIN
  SELECT * INTO its FROM sync.rule WHERE table_number = put.number;
  EXECUTE replace(its.put, '<rows>', format('r.table_number = %s AND r.id = ANY ($1)', its.table_number)) USING ids;
END $$;

-- What was written of a table beyond a number, and which of its references wait for rows that are still to come.
CREATE FUNCTION sync.put_since(its sync.rule, organization bigint, since bigint) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  EXECUTE replace(its.put, '<rows>', 'r.organization_id = $1 AND r.number > $2') USING organization, since;
  EXECUTE its.put_waiting USING organization, since;
END $$;

-- New states of rows that are known. By their ids and each once: a planner that takes the table for small would read all of it, or all
-- that is given anew for each row.
CREATE FUNCTION sync.write_states(its sync.rule, ids bigint[], states jsonb[], numbers bigint[], echoes integer[], received bigint) RETURNS void LANGUAGE plpgsql VOLATILE
  SET enable_nestloop = off SET enable_mergejoin = off AS $$
BEGIN
  UPDATE sync.row AS t SET state = w.state, alive = NOT w.state ? 'deletion' OR sync.is_alive(w.state, its.rules), number = w.number,
    received_clock = received, echo_of = w.echo_of
  FROM unnest(ids, states, numbers, echoes) AS w (id, state, number, echo_of)
  WHERE t.table_number = its.table_number AND t.id = w.id AND t.id = ANY (ids);
END $$;

-- Of rows that stand in the typed table those columns that have changed, which are plain; in the same way.
CREATE FUNCTION sync.put_plain(its sync.rule, ids bigint[], vals jsonb[], changed jsonb[]) RETURNS void LANGUAGE plpgsql VOLATILE
  SET enable_nestloop = off SET enable_mergejoin = off AS $$
BEGIN
  EXECUTE its.put_plain USING ids, vals, changed;
END $$;

-- Fills in references to rows that have come, or have come back, since a number.
CREATE FUNCTION sync.fill_waiting(organization bigint, since bigint) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  filled record;
BEGIN
  IF NOT EXISTS (SELECT FROM sync.waiting AS w WHERE w.organization_id = organization) THEN RETURN; END IF;
  FOR filled IN
    WITH found AS (
      DELETE FROM sync.waiting AS w USING sync.written_since(organization, since) AS come
      WHERE w.organization_id = organization AND w.parent_table = come.table_number AND w.parent_id = come.id AND come.alive
      RETURNING w.table_number, w.id
    ) SELECT table_number, array_agg(DISTINCT id) AS ids FROM found GROUP BY 1
  LOOP
    PERFORM sync.put(filled.table_number, filled.ids);
  END LOOP;
END $$;

CREATE FUNCTION sync.centre_clock(state jsonb) RETURNS bigint LANGUAGE sql VOLATILE AS $$
  SELECT greatest(sync.now_clock(), sync.highest_clock(state) + 1)
$$;

-- Empty `changes` of a dead row make it live again with the image it had.
CREATE FUNCTION sync.write_as_centre(number integer, row_id bigint, changes jsonb) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  known sync.row;
  its sync.rule;
  first_column text;
  stamp jsonb;
  last_number bigint;
BEGIN
  SELECT * INTO known FROM sync.row WHERE table_number = write_as_centre.number AND id = row_id;
  SELECT * INTO its FROM sync.rule WHERE table_number = write_as_centre.number;
  stamp := jsonb_build_array(sync.centre_clock(known.state), 0);
  IF changes = '{}' THEN
    -- An edit by somebody who knew of none of this stands beside it, and nobody is asked.
    SELECT name INTO first_column FROM jsonb_object_keys(known.state -> 'values') AS name
    ORDER BY name = 'updated_at' DESC, name = 'created_at' DESC, name LIMIT 1;
    changes := jsonb_build_object(first_column, known.state -> 'values' -> first_column);
  END IF;
  known.state := sync.written(known.state, changes, stamp, its.rules);
  last_number := sync.next_numbers(known.organization_id, 1);
  UPDATE sync.row SET state = known.state, alive = sync.is_alive(known.state, its.rules),
    number = last_number + 1, received_clock = (stamp ->> 0)::bigint, echo_of = NULL
  WHERE table_number = known.table_number AND id = row_id;
  PERFORM sync.put_since(its, known.organization_id, last_number);
  RETURN stamp;
END $$;

-- `is_forgotten`: nothing that the row said is left.
CREATE FUNCTION sync.delete_as_centre(number integer, row_id bigint, is_forgotten boolean) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  known sync.row;
  stamp jsonb;
  seen jsonb;
BEGIN
  SELECT * INTO known FROM sync.row WHERE table_number = delete_as_centre.number AND id = row_id;
  stamp := jsonb_build_array(sync.centre_clock(known.state), 0);
  -- Not its own stamp: what a centre wrote before it was restored it has not seen.
  seen := sync.seen_by(known.state);
  known.state := known.state || jsonb_build_object(
    'seen', seen,
    'deletion', jsonb_build_object('stamp', stamp, 'saw', sync.joined(seen, coalesce(known.state #> '{deletion,saw}', '{}')))
  );
  IF is_forgotten THEN known.state := known.state || '{"values": {}}'; END IF;
  UPDATE sync.row SET state = known.state, alive = false,
    number = sync.next_numbers(known.organization_id, 1) + 1, received_clock = (stamp ->> 0)::bigint, echo_of = NULL
  WHERE table_number = known.table_number AND id = row_id;
  RETURN stamp;
END $$;

-- What people are to decide: a row, a register of it, and both sides.
CREATE TYPE sync.dispute AS (
  table_number integer, row_id bigint, person_id bigint, kind text, register text, kept jsonb, lost jsonb, kept_values jsonb, lost_values jsonb
);

CREATE FUNCTION sync.dispute_about(subject sync.row, kind text, register text, kept jsonb, lost jsonb, kept_values jsonb, lost_values jsonb)
RETURNS sync.dispute LANGUAGE sql IMMUTABLE AS $$
  SELECT ROW(subject.table_number, subject.id, subject.person_id, kind, register, kept, lost, kept_values, lost_values)::sync.dispute
$$;

CREATE FUNCTION sync.put_conflicts(ids bigint[]) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  IF cardinality(ids) > 0 THEN
    PERFORM sync.put((SELECT table_number FROM sync.rule WHERE name = 'sync_conflicts'), ids);
  END IF;
END $$;

-- Notes them for people to decide, but for those that were noted before. What signs somebody in is not shown.
CREATE FUNCTION sync.note_conflicts(organization bigint, disputes sync.dispute[]) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  secret constant text[] := ARRAY['password_hash', 'secret_hash', 'code'];
  conflicts integer := (SELECT table_number FROM sync.rule WHERE name = 'sync_conflicts');
  clock bigint := sync.now_clock();
  noticed text := to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
  last_number bigint;
  noted bigint[];
BEGIN
  IF cardinality(disputes) = 0 THEN RETURN; END IF;
  last_number := sync.next_numbers(organization, cardinality(disputes));
  WITH said AS MATERIALIZED (
    SELECT d.*, left(concat_ws(':', d.kind, d.table_number, d.row_id, d.register, d.lost ->> 0, d.lost ->> 1), 100) AS key
    FROM unnest(disputes) WITH ORDINALITY AS d (table_number, row_id, person_id, kind, register, kept, lost, kept_values, lost_values, place)
  ), inserted AS (
    INSERT INTO sync.row (table_number, id, organization_id, number, person_id, state, alive, received_clock, first_number)
    SELECT conflicts, nextval('sync.conflict_ids'), organization, last_number + d.place, d.person_id, jsonb_build_object(
      'stamp', jsonb_build_array(clock, 0),
      'values', jsonb_build_object(
        'organization_id', organization, 'key', d.key, 'kind', d.kind, 'table_number', d.table_number,
        'row_id', d.row_id, 'person_id', CASE WHEN d.person_id > 0 THEN d.person_id END, 'register', left(d.register, 60),
        'kept_clock', d.kept -> 0, 'kept_site', d.kept -> 1, 'lost_clock', d.lost -> 0, 'lost_site', d.lost -> 1,
        'kept_values', (d.kept_values - secret)::text, 'lost_values', (d.lost_values - secret)::text, 'kept_by', NULL, 'lost_by', NULL,
        'noticed_at', noticed, 'decided_by', NULL, 'decided_at', NULL, 'decision', NULL
      )
    ), true, clock, last_number + d.place
    FROM said AS d WHERE NOT EXISTS (SELECT FROM public.sync_conflicts AS c WHERE c.key = d.key OFFSET 0) RETURNING id
  )
  SELECT array_agg(id) INTO noted FROM inserted;
  PERFORM sync.put_conflicts(noted);
END $$;

CREATE FUNCTION sync.note_conflict(subject sync.row, kind text, register text, kept jsonb, lost jsonb, kept_values jsonb, lost_values jsonb)
RETURNS void LANGUAGE sql VOLATILE AS $$
  SELECT sync.note_conflicts(subject.organization_id, ARRAY[sync.dispute_about(subject, kind, register, kept, lost, kept_values, lost_values)])
$$;

-- Who wrote the two sides of conflicts that were noticed just now: whoever the log of that machine names with the row, or with the
-- file that it is part of, nearest to the time of the write. The lines of the log have come with the rows.
CREATE FUNCTION sync.name_writers(organization bigint, since bigint) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  named bigint[];
BEGIN
  WITH noticed AS MATERIALIZED (
    SELECT r.table_number, r.id, n.v, c.name AS resource, (n.v ->> 'row_id')::bigint AS row_id, (n.v ->> 'person_id')::bigint AS person,
      (n.v ->> 'kept_clock')::bigint / 4096 AS kept_at, (n.v ->> 'kept_site')::bigint AS kept_site,
      (n.v ->> 'lost_clock')::bigint / 4096 AS lost_at, (n.v ->> 'lost_site')::bigint AS lost_site
    FROM sync.written_since(organization, since) AS r CROSS JOIN LATERAL (SELECT r.state -> 'values' AS v) AS n
    LEFT JOIN sync.rule AS c ON c.table_number = (n.v ->> 'table_number')::integer
    WHERE r.first_number > since AND r.table_number = (SELECT table_number FROM sync.rule WHERE name = 'sync_conflicts')
  ), found AS MATERIALIZED (
    SELECT n.table_number, n.id, n.v AS before, n.v || jsonb_build_object('kept_by', w.kept_by, 'lost_by', w.lost_by) AS v
    FROM noticed AS n CROSS JOIN LATERAL (
      SELECT (array_agg(l.user_id ORDER BY abs(l.at - n.kept_at)) FILTER (WHERE l.site = n.kept_site))[1] AS kept_by,
        (array_agg(l.user_id ORDER BY abs(l.at - n.lost_at)) FILTER (WHERE l.site = n.lost_site))[1] AS lost_by
      FROM (
        SELECT n.resource AS type, n.row_id AS id
        UNION SELECT 'beneficiaries', b.id FROM public.beneficiaries AS b WHERE b.user_id = n.person AND n.resource IN ('users', 'profiles')
      ) AS about CROSS JOIN LATERAL (
        SELECT a.user_id, a.organization_id, a.id >> 32 AS site, extract(epoch FROM a.created_at) * 1000 - 1704067200000 AS at
        FROM public.activity_logs AS a WHERE a.resource_type = about.type AND a.resource_id = about.id OFFSET 0
      ) AS l
      WHERE l.organization_id = organization AND l.user_id IS NOT NULL
    ) AS w
  ), written AS (
    UPDATE sync.row AS r SET state = r.state || jsonb_build_object('values', f.v)
    FROM found AS f WHERE r.table_number = f.table_number AND r.id = f.id AND f.v <> f.before RETURNING r.id
  )
  SELECT array_agg(id) INTO named FROM written;
  PERFORM sync.put_conflicts(named);
END $$;

CREATE FUNCTION sync.values_of(state jsonb, register text, rules jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(state -> 'values') WHERE sync.register_of(rules, key) = register
$$;

-- Nothing is left of a dead row but that it went, and whose it was.
CREATE FUNCTION sync.is_forgotten(state jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT state ? 'deletion' AND (state -> 'values') - 'organization_id' = '{}'
$$;

-- A dead row lives again because a living one cannot be without it.
CREATE FUNCTION sync.revive(parent sync.row) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  kept jsonb;
BEGIN
  IF parent.alive OR sync.is_forgotten(parent.state) THEN RETURN; END IF;
  kept := sync.write_as_centre(parent.table_number, parent.id, '{}');
  PERFORM sync.note_conflict(parent, 'parentRevived', '*', kept, parent.state #> '{deletion,stamp}', '{}', '{}');
END $$;

-- The row accepted first stays and takes what was written later to the other; what refers to the other refers to it.
CREATE FUNCTION sync.unite(its sync.rule, first_id bigint, other_id bigint) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  stays sync.row;
  goes sync.row;
  later jsonb := '{}';
  differing record;
  kept_stamp jsonb;
  lost_stamp jsonb;
  lost_values jsonb;
  kept_values jsonb;
  referring record;
  child record;
BEGIN
  SELECT * INTO stays FROM sync.row WHERE table_number = its.table_number AND id = first_id;
  SELECT * INTO goes FROM sync.row WHERE table_number = its.table_number AND id = other_id;
  FOR differing IN
    SELECT register AS name, sync.values_of(stays.state, register, its.rules) AS own, sync.values_of(goes.state, register, its.rules) AS others,
      sync.stamp_of(stays.state, register) AS own_stamp, sync.stamp_of(goes.state, register) AS other_stamp
    FROM (SELECT DISTINCT sync.register_of(its.rules, name) AS register FROM jsonb_object_keys(goes.state -> 'values') AS name) AS r
  LOOP
    CONTINUE WHEN differing.own = differing.others OR differing.name = ANY (its.unique_columns);
    IF sync.compare_stamps(differing.other_stamp, differing.own_stamp) > 0 THEN
      later := later || (differing.others - its.unique_columns);
      kept_values := differing.others; lost_values := differing.own;
      kept_stamp := differing.other_stamp; lost_stamp := differing.own_stamp;
    ELSE
      kept_values := differing.own; lost_values := differing.others;
      kept_stamp := differing.own_stamp; lost_stamp := differing.other_stamp;
    END IF;
    CONTINUE WHEN its.rules -> 'quiet' ? differing.name;
    PERFORM sync.note_conflict(stays, 'sameThing', differing.name, kept_stamp, lost_stamp, kept_values, lost_values);
  END LOOP;
  IF later <> '{}' THEN PERFORM sync.write_as_centre(its.table_number, first_id, later); END IF;
  FOR referring IN SELECT r.*, c.name FROM sync.reference AS r JOIN sync.rule AS c USING (table_number) WHERE parent_table = its.table_number LOOP
    FOR child IN EXECUTE format('SELECT id FROM public.%I WHERE %I = $1', referring.name, referring.column_name) USING other_id LOOP
      PERFORM sync.write_as_centre(referring.table_number, child.id, jsonb_build_object(referring.column_name, first_id));
    END LOOP;
  END LOOP;
  PERFORM sync.delete_as_centre(its.table_number, other_id, false);
  EXECUTE format('DELETE FROM public.%I WHERE id = $1', its.name) USING other_id;
END $$;

-- Rows with one key, the one that was accepted first and each of the others. They are looked for by the column of the key that
-- tells the most: one person has few rows of a kind.
CREATE FUNCTION sync.twins(its sync.rule, organization bigint, since bigint, columns text[], condition text)
RETURNS TABLE (first_id bigint, other_id bigint) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  keys text := (SELECT string_agg(format('t.%I', name), ', ') FROM unnest(columns) AS name);
  same text := (SELECT string_agg(format('o.%1$I IS NOT DISTINCT FROM t.%1$I', name), ' AND ') FROM unnest(columns) AS name);
  narrow text := CASE WHEN 'beneficiary_id' = ANY (columns) THEN 'beneficiary_id' ELSE columns[1] END;
BEGIN
  RETURN QUERY EXECUTE format(
    'WITH touched AS MATERIALIZED (
       SELECT DISTINCT %1$s FROM sync.written_since($1, $2) AS r
       CROSS JOIN LATERAL (SELECT * FROM public.%2$I AS w WHERE w.id = r.id OFFSET 0) AS t
       WHERE r.table_number = %3$s AND r.alive AND %4$s
         AND EXISTS (SELECT FROM public.%2$I AS o WHERE o.%5$I = t.%5$I AND o.id <> t.id AND %6$s AND o.organization_id + 0 = $1 OFFSET 0)
     ), same AS (
       SELECT %1$s, first_value(o.id) OVER w AS first_id, o.id, row_number() OVER w AS place
       FROM public.%2$I AS t CROSS JOIN LATERAL sync.row_at(%3$s, t.id) AS o
       WHERE o.alive AND %4$s AND t.%5$I = ANY (ARRAY(SELECT %5$I FROM touched)) AND t.organization_id + 0 = $1
       WINDOW w AS (PARTITION BY %1$s ORDER BY o.first_number)
     )
     SELECT first_id, id FROM same AS t WHERE place > 1 AND (%1$s) IN (SELECT * FROM touched)',
    keys, its.name, its.table_number, condition, narrow, same
  ) USING organization, since;
END $$;

-- A centre that was restored has noticed anew what it had noticed before, and a device brings that back: one stays, with
-- what somebody has decided about either.
CREATE FUNCTION sync.join_conflicts(its sync.rule, first_id bigint, other_id bigint) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  stays sync.row;
  goes sync.row;
BEGIN
  SELECT * INTO stays FROM sync.row WHERE table_number = its.table_number AND id = first_id;
  SELECT * INTO goes FROM sync.row WHERE table_number = its.table_number AND id = other_id;
  IF stays.state #> '{values,decided_at}' = 'null' AND goes.state #> '{values,decided_at}' <> 'null' THEN
    PERFORM sync.write_as_centre(its.table_number, first_id, sync.values_of(goes.state, 'decision', its.rules));
  END IF;
  PERFORM sync.delete_as_centre(its.table_number, other_id, false);
  DELETE FROM public.sync_conflicts WHERE id = other_id;
END $$;

-- An id, whatever else a device may have written in its place.
CREATE FUNCTION sync.as_id(value jsonb) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN sync.is_whole(value, 1, 9007199254740991) THEN (value #>> '{}')::bigint END
$$;

-- Whether what a row says is of somebody who was erased: it is about them, or a message from or to them.
CREATE FUNCTION sync.is_of_erased(its sync.rule, person bigint, vals jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT its.name NOT IN ('erasure_orders', 'privacy_requests', 'sync_conflicts') AND its.kind <> 'push' AND EXISTS (
    SELECT FROM public.erasure_orders AS o WHERE o.person_id = person
      OR its.name = 'messages' AND o.person_id::text IN (vals ->> 'sender_id', vals ->> 'recipient_id')
  )
$$;

-- What a line of the log says that is of these people: from where they called (`origin`), its `words` where they are about one of
-- them, and each change of a row of theirs by its place, as in main/domains/activity/chain.ts; null where it says nothing of theirs.
CREATE FUNCTION sync.said_of(line public.activity_logs, is_about boolean, its_people bigint[]) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_object_agg(place, part) FROM (
    SELECT 'origin' AS place, jsonb_build_array(line.ip_address, line.user_agent) AS part
    WHERE line.user_id = ANY (its_people) AND (line.ip_address IS NOT NULL OR line.user_agent IS NOT NULL)
    UNION ALL
    SELECT 'words', line.details - 'changes'
    WHERE is_about AND jsonb_typeof(line.details) = 'object' AND line.details - 'changes' NOT IN ('{}', '{"isErased": true}')
    UNION ALL
    SELECT (place - 1)::text, change
    FROM jsonb_array_elements(CASE WHEN jsonb_typeof(line.details -> 'changes') = 'array' THEN line.details -> 'changes' ELSE '[]' END)
      WITH ORDINALITY AS c (change, place)
    WHERE change ? 'fields' AND sync.as_id(change -> 'person') = ANY (its_people)
  ) AS parts
$$;

CREATE FUNCTION sync.with_parts(details jsonb, parts jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(parts -> 'words', details - 'changes') || CASE WHEN details ? 'changes' THEN jsonb_build_object('changes', (
    SELECT jsonb_agg(coalesce(parts -> (place - 1)::text, change) ORDER BY place)
    FROM jsonb_array_elements(details -> 'changes') WITH ORDINALITY AS c (change, place)
  )) ELSE '{}' END
$$;

-- What stands in the place of a part that was taken away; of a change, which row it was stays known.
CREATE FUNCTION sync.erased_part(part jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN part ? 'fields' THEN part - ARRAY['person', 'fields'] ELSE '{}' END || '{"isErased": true}'
$$;

-- Takes out of the lines of the log beyond this number what they say of these people, and tells what that was: that something
-- happened stays, and who did it as a number. What a line is about is one of these rows of theirs. No device hears of it: each
-- does the same with its own lines.
CREATE FUNCTION sync.unsay(organization bigint, since bigint, its_people bigint[], tables text[], ids bigint[]) RETURNS TABLE (line_id bigint, parts jsonb) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  logs integer := (SELECT table_number FROM sync.rule WHERE name = 'activity_logs');
  found record;
BEGIN
  FOR found IN
    SELECT a.line, t.id IS NOT NULL AS is_about
    FROM sync.written_since(organization, since) AS r CROSS JOIN LATERAL (SELECT l AS line, l.* FROM public.activity_logs AS l WHERE l.id = r.id OFFSET 0) AS a
    LEFT JOIN (SELECT DISTINCT name, id FROM unnest(tables, ids) AS u (name, id)) AS t ON t.name = a.resource_type AND t.id = a.resource_id
    WHERE r.table_number = logs AND (
      t.id IS NOT NULL OR a.user_id = ANY (its_people) OR EXISTS (
        SELECT FROM jsonb_path_query(a.details, '$.changes[*].person') AS person WHERE sync.as_id(person) = ANY (its_people)
      )
    )
  LOOP
    line_id := (found.line).id;
    parts := sync.said_of(found.line, found.is_about, its_people);
    CONTINUE WHEN parts IS NULL;
    PERFORM sync.write_as_centre(logs, line_id, jsonb_build_object('details', sync.with_parts(
      (found.line).details, (SELECT jsonb_object_agg(key, sync.erased_part(value)) FROM jsonb_each(parts))
    )::text) || CASE WHEN parts ? 'origin' THEN '{"ip_address": null, "user_agent": null}' ELSE '{}' END::jsonb);
    RETURN NEXT;
  END LOOP;
END $$;

-- A person who was erased: what others wrote of them meanwhile goes, and the account says nothing any more.
CREATE FUNCTION sync.erase(organization bigint, since bigint) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  ordered record;
  about record;
BEGIN
  FOR ordered IN
    SELECT o.person_id FROM sync.written_since(organization, since) AS r
    CROSS JOIN LATERAL (SELECT * FROM public.erasure_orders AS e WHERE e.id = r.id OFFSET 0) AS o
    WHERE r.alive AND r.table_number = (SELECT table_number FROM sync.rule WHERE name = 'erasure_orders')
  LOOP
    PERFORM FROM (
      SELECT array_agg(c.name) AS tables, array_agg(r.id) AS ids FROM sync.row AS r JOIN sync.rule AS c USING (table_number)
      WHERE r.organization_id = organization AND r.person_id = ordered.person_id
    ) AS theirs CROSS JOIN sync.unsay(organization, 0, ARRAY[ordered.person_id], theirs.tables, theirs.ids);
    -- What was not taken when it came says as much of them as what was, also where nothing else is known of it than whom it names.
    UPDATE sync.refused AS n SET row = '' FROM sync.row AS r
    WHERE n.organization_id = organization AND r.table_number = n.table_number AND r.id = n.id AND r.person_id = ordered.person_id;
    UPDATE sync.refused AS n SET row = '' FROM sync.reference AS f, sync.row AS r
    WHERE n.organization_id = organization AND n.row <> '' AND f.table_number = n.table_number AND r.table_number = f.parent_table
      AND r.id = sync.as_id(sync.parsed(n.row) -> 'values' -> f.column_name)
      AND (r.person_id = ordered.person_id OR NOT r.alive AND sync.is_forgotten(r.state));
    FOR about IN
      SELECT * FROM (
        SELECT r.*, c.name, c.place FROM sync.row AS r JOIN sync.rule AS c USING (table_number)
        WHERE r.organization_id = organization AND r.person_id = ordered.person_id
          AND c.name NOT IN ('erasure_orders', 'privacy_requests') AND c.kind <> 'push'
        UNION ALL
        SELECT r.*, c.name, c.place FROM sync.row AS r JOIN sync.rule AS c USING (table_number)
        WHERE r.organization_id = organization AND c.name = 'messages'
          AND ordered.person_id::text IN (r.state #>> '{values,sender_id}', r.state #>> '{values,recipient_id}')
      ) AS all_of_them ORDER BY place DESC
    LOOP
      IF about.name = 'users' THEN
        -- Somebody may have written a part of it after whoever erased them.
        CONTINUE WHEN sync.is_nameless(about.state -> 'values') AND about.state #>> '{values,password_hash}' IN ('', '!');
        PERFORM sync.write_as_centre(about.table_number, about.id, jsonb_build_object(
          'email', format('erased-%s@no-email.invalid', about.id), 'name', format('Erased person %s', about.id),
          'password_hash', '', 'is_active', 0
        ));
      ELSIF about.name = 'sync_conflicts' THEN
        CONTINUE WHEN about.state #> '{values,lost_values}' = 'null' AND about.state #> '{values,kept_values}' = 'null';
        PERFORM sync.write_as_centre(about.table_number, about.id, '{"kept_values": null, "lost_values": null}');
      ELSIF about.alive THEN
        PERFORM sync.delete_as_centre(about.table_number, about.id, true);
      ELSIF about.state -> 'values' <> '{}' THEN
        UPDATE sync.row SET state = about.state || '{"values": {}}' || jsonb_build_object('seen', sync.seen_by(about.state))
        WHERE table_number = about.table_number AND id = about.id;
      END IF;
    END LOOP;
  END LOOP;
  IF FOUND THEN PERFORM sync.forget_contents(organization, 'infinity'); END IF;
  -- A deletion that comes later brings an image of what is gone.
  IF EXISTS (SELECT FROM public.erasure_orders AS o WHERE o.organization_id = organization) THEN
    UPDATE sync.row AS r SET state = r.state || '{"values": {}}' || jsonb_build_object('seen', sync.seen_by(r.state))
    FROM sync.rule AS c
    WHERE c.table_number = r.table_number AND r.organization_id = organization AND r.number > since AND NOT r.alive
      AND r.state -> 'values' <> '{}' AND sync.is_of_erased(c, r.person_id, r.state -> 'values');
    UPDATE sync.refused AS n SET row = '' FROM sync.row AS r, sync.reference AS f
    WHERE r.organization_id = organization AND r.number > since AND NOT r.alive AND sync.is_forgotten(r.state)
      AND f.parent_table = r.table_number AND n.organization_id = organization AND n.row <> '' AND n.table_number = f.table_number
      AND r.id = sync.as_id(sync.parsed(n.row) -> 'values' -> f.column_name);
  END IF;
END $$;

-- A living row has no dead parent: the parent lives again, or the reference is emptied.
CREATE FUNCTION sync.mend_reference(child_table integer, child_id bigint, column_name text, parent_table integer, parent_id bigint, is_firm boolean)
RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  parent sync.row;
  child sync.row;
BEGIN
  SELECT * INTO parent FROM sync.row AS r WHERE r.table_number = parent_table AND r.id = parent_id;
  IF parent.alive THEN RETURN; END IF;
  IF is_firm THEN
    PERFORM sync.revive(parent);
    RETURN;
  END IF;
  PERFORM sync.write_as_centre(child_table, child_id, jsonb_build_object(column_name, NULL));
  -- A trainer whose account is gone has nobody any more.
  IF column_name = 'trainer_id' AND child_table = (SELECT table_number FROM sync.rule WHERE name = 'beneficiaries') THEN
    SELECT * INTO child FROM sync.row AS r WHERE r.table_number = child_table AND r.id = child_id;
    PERFORM sync.hand_over(child.organization_id, child.person_id, parent_id, NULL, 0);
  END IF;
END $$;

-- Contents from before then that no row names any more, neither a living one nor a dead one that may come back, nor a value
-- that somebody may still decide for. They are what devices name them: docs/sync.md, "Contents".
CREATE FUNCTION sync.forget_contents(organization bigint, before timestamptz) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  named text[];
BEGIN
  SELECT array_agg(DISTINCT path) INTO named FROM (
    SELECT r.state -> 'values' ->> 'file_path' AS path FROM sync.row AS r JOIN sync.rule AS c USING (table_number)
    WHERE r.organization_id = organization AND c.name = 'documents'
    UNION ALL
    SELECT sync.parsed(r.state -> 'values' ->> side) ->> 'file_path' FROM sync.row AS r JOIN sync.rule AS c USING (table_number)
    CROSS JOIN unnest(ARRAY['kept_values', 'lost_values']) AS side
    WHERE r.organization_id = organization AND c.name = 'sync_conflicts'
  ) AS p WHERE path IS NOT NULL;
  named := coalesce(named, '{}');
  DELETE FROM sync.content_piece AS p WHERE p.organization_id = organization AND 'pieces:' || p.list NOT IN (SELECT unnest(named))
    AND NOT EXISTS (SELECT FROM sync.content AS c WHERE c.organization_id = organization AND c.digest = p.list AND c.received_at >= before);
  DELETE FROM sync.content AS c WHERE c.organization_id = organization AND c.received_at < before
    AND 'content:' || c.digest NOT IN (SELECT unnest(named)) AND 'pieces:' || c.digest NOT IN (SELECT unnest(named))
    AND NOT EXISTS (SELECT FROM sync.content_piece AS p WHERE p.organization_id = organization AND p.digest = c.digest);
  DELETE FROM sync.content_part AS c WHERE c.organization_id = organization AND c.received_at < before
    AND 'content:' || c.digest NOT IN (SELECT unnest(named)) AND 'pieces:' || c.digest NOT IN (SELECT unnest(named))
    AND NOT EXISTS (SELECT FROM sync.content_piece AS p WHERE p.organization_id = organization AND p.digest = c.digest);
END $$;

CREATE FUNCTION sync.arbitrate(organization bigint, since bigint) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  before bigint;
  now_at bigint;
  its sync.rule;
  twin record;
  touched record;
  parent sync.row;
  stamp jsonb;
  firm boolean;
BEGIN
  <<again>>
  LOOP
    SELECT number INTO before FROM sync.head WHERE organization_id = organization;
    PERFORM sync.erase(organization, since);

    IF EXISTS (SELECT FROM sync.row WHERE organization_id = organization AND NOT alive) THEN
      -- First whatever lives again; only when nothing does any more are references to the dead emptied.
      FOREACH firm IN ARRAY ARRAY[true, false] LOOP
        SELECT number INTO now_at FROM sync.head WHERE organization_id = organization;
        -- Living children of dead parents, whichever of the two came now.
        FOR touched IN
          SELECT c.table_number, c.id, f.column_name, p.table_number AS parent_table, p.id AS parent_id
          FROM sync.written_since(organization, since) AS c JOIN sync.reference AS f ON f.table_number = c.table_number AND f.is_firm = firm
          CROSS JOIN LATERAL sync.row_at(f.parent_table, (c.state -> 'values' ->> f.column_name)::bigint) AS p
          WHERE c.alive AND NOT p.alive
        LOOP
          PERFORM sync.mend_reference(touched.table_number, touched.id, touched.column_name, touched.parent_table, touched.parent_id, firm);
        END LOOP;
        FOR touched IN
          SELECT f.table_number, c.name, f.column_name, f.parent_table, array_agg(p.id) AS parents
          FROM sync.written_since(organization, since) AS p JOIN sync.reference AS f ON f.parent_table = p.table_number AND f.is_firm = firm
          JOIN sync.rule AS c ON c.table_number = f.table_number
          WHERE NOT p.alive AND c.kind <> 'push' GROUP BY 1, 2, 3, 4
        LOOP
          FOR twin IN EXECUTE format(
            'SELECT t.id, t.%1$I AS parent_id FROM public.%2$I AS t
             WHERE t.%1$I = ANY ($1) AND EXISTS (SELECT FROM sync.row_at(%3$s, t.id) AS r WHERE r.alive)', touched.column_name, touched.name, touched.table_number
          ) USING touched.parents LOOP
            PERFORM sync.mend_reference(touched.table_number, twin.id, touched.column_name, touched.parent_table, twin.parent_id, firm);
          END LOOP;
        END LOOP;
        CONTINUE again WHEN firm AND now_at <> (SELECT number FROM sync.head WHERE organization_id = organization);
      END LOOP;
    END IF;

    FOR its IN SELECT * FROM sync.rule AS c WHERE c.unique_columns IS NOT NULL
      AND c.table_number IN (SELECT r.table_number FROM sync.written_since(organization, since) AS r)
    LOOP
      FOR twin IN SELECT * FROM sync.twins(its, organization, since, its.unique_columns, (
        SELECT string_agg(format('t.%I IS NOT NULL', name), ' AND ') FROM unnest(its.unique_columns) AS name
      )) LOOP
        CASE its.name
          WHEN 'users' THEN
            SELECT * INTO parent FROM sync.row WHERE table_number = its.table_number AND id = twin.other_id;
            stamp := sync.write_as_centre(its.table_number, twin.other_id, jsonb_build_object(
              -- Still an address, so that the file of the person opens as any other.
              'email', left(format('dup-%s.%s', twin.other_id, parent.state #>> '{values,email}'), 120)
            ));
            PERFORM sync.note_conflict(parent, 'sameName', 'email', stamp, sync.stamp_of(parent.state, 'email'),
              jsonb_build_object('email', left(format('dup-%s.%s', twin.other_id, parent.state #>> '{values,email}'), 120)),
              jsonb_build_object('email', parent.state #> '{values,email}'));
          WHEN 'attempts' THEN
            PERFORM sync.write_as_centre(its.table_number, twin.other_id, jsonb_build_object('attempt_number', (
              SELECT max(o.attempt_number) + 1 FROM public.attempts AS t JOIN public.attempts AS o
                ON o.assessment_id = t.assessment_id AND o.beneficiary_id = t.beneficiary_id WHERE t.id = twin.other_id
            )));
          WHEN 'organizations' THEN NULL;
          WHEN 'sync_conflicts' THEN PERFORM sync.join_conflicts(its, twin.first_id, twin.other_id);
          ELSE PERFORM sync.unite(its, twin.first_id, twin.other_id);
        END CASE;
      END LOOP;
      IF its.name = 'attempts' THEN
        FOR twin IN SELECT * FROM sync.twins(its, organization, since, ARRAY['assessment_id', 'beneficiary_id'], 't.state = ''running''') LOOP
          SELECT * INTO parent FROM sync.row WHERE table_number = its.table_number AND id = twin.other_id;
          stamp := sync.write_as_centre(its.table_number, twin.other_id, jsonb_build_object(
            'state', 'handed_in', 'submitted_at', coalesce(parent.state #> '{values,updated_at}', parent.state #> '{values,started_at}'), 'paused_at', NULL
          ));
          PERFORM sync.note_conflict(parent, 'sameThing', 'progress', stamp, sync.stamp_of(parent.state, 'progress'),
            jsonb_build_object('state', 'handed_in'), sync.values_of(parent.state, 'progress', its.rules));
        END LOOP;
      END IF;
    END LOOP;

    SELECT number INTO now_at FROM sync.head WHERE organization_id = organization;
    EXIT WHEN now_at = before;
  END LOOP;
END $$;

-- Rows of people who have another trainer now leave the devices of the one and come, however old they are, to those of the other.
CREATE FUNCTION sync.hand_over(organization bigint, person bigint, old_trainer bigint, new_trainer bigint, since bigint) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  its sync.row;
  at_number bigint;
BEGIN
  IF old_trainer IS NOT DISTINCT FROM new_trainer THEN RETURN; END IF;
  FOR its IN
    SELECT (g.r).* FROM (
      SELECT r, c.place FROM sync.row AS r JOIN sync.rule AS c USING (table_number)
      WHERE r.organization_id = organization AND r.person_id = hand_over.person AND c.kind <> 'push'
      UNION ALL
      -- A link is about both, and stands under the first.
      SELECT r, c.place FROM public.beneficiaries AS b JOIN public.person_links AS l ON l.other_id = b.id
        JOIN sync.rule AS c ON c.name = 'person_links' CROSS JOIN LATERAL sync.row_at(c.table_number, l.id) AS r
      WHERE (b.user_id = hand_over.person OR b.id = -hand_over.person) AND r.organization_id = organization AND r.person_id IS DISTINCT FROM hand_over.person
      UNION ALL
      -- A conversation comes and goes with the account of the learner.
      SELECT r, c.place FROM (
        SELECT m.id FROM public.messages AS m WHERE m.sender_id = hand_over.person AND m.recipient_id IN (old_trainer, new_trainer)
        UNION SELECT m.id FROM public.messages AS m WHERE m.recipient_id = hand_over.person AND m.sender_id IN (old_trainer, new_trainer)
      ) AS said JOIN sync.rule AS c ON c.name = 'messages' CROSS JOIN LATERAL sync.row_at(c.table_number, said.id) AS r
      WHERE r.organization_id = organization
    ) AS g ORDER BY g.place, (g.r).id
  LOOP
    at_number := sync.next_numbers(organization, 2);
    -- They may come back before a device has heard that they left; not to a trainer who has lost their standing, and gets nothing.
    DELETE FROM sync.leave AS l WHERE l.organization_id = organization AND l.table_number = its.table_number AND l.id = its.id
      AND l.trainer_id = new_trainer AND sync.has_standing(organization, new_trainer);
    IF EXISTS (SELECT FROM sync.site WHERE organization_id = organization AND trainer_id = old_trainer) THEN
      INSERT INTO sync.leave (organization_id, number, table_number, id, trainer_id)
      VALUES (organization, at_number + 1, its.table_number, its.id, old_trainer);
    END IF;
    -- Also to whoever brings them back: they may have let go of them meanwhile.
    IF new_trainer IS NOT NULL AND (its.first_number <= since OR old_trainer IS NOT NULL) THEN
      UPDATE sync.row SET number = at_number + 2, echo_of = NULL WHERE table_number = its.table_number AND id = its.id;
    END IF;
  END LOOP;
END $$;

-- What is theirs to see and to write -----------------------------------------------------------------------------------

-- Whose account is gone, is not active, or is a learner's is nobody's trainer, whatever their people's files say.
CREATE FUNCTION sync.has_standing(organization bigint, trainer bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM (SELECT * FROM public.users AS k WHERE k.id = trainer OFFSET 0) AS u
    WHERE u.organization_id = organization AND u.is_active AND u.role <> 'student'
  )
$$;

-- The people whose files name a trainer, and those that did until they were deleted.
CREATE FUNCTION sync.people_under(organization bigint, trainer bigint) RETURNS bigint[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(DISTINCT person_id), '{}') FROM sync.row
  WHERE organization_id = organization AND trainer_id = trainer
$$;

-- Null where the trainer has no standing any more.
CREATE FUNCTION sync.people_of(organization bigint, trainer bigint) RETURNS bigint[] LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN sync.has_standing(organization, trainer) THEN sync.people_under(organization, trainer) END
$$;

-- What has to be looked up for some kinds of rows. By themselves, since a query inside would keep `trainer_sees` from being put in
-- place of its calls, and it is asked of every row of the feed.
CREATE FUNCTION sync.is_among(people bigint[], beneficiary bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT FROM public.beneficiaries AS b WHERE b.id = beneficiary AND coalesce(b.user_id, -b.id) = ANY (people));
END $$;

CREATE FUNCTION sync.is_with_anothers_learner(trainer bigint, people bigint[], sender bigint, recipient bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM public.users AS u WHERE u.id IN (sender, recipient) AND u.id <> trainer AND u.role = 'student' AND u.id <> ALL (people)
  );
END $$;

CREATE FUNCTION sync.is_of_everybody(its_table integer) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT FROM sync.rule AS c WHERE c.table_number = its_table AND c.trainer_reads IN ('always', 'all', 'shared'));
END $$;

CREATE FUNCTION sync.is_open_to(trainer bigint, document bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT FROM public.documents AS d WHERE d.id = document AND (d.is_public OR d.uploaded_by = trainer));
END $$;

CREATE FUNCTION sync.trainer_sees(reads text, trainer bigint, people bigint[], person bigint, vals jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN people IS NULL THEN reads = 'always' OR (reads = 'users' AND coalesce(person = trainer, false)) ELSE CASE reads
    WHEN 'always' THEN true
    WHEN 'all' THEN true
    WHEN 'none' THEN false
    WHEN 'person' THEN coalesce(person = ANY (people), false)
    WHEN 'both' THEN coalesce(person = ANY (people) AND sync.is_among(people, (vals ->> 'other_id')::bigint), false)
    WHEN 'shared' THEN person IS NULL OR person = ANY (people)
    WHEN 'users' THEN vals ->> 'role' IS DISTINCT FROM 'student' OR person = ANY (people)
    WHEN 'own' THEN coalesce(person = trainer OR person = ANY (people), false)
    WHEN 'views' THEN person IS NULL OR person = trainer
    -- A conversation is there as long as the account of the other one is.
    WHEN 'messages' THEN trainer::text IN (vals ->> 'sender_id', vals ->> 'recipient_id')
      AND NOT sync.is_with_anothers_learner(trainer, people, (vals ->> 'sender_id')::bigint, (vals ->> 'recipient_id')::bigint)
    -- About what is nobody's: only where everybody sees it.
    WHEN 'conflicts' THEN CASE WHEN person IS NULL THEN sync.is_of_everybody((vals ->> 'table_number')::integer) ELSE person = ANY (people) END
    WHEN 'appointments' THEN CASE WHEN person IS NULL THEN vals ->> 'trainer_id' IS NOT DISTINCT FROM trainer::text ELSE person = ANY (people) END
    -- A picture of a question goes with the questions, which all share.
    WHEN 'documents' THEN CASE WHEN person IS NULL
      THEN (vals ->> 'is_public' = '1' OR vals ->> 'category' = 'question' OR vals ->> 'uploaded_by' IS NOT DISTINCT FROM trainer::text) IS TRUE
      ELSE person = ANY (people) END
    WHEN 'shares' THEN CASE WHEN person IS NULL THEN sync.is_open_to(trainer, (vals ->> 'document_id')::bigint) ELSE person = ANY (people) END
  END END
$$;

-- Everything but their own account leaves the devices of a trainer who has lost their standing, and comes again, however old it is,
-- to those of one who has it back. Looked at after every push, whichever way an account has changed.
CREATE FUNCTION sync.follow_standing(organization bigint) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  turned record;
  tables integer[];
  ids bigint[];
  last_number bigint;
BEGIN
  FOR turned IN
    SELECT trainer_id, stands, sync.people_under(organization, trainer_id) AS people FROM (
      SELECT s.trainer_id, bool_or(s.stands) AS stood, sync.has_standing(organization, s.trainer_id) AS stands
      FROM sync.site AS s WHERE s.organization_id = organization AND s.scope = 'trainer' GROUP BY s.trainer_id
    ) AS t WHERE stood <> stands
  LOOP
    UPDATE sync.site SET stands = turned.stands WHERE organization_id = organization AND trainer_id = turned.trainer_id;
    SELECT coalesce(array_agg(r.table_number ORDER BY c.place, r.id), '{}'), coalesce(array_agg(r.id ORDER BY c.place, r.id), '{}') INTO tables, ids
    FROM sync.row AS r JOIN sync.rule AS c ON c.table_number = r.table_number
    WHERE r.organization_id = organization AND c.kind <> 'push'
      AND sync.trainer_sees(c.trainer_reads, turned.trainer_id, turned.people, r.person_id, r.state -> 'values')
      AND NOT sync.trainer_sees(c.trainer_reads, turned.trainer_id, NULL, r.person_id, r.state -> 'values');
    last_number := sync.next_numbers(organization, cardinality(ids));
    IF turned.stands THEN
      DELETE FROM sync.leave AS l USING unnest(tables, ids) AS g (table_number, id)
      WHERE l.organization_id = organization AND l.trainer_id = turned.trainer_id AND l.table_number = g.table_number AND l.id = g.id;
      UPDATE sync.row AS r SET number = last_number + g.place, echo_of = NULL
      FROM unnest(tables, ids) WITH ORDINALITY AS g (table_number, id, place) WHERE r.table_number = g.table_number AND r.id = g.id;
    ELSE
      INSERT INTO sync.leave (organization_id, number, table_number, id, trainer_id)
      SELECT organization, last_number + g.place, g.table_number, g.id, turned.trainer_id
      FROM unnest(tables, ids) WITH ORDINALITY AS g (table_number, id, place);
    END IF;
  END LOOP;
END $$;

-- Of what is gone, and says nothing any more, everybody hears.
CREATE FUNCTION sync.kiosk_sees(its sync.rule, vals jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT its.kiosk_reads AND (its.kiosk_only IS NULL OR vals @> its.kiosk_only OR vals = '{}')
$$;

-- Whether a row left this trainer's devices after a number: what they wrote before they heard of it is still theirs to say.
CREATE FUNCTION sync.left_unheard(site sync.site, known sync.row, heard bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM sync.leave AS l WHERE l.organization_id = site.organization_id AND l.table_number = known.table_number AND l.id = known.id
      AND l.trainer_id = site.trainer_id AND l.number > heard
  )
$$;

-- `people`: those of its trainer, as the envelope came and now; whoever is handed over with it was theirs till then.
CREATE FUNCTION sync.may_write(site sync.site, its sync.rule, known sync.row, people bigint[]) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF site.scope = 'organization' THEN RETURN true; END IF;
  -- A line of a log is its machine's: it takes things out of it, where somebody is erased and as it grows old.
  IF its.kind = 'push' THEN
    RETURN CASE site.scope WHEN 'kiosk' THEN its.kiosk_writes ELSE its.trainer_writes END
      AND EXISTS (SELECT FROM sync.site AS s WHERE s.site = (known.id >> 32)::integer AND s.family = site.family);
  END IF;
  IF site.scope = 'kiosk' THEN RETURN its.kiosk_writes; END IF;
  -- What everybody chooses from is the administrators'.
  RETURN its.trainer_writes AND NOT (its.trainer_reads = 'views' AND known.person_id IS NULL)
    AND (sync.trainer_sees(its.trainer_reads, site.trainer_id, people, known.person_id, known.state -> 'values') OR sync.left_unheard(site, known, site.pulled));
END $$;

-- What a device may refer to: what it has, had, or made. Everything else it knows of by guessing, and a row that named it would
-- tell somebody else about it, or tie what is theirs to it.
CREATE FUNCTION sync.may_refer(site sync.site, parents sync.rule, parent sync.row, people bigint[]) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN site.scope = 'kiosk' THEN parents.kiosk_reads OR parents.kiosk_writes
    WHEN sync.trainer_sees(parents.trainer_reads, site.trainer_id, people, parent.person_id, parent.state -> 'values') THEN true
    -- It has heard, or will hear, that this has left, or been erased: what was written before is told as such.
    ELSE parent.state -> 'values' = '{}' OR sync.left_unheard(site, parent, -1)
      OR EXISTS (SELECT FROM public.erasure_orders AS o WHERE o.person_id = parent.person_id)
  END
$$;

-- Rows with a reference, written by their author, to something that the author may not refer to: one rule for all tables and
-- columns. Logs say what happened, whoever it happened to.
CREATE FUNCTION sync.beyond_reach(site sync.site, sites integer[], its sync.rule, rows jsonb[], people bigint[]) RETURNS bigint[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(DISTINCT g.id), '{}')
  FROM (SELECT r, (r ->> 'id')::bigint AS id FROM unnest(rows) AS r WHERE NOT r ? 'offered' OFFSET 0) AS g
  JOIN sync.reference AS f ON f.table_number = its.table_number
  JOIN sync.rule AS c ON c.table_number = f.parent_table
  CROSS JOIN LATERAL sync.row_at(f.parent_table, (g.r -> 'values' ->> f.column_name)::bigint) AS p
  LEFT JOIN LATERAL sync.row_at(its.table_number, g.id) AS known ON true
  WHERE its.kind <> 'push' AND (p.id >> 32)::integer <> ALL (sites)
    AND (sync.stamp_of(g.r, sync.register_of(its.rules, f.column_name)) ->> 1)::integer = ANY (sites)
    AND known.state -> 'values' -> f.column_name IS DISTINCT FROM g.r -> 'values' -> f.column_name
    AND NOT sync.may_refer(site, c, p, people)
$$;

-- What a former trainer wrote to a row that has left their devices: a person decides about it, register by register.
CREATE FUNCTION sync.late_edits(its sync.rule, known sync.row, pushed jsonb, sites integer[]) RETURNS sync.dispute[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  disputes sync.dispute[] := '{}';
  late record;
BEGIN
  FOR late IN
    SELECT register AS name, sync.stamp_of(pushed, register) AS stamp, sync.values_of(pushed, register, its.rules) AS vals,
      sync.values_of(known.state, register, its.rules) AS known_vals
    FROM (SELECT DISTINCT sync.register_of(its.rules, name) AS register FROM jsonb_object_keys(pushed -> 'values') AS name) AS r
    ORDER BY 1
  LOOP
    CONTINUE WHEN (late.stamp ->> 1)::integer <> ALL (sites) OR late.vals = late.known_vals OR its.rules -> 'quiet' ? late.name;
    disputes := disputes || sync.dispute_about(known, 'lateEdit', late.name, sync.stamp_of(known.state, late.name), late.stamp, late.known_vals, late.vals);
  END LOOP;
  RETURN disputes;
END $$;

-- Whether a device has written into a row, which is no line of a log, only what machines write by themselves, as when somebody signs in
-- there: where that is not for it to write, nobody has to hear so. It goes by what the device says alone, and tells it nothing.
CREATE FUNCTION sync.is_quiet(pushed jsonb, sites integer[], its sync.rule) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT its.kind <> 'push' AND NOT pushed ? 'deletion' AND coalesce((
    SELECT bool_and(its.rules -> 'quiet' ? register)
    FROM (SELECT sync.register_of(its.rules, name) AS register FROM jsonb_object_keys(pushed -> 'values') AS name) AS r
    WHERE (sync.stamp_of(pushed, register) ->> 1)::integer = ANY (sites)
  ), false)
$$;

-- Columns that this site leaves as they are.
CREATE FUNCTION sync.protected_columns(site sync.site, its sync.rule, known sync.row) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT array_agg(name) FROM unnest(its.columns) AS name WHERE CASE
    WHEN its.name = 'sync_conflicts' THEN name NOT IN ('decided_by', 'decided_at', 'decision')
    WHEN site.scope = 'kiosk' AND its.name = 'learner_credentials' THEN name NOT IN ('failures', 'locked_until')
    WHEN site.scope = 'trainer' AND its.name = 'users' THEN CASE
      WHEN known.state #>> '{values,role}' = 'student' THEN name = 'role'
      WHEN known.id = site.trainer_id THEN name IN ('role', 'is_active', 'is_verified')
      ELSE name <> 'last_login' END
    ELSE false
  END
$$;

-- What an account says once its person was erased.
CREATE FUNCTION sync.is_nameless(vals jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(vals ->> 'email' LIKE 'erased-%@no-email.invalid' AND vals ->> 'name' LIKE 'Erased person%', false)
$$;

-- Whether a row was not taken because of whom it is about: what hangs on it is not taken for the same reason.
CREATE FUNCTION sync.was_erased(organization bigint, its_table integer, its_id bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM sync.refused AS n WHERE n.organization_id = organization AND n.table_number = its_table AND n.id = its_id AND n.reason = 'erased'
  ) OR EXISTS (
    SELECT FROM sync.row AS p WHERE p.table_number = its_table AND p.id = its_id AND NOT p.alive AND sync.is_forgotten(p.state)
      AND EXISTS (SELECT FROM public.erasure_orders AS o WHERE o.organization_id = organization)
  )
$$;

-- Whether a row went to another organization with whom it is about: what hangs on it is no longer taken here.
CREATE FUNCTION sync.has_left(organization bigint, its_table integer, its_id bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM sync.leave AS l WHERE l.organization_id = organization AND l.trainer_id IS NULL AND l.table_number = its_table AND l.id = its_id
  )
$$;

CREATE FUNCTION sync.hangs_on_erased(organization bigint, its sync.rule, vals jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM public.erasure_orders AS o WHERE o.organization_id = organization) AND EXISTS (
    SELECT FROM sync.reference AS f WHERE f.table_number = its.table_number AND f.is_firm
      AND sync.was_erased(organization, f.parent_table, (vals ->> f.column_name)::bigint)
  )
$$;

CREATE FUNCTION sync.missing_parent(organization bigint, its sync.rule, pushed jsonb) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN sync.was_erased(organization, f.parent_table, (pushed -> 'values' ->> f.column_name)::bigint) THEN 'erased'
    WHEN sync.has_left(organization, f.parent_table, (pushed -> 'values' ->> f.column_name)::bigint) THEN 'moved' ELSE 'parentMissing' END
  FROM sync.reference AS f
  WHERE f.table_number = its.table_number AND f.is_firm AND pushed -> 'values' ->> f.column_name IS NOT NULL AND NOT EXISTS (
    SELECT FROM sync.row_at(f.parent_table, (pushed -> 'values' ->> f.column_name)::bigint)
  ) LIMIT 1
$$;

-- What came in just now, and may do without somebody who went to another organization, stands without them: nobody here gets
-- what it names.
CREATE FUNCTION sync.empty_left(organization bigint, since bigint) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  loose record;
BEGIN
  IF NOT EXISTS (SELECT FROM sync.leave AS l WHERE l.organization_id = organization AND l.trainer_id IS NULL) THEN RETURN; END IF;
  FOR loose IN
    SELECT r.table_number, r.id, f.column_name FROM sync.written_since(organization, since) AS r
    JOIN sync.rule AS c ON c.table_number = r.table_number
    JOIN sync.reference AS f ON f.table_number = r.table_number AND NOT f.is_firm
    CROSS JOIN LATERAL (
      SELECT FROM sync.leave AS l WHERE l.organization_id = organization AND l.trainer_id IS NULL AND l.table_number = f.parent_table
        AND l.id = (r.state -> 'values' ->> f.column_name)::bigint LIMIT 1
    ) AS gone
    WHERE r.alive AND c.kind <> 'push'
  LOOP
    PERFORM sync.write_as_centre(loose.table_number, loose.id, jsonb_build_object(loose.column_name, NULL));
  END LOOP;
END $$;

-- What rows said before they were written, for `follow_moves`.
CREATE FUNCTION sync.as_they_stand(rows sync.row[]) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('table', r.table_number, 'id', r.id, 'person', r.person_id, 'values', r.state -> 'values')), '[]')
  FROM unnest(rows) AS r
$$;

-- Who may see a row is told by what it says, so a write may take it from the one trainer and bring it to the other. `stood`: the known
-- rows of this push as they were.
CREATE FUNCTION sync.follow_moves(site sync.site, sites integer[], stood jsonb, since bigint) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  organization bigint := site.organization_id;
  people_table integer := (SELECT table_number FROM sync.rule WHERE name = 'beneficiaries');
  moved record;
  child sync.row;
BEGIN
  -- What tells about an attempt, an assessment or a document is about whomever that is about now, and as open as that is.
  FOR moved IN
    SELECT r.id, r.person_id, f.table_number AS child_table, f.column_name, (s ->> 'person')::bigint IS DISTINCT FROM r.person_id AS is_anothers
    FROM jsonb_array_elements(stood) AS s CROSS JOIN LATERAL sync.row_at((s -> 'table')::integer, (s ->> 'id')::bigint) AS r
    JOIN sync.rule AS p ON p.table_number = r.table_number
    JOIN sync.reference AS f ON f.parent_table = r.table_number
    JOIN sync.rule AS c ON c.table_number = f.table_number
    WHERE (p.name, c.name, f.column_name) IN (
        ('attempts', 'marks', 'attempt_id'), ('attempts', 'attempt_incidents', 'attempt_id'), ('attempts', 'attempt_receipts', 'attempt_id'),
        ('assessments', 'questions', 'assessment_id'), ('assessments', 'papers', 'assessment_id'), ('documents', 'document_shares', 'document_id')
      ) AND ((s ->> 'person')::bigint IS DISTINCT FROM r.person_id
        OR (p.name = 'documents' AND s #> '{values,is_public}' IS DISTINCT FROM r.state #> '{values,is_public}'))
  LOOP
    FOR child IN
      SELECT k.* FROM sync.row AS k WHERE k.organization_id = organization AND k.table_number = moved.child_table
        AND (k.state -> 'values' ->> moved.column_name)::bigint = moved.id
    LOOP
      stood := stood || sync.as_they_stand(ARRAY[child]);
      UPDATE sync.row SET person_id = CASE WHEN moved.is_anothers THEN moved.person_id ELSE child.person_id END,
        number = sync.next_numbers(organization, 1) + 1, echo_of = NULL WHERE table_number = child.table_number AND id = child.id;
    END LOOP;
  END LOOP;

  -- Learners who have another trainer, or who have one as they come.
  FOR moved IN
    SELECT r.id, (s ->> 'person')::bigint AS person_before, r.person_id, (s #>> '{values,trainer_id}')::bigint AS old_trainer,
      (r.state #>> '{values,trainer_id}')::bigint AS new_trainer
    FROM sync.written_since(organization, since) AS r LEFT JOIN jsonb_array_elements(stood) AS s ON (s -> 'table')::integer = people_table AND (s ->> 'id')::bigint = r.id
    WHERE r.table_number = people_table
  LOOP
    IF moved.person_before <> moved.person_id THEN
      UPDATE sync.row SET person_id = moved.person_id WHERE organization_id = organization AND person_id = moved.person_before AND person_id = -moved.id;
    END IF;
    PERFORM sync.hand_over(organization, moved.person_id, moved.old_trainer, moved.new_trainer, since);
  END LOOP;

  -- Of everything else whoever saw it before, and does not now. What a trainer's laptop writes about somebody who left stays here alone.
  FOR moved IN
    SELECT r.table_number, r.id, t.trainer_id
    FROM (
      SELECT trainer_id, people, people || ARRAY(
        SELECT (s ->> 'person')::bigint FROM jsonb_array_elements(stood) AS s
        WHERE (s -> 'table')::integer = people_table AND (s #>> '{values,trainer_id}')::bigint = trainer_id
      ) AS people_before
      FROM (
        SELECT DISTINCT trainer_id, sync.people_of(organization, trainer_id) AS people FROM sync.site AS o
        WHERE o.organization_id = organization AND o.scope = 'trainer'
      ) AS trainers OFFSET 0
    ) AS t
    CROSS JOIN (
      SELECT (s -> 'table')::integer AS table_number, (s ->> 'id')::bigint AS id, (s ->> 'person')::bigint AS person, s -> 'values' AS vals
      FROM jsonb_array_elements(stood) AS s
      UNION ALL SELECT n.table_number, n.id, NULL, NULL FROM sync.written_since(organization, since) AS n
      WHERE site.scope = 'trainer' AND n.first_number > since AND (n.id >> 32)::integer = ANY (sites)
    ) AS s
    CROSS JOIN LATERAL sync.row_at(s.table_number, s.id) AS r
    JOIN sync.rule AS c ON c.table_number = r.table_number
    WHERE c.kind <> 'push' AND (s.vals IS NULL OR r.table_number <> people_table) AND r.state -> 'values' <> '{}'
      AND CASE WHEN s.vals IS NULL THEN t.trainer_id = site.trainer_id ELSE sync.trainer_sees(c.trainer_reads, t.trainer_id, t.people_before, s.person, s.vals) END
      AND NOT sync.trainer_sees(c.trainer_reads, t.trainer_id, t.people, r.person_id, r.state -> 'values')
    ORDER BY c.place
  LOOP
    INSERT INTO sync.leave (organization_id, number, table_number, id, trainer_id)
    VALUES (organization, sync.next_numbers(organization, 1) + 1, moved.table_number, moved.id, moved.trainer_id);
  END LOOP;

  -- With somebody who leaves a laptop, what was written there about them goes too, also where it was not sent. It comes again
  -- where they have come back since the laptop last asked.
  IF site.scope = 'trainer' THEN
    UPDATE sync.row AS r SET echo_of = NULL
    WHERE r.organization_id = organization AND r.number > since AND r.first_number > since AND r.echo_of = site.site AND (EXISTS (
      SELECT FROM sync.row AS f WHERE f.organization_id = organization AND f.person_id = r.person_id AND f.table_number = people_table
        AND f.number > site.pulled AND f.echo_of IS DISTINCT FROM site.site
    ) OR EXISTS (
      SELECT FROM sync.reference AS n CROSS JOIN LATERAL sync.row_at(n.parent_table, (r.state -> 'values' ->> n.column_name)::bigint) AS f
      WHERE n.table_number = r.table_number AND f.number > site.pulled AND f.echo_of IS DISTINCT FROM site.site
    ));
  END IF;
END $$;

-- Rows that are well-formed and of known tables; returns what is not taken. Fails as a whole when a value does not fit.
CREATE FUNCTION sync.take(site sync.site, sites integer[], rows jsonb[], places integer[]) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  organization bigint := site.organization_id;
  since bigint := (SELECT number FROM sync.head WHERE organization_id = organization);
  received bigint := sync.now_clock();
  has_trainers boolean := EXISTS (SELECT FROM sync.site AS s WHERE s.organization_id = organization AND s.scope = 'trainer');
  refused jsonb := '[]';
  its sync.rule;
  given record;
  result record;
  stood jsonb := '[]';
  beyond bigint[];
  before bigint;
  people_before bigint[] := CASE WHEN site.scope = 'trainer' THEN sync.people_of(site.organization_id, site.trainer_id) ELSE '{}' END;
  people bigint[];
BEGIN
  FOR its IN SELECT * FROM sync.rule WHERE table_number IN (SELECT (r -> 'table')::integer FROM unnest(rows) AS r) ORDER BY place LOOP
    people := CASE WHEN site.scope = 'trainer' THEN people_before || sync.people_of(organization, site.trainer_id) ELSE '{}' END;
    beyond := CASE WHEN site.scope = 'organization' THEN '{}' ELSE sync.beyond_reach(site, sites, its,
      ARRAY(SELECT r FROM unnest(rows) AS r WHERE (r -> 'table')::integer = its.table_number), people) END;
    refused := refused || (SELECT coalesce(jsonb_agg(jsonb_build_object(
        'place', place, 'table', its.table_number, 'id', r -> 'id', 'column', NULL, 'reason', 'outOfReach')), '[]')
      FROM unnest(rows, places) AS g (r, place) WHERE (r -> 'table')::integer = its.table_number AND (r ->> 'id')::bigint = ANY (beyond));
    SELECT array_agg(r ORDER BY place) FILTER (WHERE known IS NULL) AS new_rows,
      array_agg(place ORDER BY place) FILTER (WHERE known IS NULL) AS new_places,
      array_agg(r ORDER BY place) FILTER (WHERE known IS NOT NULL) AS known_rows,
      array_agg(place ORDER BY place) FILTER (WHERE known IS NOT NULL) AS known_places
    INTO given
    FROM (
      SELECT g.r, g.place, (
        SELECT k.id FROM sync.row AS k WHERE k.table_number = its.table_number AND k.id = (g.r ->> 'id')::bigint
      ) AS known
      FROM unnest(rows, places) AS g (r, place) WHERE (g.r -> 'table')::integer = its.table_number AND (g.r ->> 'id')::bigint <> ALL (beyond)
      -- Once for each row, not once for each of the four lists.
      OFFSET 0
    ) AS looked_up;

    IF given.new_rows IS NOT NULL THEN
      SELECT number INTO before FROM sync.head WHERE organization_id = organization;
      EXECUTE its.take_new INTO result USING given.new_rows, given.new_places, organization, sites, received, site.site, before, site.scope;
      refused := refused || result.refused;
      PERFORM sync.next_numbers(organization, result.taken);
      PERFORM sync.put_since(its, organization, before);
      people := CASE WHEN site.scope = 'trainer' THEN people_before || sync.people_of(organization, site.trainer_id) ELSE '{}' END;
    END IF;
    IF given.known_rows IS NOT NULL THEN
      IF has_trainers AND its.trainer_reads NOT IN ('always', 'all', 'none') THEN
        stood := stood || (SELECT sync.as_they_stand(array_agg(k)) FROM unnest(given.known_rows) AS g (r)
          CROSS JOIN LATERAL sync.row_at(its.table_number, (g.r ->> 'id')::bigint) AS k);
      END IF;
      refused := refused || sync.take_known(site, sites, people, its, given.known_rows, given.known_places, received);
    END IF;
  END LOOP;

  PERFORM sync.fill_waiting(organization, since);
  PERFORM sync.arbitrate(organization, since);
  -- Also what names a row that lives again.
  PERFORM sync.fill_waiting(organization, since);
  PERFORM sync.empty_left(organization, since);
  PERFORM sync.name_writers(organization, since);
  FOR its IN SELECT * FROM sync.rule WHERE table_number IN (
    SELECT r.table_number FROM sync.written_since(organization, since) AS r WHERE NOT r.alive
  ) ORDER BY place DESC LOOP
    EXECUTE its.take_out USING organization, since;
  END LOOP;
  IF has_trainers THEN
    PERFORM sync.follow_moves(site, sites, stood, since);
    PERFORM sync.follow_standing(organization);
  END IF;
  SET CONSTRAINTS ALL IMMEDIATE;
  SET CONSTRAINTS ALL DEFERRED;
  RETURN refused;
END $$;

-- Of rows that the centre has a state of, those that follow what stands here, as most do, at once; gives the places of the
-- others, which may be conflicts or are not to be taken. Where only plain columns have changed, these are written into the typed table
-- too, under `cardinality(rows)` numbers behind the last; the rest has higher numbers and is still to be put there.
CREATE FUNCTION sync.take_successors(site sync.site, sites integer[], people bigint[], its sync.rule, rows jsonb[], last_number bigint, received bigint) RETURNS integer[] LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  followed record;
BEGIN
  -- Of these some columns are not everybody's.
  IF its.name = 'sync_conflicts' OR (site.scope = 'kiosk' AND its.name = 'learner_credentials') OR (site.scope = 'trainer' AND its.name = 'users') THEN
    RETURN ARRAY(SELECT generate_series(1, cardinality(rows)));
  END IF;
  WITH given AS MATERIALIZED (
    SELECT g.place, k AS known, k.id, k.person_id, s.state AS pushed, s.state -> 'values' AS vals, s.changed, s.changed <@ its.plain_columns AS is_plain
    FROM unnest(rows) WITH ORDINALITY AS g (r, place) CROSS JOIN LATERAL sync.row_at(its.table_number, (g.r ->> 'id')::bigint) AS k
    CROSS JOIN LATERAL sync.successor(g.r, k.state, sites, its.rules) AS s
    -- What knew of another state than this one, or what the centre gave out and lost, is looked at only once, by whoever calls.
    WHERE ((g.r ->> 'base')::bigint = k.number OR k.echo_of = ANY (sites)) AND NOT g.r ? 'offered'
  ), taken AS MATERIALIZED (
    SELECT g.* FROM given AS g WHERE CASE
      WHEN vals ? 'organization_id' AND vals -> 'organization_id' <> to_jsonb(site.organization_id) THEN false
      WHEN (SELECT EXISTS (SELECT FROM public.erasure_orders AS o WHERE o.organization_id = site.organization_id))
        AND sync.is_of_erased(its, g.person_id, vals) THEN false
      WHEN EXISTS (
        SELECT FROM sync.reference AS f WHERE f.table_number = its.table_number AND f.is_firm AND vals ->> f.column_name IS NOT NULL
          AND NOT EXISTS (SELECT FROM sync.row_at(f.parent_table, (vals ->> f.column_name)::bigint))
      ) THEN false
      ELSE site.scope = 'organization' OR sync.may_write(site, its, g.known, people)
    END
  )
  SELECT array_agg(g.id) AS ids, array_agg(g.pushed) AS states, array_agg(site.site) AS echoes,
    array_agg(last_number + g.place + CASE WHEN g.is_plain THEN 0 ELSE cardinality(rows) END) AS numbers,
    array_agg(g.id) FILTER (WHERE g.is_plain) AS plain_ids, array_agg(g.vals) FILTER (WHERE g.is_plain) AS plain_vals,
    array_agg(to_jsonb(g.changed)) FILTER (WHERE g.is_plain) AS plain_changed,
    ARRAY(SELECT generate_series(1, cardinality(rows)) EXCEPT SELECT t.place FROM taken AS t ORDER BY 1) AS others
  INTO followed FROM taken AS g WHERE g.pushed <> (g.known).state;
  PERFORM sync.write_states(its, followed.ids, followed.states, followed.numbers, followed.echoes, received);
  PERFORM sync.put_plain(its, followed.plain_ids, followed.plain_vals, followed.plain_changed);
  RETURN followed.others;
END $$;

CREATE FUNCTION sync.take_known(site sync.site, sites integer[], people bigint[], its sync.rule, rows jsonb[], places integer[], received bigint) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  refused jsonb := '[]';
  given jsonb;
  pushed jsonb;
  known sync.row;
  merged jsonb;
  protected text[];
  held jsonb;
  kept jsonb;
  conflict jsonb;
  reason text;
  last_number bigint := sync.next_numbers(site.organization_id, 2 * cardinality(rows));
  last_put bigint := last_number + cardinality(rows);
  disputes sync.dispute[] := '{}';
  turned jsonb;
  turned_ids bigint[] := '{}';
  turned_values jsonb[] := '{}';
  written_ids bigint[] := '{}';
  states jsonb[] := '{}';
  numbers bigint[] := '{}';
  echoes integer[] := '{}';
  index integer;
BEGIN
  FOREACH index IN ARRAY sync.take_successors(site, sites, people, its, rows, last_number, received) LOOP
    SELECT * INTO known FROM sync.row WHERE table_number = its.table_number AND id = (rows[index] ->> 'id')::bigint;
    given := sync.state_in(rows[index], its.rules);
    pushed := sync.vetted(given, known.state, sync.sites_for(rows[index], sites, site.organization_id), its.rules);
    held := NULL;
    reason := CASE
      WHEN pushed IS NULL THEN 'foreignStamp'
      WHEN NOT sync.may_write(site, its, known, people) THEN 'notAllowed'
      WHEN its.table_number = 1 AND pushed ? 'deletion' THEN 'notAllowed'
      WHEN pushed -> 'values' ? 'organization_id' AND pushed -> 'values' -> 'organization_id' <> to_jsonb(site.organization_id) THEN 'foreignOrganization'
      WHEN sync.is_alive(pushed, its.rules)
        AND (sync.is_of_erased(its, known.person_id, pushed -> 'values') OR sync.hangs_on_erased(site.organization_id, its, pushed -> 'values'))
        AND NOT (its.name = 'users' AND sync.is_nameless(rows[index] -> 'values')) THEN 'erased'
      ELSE sync.missing_parent(site.organization_id, its, pushed)
    END;
    -- What it said once already, as after a restore, is no attempt at what it does not get: this tells it of nobody else's writes.
    CONTINUE WHEN reason = 'notAllowed' AND NOT sync.has_foreign_site(given, sites)
      AND sync.joined(sync.seen_by(known.state), sync.seen_by(given)) = sync.seen_by(known.state);
    IF reason = 'notAllowed' AND site.scope = 'trainer' AND its.trainer_writes AND NOT pushed ? 'deletion'
      AND sync.left_unheard(site, known, (rows[index] ->> 'base')::bigint) THEN
      disputes := disputes || sync.late_edits(its, known, pushed, sites);
      CONTINUE;
    END IF;
    CONTINUE WHEN reason = 'notAllowed' AND sync.is_quiet(given, sites, its);
    IF reason IS NOT NULL THEN
      refused := refused || jsonb_build_object('place', places[index], 'table', its.table_number, 'id', known.id, 'column', NULL, 'reason', reason);
      CONTINUE;
    END IF;
    protected := sync.protected_columns(site, its, known);
    kept := '{}';
    IF protected IS NOT NULL THEN held := sync.held_back(pushed, known.state, protected, its.rules); END IF;
    IF held -> 'columns' <> '[]' THEN
      pushed := held -> 'state';
      IF its.name <> 'sync_conflicts' THEN
        SELECT coalesce(jsonb_object_agg(key, value), '{}') INTO kept FROM jsonb_each(known.state -> 'values') WHERE held -> 'columns' ? key;
      END IF;
      -- A conflict that an erasure has emptied there, its order empties here.
      IF NOT (its.name = 'sync_conflicts' AND rows[index] -> 'values' @> '{"kept_values": null, "lost_values": null}') THEN
        SELECT refused || coalesce(jsonb_agg(jsonb_build_object('place', places[index], 'table', its.table_number, 'id', known.id, 'column', name, 'reason', 'notAllowed')), '[]')
        INTO refused FROM jsonb_array_elements_text(held -> 'columns') AS name WHERE NOT its.rules -> 'quiet' ? sync.register_of(its.rules, name);
      END IF;
    END IF;

    merged := sync.merge_rows(known.state, pushed, its.rules);
    IF merged -> 'state' = known.state AND kept = '{}' THEN CONTINUE; END IF;
    written_ids := written_ids || known.id;
    states := states || (merged -> 'state');
    numbers := numbers || last_put + index;
    -- What came back to a laptop meanwhile, it may have let go of since it wrote this.
    echoes := echoes || CASE WHEN merged -> 'state' = given
      AND NOT (site.scope = 'trainer' AND known.number > site.pulled AND known.echo_of IS DISTINCT FROM site.site) THEN site.site END;
    turned := kept;
    FOR conflict IN SELECT value FROM jsonb_array_elements(merged -> 'conflicts') WHERE its.name <> 'sync_conflicts' LOOP
      -- What stood here won by a clock that was ahead when it came, over what came later.
      IF conflict ->> 'kind' = 'concurrentEdit' AND conflict -> 'kept' = sync.stamp_of(known.state, conflict ->> 'register')
        AND (conflict #>> '{kept,0}')::bigint > known.received_clock + 5 * 60 * 1000 * 4096::bigint
        AND least((conflict #>> '{lost,0}')::bigint, received) > known.received_clock
      THEN
        turned := turned || (conflict -> 'lostValues');
        disputes := disputes || sync.dispute_about(known, 'wrongClock', conflict ->> 'register', conflict -> 'lost', conflict -> 'kept',
          conflict -> 'lostValues', sync.values_of(known.state, conflict ->> 'register', its.rules));
      ELSE
        disputes := disputes || sync.dispute_about(known, conflict ->> 'kind', conflict ->> 'register', conflict -> 'kept', conflict -> 'lost',
          sync.values_of(merged -> 'state', conflict ->> 'register', its.rules), conflict -> 'lostValues');
      END IF;
    END LOOP;
    IF turned <> '{}' THEN
      turned_ids := turned_ids || known.id;
      turned_values := turned_values || turned;
    END IF;
  END LOOP;
  PERFORM sync.write_states(its, written_ids, states, numbers, echoes, received);
  FOR index IN 1 .. cardinality(turned_ids) LOOP
    PERFORM sync.write_as_centre(its.table_number, turned_ids[index], turned_values[index]);
  END LOOP;
  PERFORM sync.note_conflicts(site.organization_id, disputes);
  IF EXISTS (SELECT FROM sync.written_since(site.organization_id, last_put)) THEN
    EXECUTE format('UPDATE sync.row AS r SET person_id = p.person_id FROM (
        SELECT g.table_number, g.id, %s AS person_id
        FROM (SELECT table_number, id, state -> ''values'' AS v FROM sync.written_since($1, $2) WHERE table_number = %s OFFSET 0) AS g
      ) AS p WHERE r.table_number = p.table_number AND r.id = p.id AND r.person_id IS DISTINCT FROM p.person_id AND r.state -> ''values'' <> ''{}''
        AND NOT EXISTS (SELECT FROM public.erasure_orders AS o WHERE o.person_id = r.person_id)',
      its.person, its.table_number) USING site.organization_id, last_put;
    PERFORM sync.put_since(its, site.organization_id, last_put);
  END IF;
  RETURN refused;
END $$;

-- A row that does not fit takes only itself out: the half that holds it is looked for.
CREATE FUNCTION sync.take_what_fits(site sync.site, sites integer[], rows jsonb[], places integer[]) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  middle integer := cardinality(rows) / 2;
  its_constraint text;
BEGIN
  IF cardinality(rows) = 0 THEN RETURN '[]'; END IF;
  RETURN sync.take(site, sites, rows, places);
EXCEPTION WHEN data_exception OR integrity_constraint_violation THEN
  GET STACKED DIAGNOSTICS its_constraint = CONSTRAINT_NAME;
  IF middle = 0 THEN
    RETURN jsonb_build_array(jsonb_build_object('place', places[1], 'table', rows[1] -> 'table', 'id', rows[1] -> 'id', 'column', NULL,
      'reason', CASE WHEN its_constraint = 'erased' THEN 'erased' ELSE 'invalidValue' END));
  END IF;
  RETURN sync.take_what_fits(site, sites, rows[: middle], places[: middle])
    || sync.take_what_fits(site, sites, rows[middle + 1 :], places[middle + 1 :]);
END $$;

CREATE FUNCTION sync.fits(value jsonb, pattern text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce((value #>> '{}') ~ pattern, false)
$$;

CREATE FUNCTION sync.parsed(line text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN line::jsonb;
EXCEPTION WHEN OTHERS THEN
  RETURN NULL;
END $$;

CREATE FUNCTION sync.all_parsed(lines text[]) RETURNS jsonb[] LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN lines::jsonb[];
EXCEPTION WHEN OTHERS THEN
  RETURN (SELECT array_agg(sync.parsed(line) ORDER BY place) FROM unnest(lines) WITH ORDINALITY AS l (line, place));
END $$;

-- The rows of an envelope, one of a line; null is the verdict on one that may be taken as far as it alone tells.
CREATE FUNCTION sync.read_rows(body text, too_large integer, OUT lines text[], OUT rows jsonb[], OUT verdicts text[]) LANGUAGE plpgsql STABLE AS $$
BEGIN
  lines := coalesce(ARRAY(SELECT line FROM string_to_table(body, E'\n') WITH ORDINALITY AS l (line, place) WHERE line <> '' ORDER BY place), '{}');
  rows := sync.all_parsed(ARRAY(SELECT CASE WHEN octet_length(line) > too_large THEN 'null' ELSE line END FROM unnest(lines) WITH ORDINALITY AS l (line, place) ORDER BY place));
  SELECT array_agg(CASE
    WHEN octet_length(line) > too_large THEN 'tooLarge'
    WHEN NOT is_good OR copy > 1 THEN 'invalidValue'
    WHEN c.table_number IS NULL THEN 'unknownTable'
    -- A number of a known column of a living row is looked at where it is put into its type.
    WHEN (((r -> 'values') - c.columns) <> '{}' OR r ? 'deletion') AND EXISTS (
      SELECT FROM jsonb_each(r -> 'values') AS e (name, value) WHERE NOT name = ANY (c.columns) AND name !~ '^[a-z][a-z0-9_]{0,62}$'
        OR CASE WHEN jsonb_typeof(e.value) = 'number' THEN e.value::numeric NOT BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308 ELSE false END
    ) THEN 'invalidValue'
  END ORDER BY g.place) INTO verdicts
  FROM (
    SELECT r, line, place, is_good, CASE WHEN is_good THEN row_number() OVER (PARTITION BY is_good, CASE WHEN is_good THEN (r -> 'table')::integer END, CASE WHEN is_good THEN (r -> 'id')::bigint END ORDER BY place) END AS copy
    FROM (
      -- Once for each row (OFFSET). How large a number is, is looked at above, where nothing else would.
      SELECT r, line, place, sync.is_well_formed(r)
        AND jsonb_path_query_array(r, '$.values.*.type()') <@ '["string", "number", "null"]' AS is_good FROM unnest(rows, lines) WITH ORDINALITY AS g (r, line, place) OFFSET 0
    ) AS g
  ) AS g
  LEFT JOIN sync.rule AS c ON g.is_good AND c.table_number = (g.r -> 'table')::integer;
END $$;

-- The calling site, locked; fails when nobody is calling.
CREATE FUNCTION sync.calling_site() RETURNS sync.site LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  its sync.site;
BEGIN
  SELECT * INTO its FROM sync.site WHERE role = sync.caller() FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'this role is no device of a centre' USING ERRCODE = 'insufficient_privilege'; END IF;
  RETURN its;
END $$;

CREATE FUNCTION sync.push_reply(its sync.site, status text, refused jsonb) RETURNS jsonb LANGUAGE sql VOLATILE AS $$
  SELECT jsonb_build_object('status', status, 'acknowledged', its.acknowledged, 'chain', its.chain, 'refused', refused,
    'head', (SELECT number FROM sync.head WHERE organization_id = its.organization_id))
$$;

-- Plans are kept for a connection, and one that was made while the tables were small would read them whole ever after:
-- therefore rows are looked up by their keys, whatever the planner believes of their number.

-- What a device may call ------------------------------------------------------------------------------------------------

-- A log only grows. One that is shorter than it was, or ends otherwise at the same length, has lost lines.
CREATE FUNCTION sync.note_anchor(its sync.site, anchor jsonb) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  given_count bigint;
BEGIN
  IF NOT (sync.fits(anchor -> 'count', '^[1-9]\d{0,14}$') AND sync.fits(anchor -> 'mac', '^[0-9a-f]{64}$')) THEN
    RAISE EXCEPTION 'malformed anchor' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  given_count := (anchor ->> 'count')::bigint;
  IF given_count < its.anchor_count OR (given_count = its.anchor_count AND anchor ->> 'mac' <> its.anchor_mac) THEN
    UPDATE sync.site SET anchor_lost_at = coalesce(anchor_lost_at, clock_timestamp()) WHERE site = its.site;
  ELSE
    UPDATE sync.site SET anchor_count = given_count, anchor_mac = anchor ->> 'mac', anchored_at = clock_timestamp() WHERE site = its.site;
  END IF;
END $$;

-- The names that computers of an organization got since, under every number they have: some hundreds, the rest with the next hello.
-- A kiosk is told its own.
CREATE FUNCTION sync.names_since(its sync.site, known bigint) RETURNS jsonb LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('site', site, 'name', machine, 'number', name_number) ORDER BY name_number), '[]')
  FROM (
    SELECT s.site, s.name_number, first.machine FROM sync.site AS s JOIN sync.site AS first ON first.site = s.family
    WHERE s.organization_id = its.organization_id AND s.name_number > known AND first.machine <> ''
      AND (its.scope <> 'kiosk' OR s.family = its.family)
    ORDER BY s.name_number LIMIT 400
  ) AS named
$$;

-- The first number of a computer, null where there is none: until the caller is through, it gets no other lives.
CREATE FUNCTION sync.held_family(number integer) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  its_family integer := (SELECT family FROM sync.site WHERE site = number);
BEGIN
  PERFORM FROM sync.site WHERE site = its_family FOR UPDATE;
  RETURN its_family;
END $$;

-- Calls a computer otherwise, in all its lives. Those are waited for first: one that is pushing keeps nobody else from a name.
CREATE FUNCTION sync.call_site(number integer, name text) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  its_family integer := sync.held_family(number);
  lives integer[] := ARRAY(SELECT s.site FROM sync.site AS s WHERE s.family = its_family ORDER BY s.site FOR UPDATE);
  first_number bigint;
BEGIN
  UPDATE sync.centre SET next_name = next_name + cardinality(lives) RETURNING next_name - cardinality(lives) INTO first_number;
  UPDATE sync.site AS s SET machine = CASE WHEN s.site = s.family THEN name END, name_number = first_number - 1 + array_position(lives, s.site)
  WHERE s.site = ANY (lives);
END $$;

CREATE FUNCTION sync.hello(request jsonb) RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp SET lock_timeout = '10s' SET enable_seqscan = off SET enable_bitmapscan = off SET enable_material = off SET jit = off AS $$
DECLARE
  its sync.site := sync.calling_site();
  at_centre sync.head;
  centre sync.centre;
  given_cursor bigint;
  status text;
BEGIN
  SELECT * INTO at_centre FROM sync.head WHERE organization_id = its.organization_id;
  SELECT * INTO centre FROM sync.centre;
  IF NOT (sync.fits(request -> 'cursor', '^\d{1,16}$') AND sync.fits(request -> 'schema', '^\d{1,6}$')
    AND sync.fits(request -> 'protocol', '^\d{1,6}$') AND sync.fits(request -> 'incarnation', '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')
    AND sync.fits(request -> 'history', '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')
    AND (NOT request ? 'names' OR sync.fits(request -> 'names', '^\d{1,15}$'))
    AND (NOT request ? 'name' OR jsonb_typeof(request -> 'name') = 'string' AND length(request ->> 'name') BETWEEN 1 AND 100)) THEN
    RAISE EXCEPTION 'malformed hello' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  given_cursor := (request ->> 'cursor')::bigint;
  status := CASE
    WHEN its.revoked_at IS NOT NULL THEN 'revoked'
    WHEN (request ->> 'protocol')::integer <> centre.protocol OR (request ->> 'schema')::integer < centre.least_schema THEN 'upgrade'
    WHEN request ->> 'site' IS DISTINCT FROM its.site::text
      OR coalesce(its.incarnation, (request ->> 'incarnation')::uuid) <> (request ->> 'incarnation')::uuid THEN 'fork'
    WHEN (request ->> 'history')::uuid <> at_centre.history OR given_cursor > at_centre.number THEN 'rolledBack'
    WHEN given_cursor > 0 AND given_cursor < at_centre.floor THEN 'resync'
    ELSE 'ok'
  END;
  UPDATE sync.site SET last_seen_at = clock_timestamp(), schema = (request ->> 'schema')::integer, app = left(request ->> 'app', 40),
    incarnation = CASE WHEN status IN ('ok', 'resync', 'rolledBack') THEN (request ->> 'incarnation')::uuid ELSE incarnation END,
    offers_until = CASE WHEN status = 'rolledBack' THEN clock_timestamp() + interval '30 days' ELSE offers_until END,
    again_upto = CASE WHEN status IN ('resync', 'rolledBack') THEN at_centre.number ELSE again_upto END
  WHERE site = its.site;
  IF status = 'ok' AND request ? 'anchor' THEN
    PERFORM sync.note_anchor(its, request -> 'anchor');
  END IF;
  IF status = 'ok' AND request ->> 'name' <> (SELECT coalesce(machine, '') FROM sync.site WHERE site = its.family) THEN
    PERFORM sync.call_site(its.site, request ->> 'name');
  END IF;
  RETURN jsonb_build_object('status', status, 'acknowledged', its.acknowledged, 'chain', its.chain,
    'head', CASE WHEN status = 'rolledBack' THEN coalesce(at_centre.restored_at, at_centre.number) ELSE at_centre.number END, 'history', at_centre.history, 'now', sync.now_ms(),
    'tables', (SELECT jsonb_agg(table_number ORDER BY table_number) FROM sync.rule))
    || CASE WHEN request ? 'names' AND status NOT IN ('revoked', 'upgrade')
      THEN jsonb_build_object('names', sync.names_since(its, (request ->> 'names')::bigint)) ELSE '{}' END
    || CASE WHEN status NOT IN ('revoked', 'upgrade') THEN jsonb_build_object('spareSites', sync.spare_sites(its.site)) ELSE '{}' END;
END $$;

CREATE FUNCTION sync.push(head text, body text, hash text, signature text) RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp SET lock_timeout = '10s' SET enable_seqscan = off SET enable_bitmapscan = off SET enable_material = off SET jit = off AS $$
DECLARE
  its sync.site;
  centre sync.centre;
  about jsonb := sync.parsed(head);
  sites integer[];
  lines text[];
  rows jsonb[];
  verdicts text[];
  is_whole boolean;
  refused jsonb;
  refused_now jsonb;
  too_large constant integer := 8 * 1024 * 1024;
BEGIN
  IF body IS NULL OR octet_length(body) > 8 * too_large OR NOT EXISTS (SELECT FROM sync.site WHERE role = sync.caller() AND revoked_at IS NULL) THEN
    its := sync.calling_site();
    RETURN sync.push_reply(its, CASE WHEN its.revoked_at IS NULL THEN 'invalid' ELSE 'revoked' END, '[]');
  END IF;
  -- What one envelope says is read while the one before it is still being written: nobody waits for it.
  SELECT r.lines, r.rows, r.verdicts INTO lines, rows, verdicts FROM sync.read_rows(body, too_large) AS r;
  is_whole := hash IS NOT DISTINCT FROM encode(sha256(convert_to((about ->> 'previous') || head || body, 'UTF8')), 'hex');

  its := sync.calling_site();
  SELECT * INTO centre FROM sync.centre;
  IF its.revoked_at IS NOT NULL THEN RETURN sync.push_reply(its, 'revoked', '[]'); END IF;
  IF NOT (sync.fits(about -> 'protocol', '^\d{1,6}$') AND sync.fits(about -> 'schema', '^\d{1,6}$')) THEN
    RETURN sync.push_reply(its, 'invalid', '[]');
  END IF;
  IF (about ->> 'protocol')::integer <> centre.protocol OR (about ->> 'schema')::integer < centre.least_schema THEN
    RETURN sync.push_reply(its, 'upgrade', '[]');
  END IF;
  IF about ->> 'site' IS DISTINCT FROM its.site::text OR NOT sync.fits(about -> 'number', '^[1-9]\d{0,15}$')
    OR NOT sync.fits(about -> 'previous', '^([0-9a-f]{64})?$')
    OR NOT sync.fits(about -> 'incarnation', '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')
    OR NOT is_whole THEN
    RETURN sync.push_reply(its, 'invalid', '[]');
  END IF;
  IF EXISTS (SELECT FROM sync.envelope AS e WHERE e.site = its.site AND e.number = (about ->> 'number')::bigint AND e.hash = push.hash) THEN
    RETURN sync.push_reply(its, 'duplicate', coalesce((
      SELECT jsonb_agg(jsonb_build_object('table', n.table_number, 'id', n.id, 'column', nullif(n.column_name, ''), 'reason', n.reason))
      FROM sync.refused AS n WHERE n.site = its.site AND n.envelope = (about ->> 'number')::bigint
    ), '[]'));
  END IF;
  IF (about ->> 'number')::bigint <> its.acknowledged + 1 OR about ->> 'previous' <> its.chain
    OR coalesce(its.incarnation, (about ->> 'incarnation')::uuid) <> (about ->> 'incarnation')::uuid THEN
    RETURN sync.push_reply(its, 'fork', '[]');
  END IF;

  -- From here on the organization waits: what is read now is what will be numbered.
  PERFORM FROM sync.head AS h WHERE h.organization_id = its.organization_id FOR UPDATE;
  sites := ARRAY(SELECT s.site FROM sync.site AS s WHERE s.organization_id = its.organization_id AND s.family = its.family);
  SELECT coalesce(jsonb_agg(jsonb_build_object('place', place, 'reason', verdict, 'column', NULL,
    'table', CASE WHEN verdict = 'tooLarge' OR NOT sync.is_well_formed(rows[place]) THEN 0 ELSE (rows[place] -> 'table')::integer END,
    'id', CASE WHEN verdict = 'tooLarge' OR NOT sync.is_well_formed(rows[place]) THEN 0 ELSE (rows[place] ->> 'id')::bigint END)), '[]')
  INTO refused FROM unnest(verdicts) WITH ORDINALITY AS v (verdict, place) WHERE verdict IS NOT NULL;

  -- A copy of a disk knows what the disk it parted from was told.
  IF EXISTS (SELECT FROM sync.site AS s WHERE s.site = ANY (sites) AND s.offers_until > clock_timestamp()) THEN
    rows := ARRAY(SELECT CASE WHEN verdicts[place] IS NULL AND (r -> 'base')::bigint > h.restored_at THEN r || '{"offered": true}' ELSE r END
      FROM unnest(rows) WITH ORDINALITY AS g (r, place), sync.head AS h WHERE h.organization_id = its.organization_id ORDER BY place);
  END IF;
  refused_now := sync.take_what_fits(its, sites,
    ARRAY(SELECT r FROM unnest(rows, verdicts) WITH ORDINALITY AS v (r, verdict, place) WHERE verdict IS NULL ORDER BY place),
    ARRAY(SELECT place::integer FROM unnest(verdicts) WITH ORDINALITY AS v (verdict, place) WHERE verdict IS NULL ORDER BY place));
  refused := refused || refused_now;

  INSERT INTO sync.refused (organization_id, site, envelope, place, table_number, id, column_name, reason, row)
  SELECT its.organization_id, its.site, (about ->> 'number')::bigint, (r ->> 'place')::integer, (r ->> 'table')::integer, (r ->> 'id')::bigint,
    coalesce(r ->> 'column', ''), r ->> 'reason', CASE WHEN r ->> 'reason' = 'erased'
      -- What hangs on a row of theirs that is not taken tells of them too.
      OR r ->> 'reason' = 'parentMissing' AND refused @> '[{"reason": "erased"}]' THEN '' ELSE left(lines[(r ->> 'place')::integer], too_large / 8) END
  FROM jsonb_array_elements(refused) AS r;
  INSERT INTO sync.envelope (site, number, organization_id, hash, rows)
  VALUES (its.site, (about ->> 'number')::bigint, its.organization_id, hash, cardinality(lines));
  UPDATE sync.site AS s SET acknowledged = (about ->> 'number')::bigint, chain = hash, last_seen_at = clock_timestamp(),
    incarnation = coalesce(s.incarnation, (about ->> 'incarnation')::uuid)
  WHERE s.site = its.site RETURNING * INTO its;
  RETURN sync.push_reply(its, 'ok', coalesce((SELECT jsonb_agg(r - 'place') FROM jsonb_array_elements(refused) AS r), '[]'));
END $$;

CREATE FUNCTION sync.pull(request jsonb) RETURNS json LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp SET lock_timeout = '10s' SET enable_seqscan = off SET enable_bitmapscan = off SET enable_material = off SET enable_sort = off SET jit = off AS $$
DECLARE
  its sync.site := sync.calling_site();
  given_cursor bigint;
  page_limit integer;
  upto bigint;
  people bigint[] := '{}';
  packed text;
  rows text;
  leaves text;
  last bigint;
  is_end boolean;
  -- It also asks for what was sent under its number: then nobody counts as having heard it.
  is_own boolean := request @> '{"own": true}';
BEGIN
  IF its.revoked_at IS NOT NULL THEN RAISE EXCEPTION 'this device was revoked' USING ERRCODE = 'insufficient_privilege'; END IF;
  IF NOT (sync.fits(request -> 'cursor', '^\d{1,16}$') AND sync.fits(request -> 'limit', '^[1-9]\d{0,3}$')
    AND (request ->> 'upto' IS NULL OR sync.fits(request -> 'upto', '^\d{1,16}$'))) THEN
    RAISE EXCEPTION 'malformed pull' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  given_cursor := (request ->> 'cursor')::bigint;
  page_limit := least((request ->> 'limit')::integer, 5000);
  SELECT least(number, coalesce((request ->> 'upto')::bigint, number)) INTO upto FROM sync.head WHERE organization_id = its.organization_id;
  IF its.scope = 'trainer' THEN people := sync.people_of(its.organization_id, its.trainer_id); END IF;

  -- At most `limit` entries of the feed and about 4 MiB; the first always fits. Each of the two is read by its numbers only as far
  -- as the page reaches, and only what is on it is made into text. Rows that hold each column of their table and no stamp but one, as
  -- nearly all do, go without the names of their columns: those come in the order in which jsonb keeps them.
  WITH chosen AS MATERIALIZED (
    SELECT * FROM (
      (SELECT r.number, r.table_number, r.id, r.state, c.columns, c.kiosk_hidden, false AS is_leave
      FROM sync.row AS r JOIN sync.rule AS c ON c.table_number = r.table_number
      WHERE r.organization_id = its.organization_id AND r.number > given_cursor AND r.number <= upto AND c.kind <> 'push'
        AND (r.echo_of IS DISTINCT FROM its.site OR r.number <= its.again_upto OR is_own
          -- It left once, of which the device may only hear now: then it comes again, whoever wrote it.
          OR (its.scope = 'trainer' AND EXISTS (
            SELECT FROM sync.leave AS l WHERE l.organization_id = its.organization_id AND l.table_number = r.table_number AND l.id = r.id
              AND l.trainer_id = its.trainer_id
          )))
        AND CASE its.scope WHEN 'organization' THEN true WHEN 'kiosk' THEN sync.kiosk_sees(c, r.state -> 'values')
          ELSE sync.trainer_sees(c.trainer_reads, its.trainer_id, people, r.person_id, r.state -> 'values') END
      ORDER BY r.number LIMIT page_limit)
      UNION ALL
      (SELECT l.number, l.table_number, l.id, NULL, NULL, NULL, true
      FROM sync.leave AS l
      WHERE l.organization_id = its.organization_id AND l.number > given_cursor AND l.number <= upto
        AND (l.trainer_id IS NULL OR l.trainer_id = its.trainer_id)
      ORDER BY l.number LIMIT page_limit)
    ) AS entries ORDER BY number LIMIT page_limit
  ), shown AS MATERIALIZED (
    SELECT number, table_number, id, columns, is_leave, CASE
      -- Empty, and not away: what was written into them may be all that keeps the row alive.
      WHEN its.scope = 'kiosk' AND kiosk_hidden <> '{}' THEN state || jsonb_build_object('values', coalesce((
        SELECT jsonb_object_agg(key, CASE WHEN key = ANY (kiosk_hidden) THEN 'null' ELSE value END) FROM jsonb_each(state -> 'values')
      ), '{}'))
      ELSE state END AS state
    FROM chosen
  ), listed AS MATERIALIZED (
    SELECT *, CASE WHEN is_leave OR state ?| '{stamps,seen,deletion}' OR NOT state -> 'values' ?& columns THEN NULL
      ELSE jsonb_path_query_array(state, '$.values.*') END AS list
    FROM shown
  ), page AS MATERIALIZED (
    SELECT number, table_number, is_leave, is_packed, CASE
      WHEN is_leave THEN format('{"table":%s,"id":%s,"number":%s}', table_number, id, number)
      WHEN is_packed THEN '[' || number || ',' || id || ',' || (state -> 'stamp')::text || ',' || list::text || ']'
      ELSE format('{"table":%s,"id":%s,"number":%s,', table_number, id, number) || substr(state::text, 2) END AS entry
    FROM (SELECT *, coalesce(jsonb_array_length(list) = cardinality(columns), false) AS is_packed FROM listed) AS l
  ), fitting AS MATERIALIZED (
    SELECT * FROM (SELECT *, sum(octet_length(entry)) OVER (ORDER BY number) - octet_length(entry) AS before FROM page) AS p WHERE before < 4 * 1024 * 1024
  )
  SELECT string_agg(entry, ',' ORDER BY number) FILTER (WHERE NOT is_leave AND NOT is_packed), string_agg(entry, ',' ORDER BY number) FILTER (WHERE is_leave),
    max(number), (SELECT count(*) FROM page) < page_limit AND count(*) = (SELECT count(*) FROM page), (
      SELECT string_agg(format('{"table":%s,"columns":%s,"rows":[', table_number, to_json(ARRAY(
        SELECT name FROM unnest(c.columns) AS name ORDER BY octet_length(name), name COLLATE "C"
      ))) || entries || ']}', ',')
      FROM (SELECT table_number, string_agg(entry, ',' ORDER BY number) AS entries FROM fitting WHERE is_packed GROUP BY table_number) AS t
      JOIN sync.rule AS c USING (table_number)
    )
  INTO rows, leaves, last, is_end, packed FROM fitting;
  IF is_end THEN last := upto; END IF;

  UPDATE sync.site SET pulled = CASE WHEN is_own THEN pulled ELSE greatest(pulled, least(given_cursor, upto)) END, last_seen_at = clock_timestamp() WHERE site = its.site
  RETURNING acknowledged INTO its.acknowledged;
  RETURN format('{"upto":%s,"cursor":%s,"acknowledged":%s,"hasMore":%s,"packed":[', upto, coalesce(last, upto), its.acknowledged,
    CASE WHEN last < upto THEN 'true' ELSE 'false' END)
    || coalesce(packed, '') || '],"rows":[' || coalesce(rows, '') || '],"leaves":[' || coalesce(leaves, '') || ']}';
END $$;

-- Whether the calling site may send and get these bytes: a living document within its reach names them, or a list of them.
CREATE FUNCTION sync.may_carry(its sync.site, path text, digest text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
  people bigint[] := CASE WHEN its.scope = 'trainer' THEN sync.people_of(its.organization_id, its.trainer_id) ELSE '{}' END;
BEGIN
  IF path NOT IN ('content:' || digest, 'pieces:' || digest) AND NOT EXISTS (
    SELECT FROM sync.content_piece AS p WHERE p.organization_id = its.organization_id AND p.digest = may_carry.digest AND 'pieces:' || p.list = path
  ) THEN RETURN false; END IF;
  RETURN EXISTS (
    SELECT FROM public.documents AS d JOIN sync.rule AS c ON c.name = 'documents'
    CROSS JOIN LATERAL sync.row_at(c.table_number, d.id) AS r
    WHERE d.organization_id = its.organization_id AND d.file_path = path AND r.alive
      AND CASE its.scope WHEN 'organization' THEN true WHEN 'kiosk' THEN sync.kiosk_sees(c, r.state -> 'values')
        ELSE sync.trainer_sees(c.trainer_reads, its.trainer_id, people, r.person_id, r.state -> 'values') END
  );
END $$;

-- What the centre has not of a content: the list, or else its first pieces.
CREATE FUNCTION sync.lacks(organization bigint, path text) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  name text := split_part(path, ':', 2);
BEGIN
  IF NOT EXISTS (SELECT FROM sync.content AS c WHERE c.organization_id = organization AND c.digest = name)
    OR path LIKE 'pieces:%' AND NOT EXISTS (SELECT FROM sync.content_piece AS p WHERE p.organization_id = organization AND p.list = name)
  THEN RETURN ARRAY[name]; END IF;
  IF path LIKE 'content:%' THEN RETURN '{}'; END IF;
  RETURN ARRAY(
    SELECT p.digest FROM sync.content_piece AS p
    WHERE p.organization_id = organization AND p.list = name
      AND NOT EXISTS (SELECT FROM sync.content AS c WHERE c.organization_id = organization AND c.digest = p.digest)
    GROUP BY p.digest ORDER BY min(p.position) LIMIT 50
  );
END $$;

-- Writes down which pieces a list names; false where it is none.
CREATE FUNCTION sync.note_pieces(organization bigint, name text, whole bytea) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  -- A byte that is no letter of a list becomes one here.
  lines text := encode(whole, 'escape');
BEGIN
  IF lines !~ '^[0-9a-f]{64}(\n[0-9a-f]{64})+$' THEN RETURN false; END IF;
  INSERT INTO sync.content_piece (organization_id, list, position, digest)
  SELECT organization, name, place - 1, line FROM string_to_table(lines, E'\n') WITH ORDINALITY AS l (line, place)
  ON CONFLICT DO NOTHING;
  RETURN true;
END $$;

CREATE FUNCTION sync.carrying_site() RETURNS sync.site LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  its sync.site := sync.calling_site();
BEGIN
  IF its.revoked_at IS NOT NULL THEN RAISE EXCEPTION 'this device was revoked' USING ERRCODE = 'insufficient_privilege'; END IF;
  RETURN its;
END $$;

CREATE FUNCTION sync.have_contents(request jsonb) RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp SET lock_timeout = '10s' AS $$
DECLARE
  its sync.site := sync.carrying_site();
BEGIN
  IF jsonb_typeof(request -> 'paths') IS DISTINCT FROM 'array' OR jsonb_array_length(request -> 'paths') > 100 OR EXISTS (
    SELECT FROM jsonb_array_elements(request -> 'paths') AS path WHERE NOT sync.fits(path, '^(content|pieces):[0-9a-f]{64}$')
  ) THEN RAISE EXCEPTION 'malformed question' USING ERRCODE = 'invalid_parameter_value'; END IF;
  RETURN jsonb_build_object('contents', coalesce((
    SELECT jsonb_agg(jsonb_build_object('state', CASE WHEN NOT may THEN 'missing' WHEN lacks = '{}' THEN 'whole' ELSE 'waiting' END,
      'lacks', to_jsonb(lacks)) ORDER BY place)
    FROM (
      SELECT place, may, CASE WHEN may THEN sync.lacks(its.organization_id, path) ELSE '{}' END AS lacks
      FROM (
        SELECT path, place, sync.may_carry(its, path, split_part(path, ':', 2)) AS may
        FROM jsonb_array_elements_text(request -> 'paths') WITH ORDINALITY AS p (path, place) OFFSET 0
      ) AS asked
    ) AS answered
  ), '[]'));
END $$;

CREATE FUNCTION sync.put_reply(status text, has bigint, is_whole boolean) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('status', status, 'has', has, 'isWhole', is_whole)
$$;

CREATE FUNCTION sync.put_content(request jsonb) RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp SET lock_timeout = '10s' AS $$
DECLARE
  its sync.site := sync.carrying_site();
  organization bigint := its.organization_id;
  name text := request ->> 'digest';
  is_list boolean := request ->> 'path' = 'pieces:' || name;
  given bytea;
  has bigint;
  whole bytea;
BEGIN
  IF NOT (sync.fits(request -> 'path', '^(content|pieces):[0-9a-f]{64}$') AND sync.fits(request -> 'digest', '^[0-9a-f]{64}$')
    AND sync.fits(request -> 'size', '^[1-9]\d{0,9}$') AND sync.fits(request -> 'from', '^\d{1,9}$')
    AND sync.fits(request -> 'base64', '^[A-Za-z0-9+/]*={0,2}$')) THEN
    RAISE EXCEPTION 'malformed content' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF NOT sync.may_carry(its, request ->> 'path', name) THEN RETURN sync.put_reply('missing', 0, false); END IF;
  IF (request ->> 'size')::bigint > 4194304 THEN RETURN sync.put_reply('tooLarge', 0, false); END IF;
  SELECT c.bytes INTO whole FROM sync.content AS c WHERE c.organization_id = organization AND c.digest = name;
  IF FOUND THEN
    IF is_list AND NOT sync.note_pieces(organization, name, whole) THEN RETURN sync.put_reply('wrong', 0, false); END IF;
    RETURN sync.put_reply('ok', octet_length(whole), true);
  END IF;

  SELECT coalesce(sum(octet_length(p.bytes)), 0) INTO has FROM sync.content_part AS p
  WHERE p.organization_id = organization AND p.digest = name AND p.family = its.family;
  IF has = 0 AND (SELECT h.room FROM sync.head AS h WHERE h.organization_id = organization) < (request ->> 'size')::bigint
    + (SELECT coalesce(sum(octet_length(c.bytes)), 0) FROM sync.content AS c WHERE c.organization_id = organization)
    + (SELECT coalesce(sum(octet_length(p.bytes)), 0) FROM sync.content_part AS p WHERE p.organization_id = organization)
  THEN RETURN sync.put_reply('noRoom', 0, false); END IF;
  given := decode(request ->> 'base64', 'base64');
  IF (request ->> 'from')::bigint = has AND octet_length(given) > 0 AND has + octet_length(given) <= (request ->> 'size')::bigint THEN
    INSERT INTO sync.content_part (organization_id, digest, family, first_byte, bytes) VALUES (organization, name, its.family, has, given);
    has := has + octet_length(given);
  END IF;
  IF has < (request ->> 'size')::bigint THEN RETURN sync.put_reply('ok', has, false); END IF;

  SELECT string_agg(p.bytes, '' ORDER BY p.first_byte) INTO whole FROM sync.content_part AS p
  WHERE p.organization_id = organization AND p.digest = name AND p.family = its.family;
  DELETE FROM sync.content_part AS p WHERE p.organization_id = organization AND p.digest = name AND p.family = its.family;
  IF encode(sha256(whole), 'hex') <> name THEN RETURN sync.put_reply('wrong', 0, false); END IF;
  IF is_list AND NOT sync.note_pieces(organization, name, whole) THEN RETURN sync.put_reply('wrong', 0, false); END IF;
  INSERT INTO sync.content (organization_id, digest, bytes) VALUES (organization, name, whole) ON CONFLICT DO NOTHING;
  RETURN sync.put_reply('ok', has, true);
END $$;

CREATE FUNCTION sync.get_content(request jsonb) RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp SET lock_timeout = '10s' AS $$
DECLARE
  its sync.site := sync.carrying_site();
  found_one record;
BEGIN
  IF NOT (sync.fits(request -> 'path', '^(content|pieces):[0-9a-f]{64}$') AND sync.fits(request -> 'digest', '^[0-9a-f]{64}$')
    AND sync.fits(request -> 'from', '^\d{1,9}$') AND sync.fits(request -> 'bytes', '^[1-9]\d{0,5}$')) THEN
    RAISE EXCEPTION 'malformed question' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF NOT sync.may_carry(its, request ->> 'path', request ->> 'digest') THEN RETURN '{"status": "missing", "size": 0, "base64": ""}'; END IF;
  SELECT octet_length(c.bytes) AS size, substring(c.bytes FROM (request ->> 'from')::integer + 1 FOR (request ->> 'bytes')::integer) AS bytes
  INTO found_one FROM sync.content AS c WHERE c.organization_id = its.organization_id AND c.digest = request ->> 'digest';
  IF NOT FOUND THEN RETURN '{"status": "waiting", "size": 0, "base64": ""}'; END IF;
  RETURN jsonb_build_object('status', 'ok', 'size', found_one.size, 'base64', translate(encode(found_one.bytes, 'base64'), E'\n', ''));
END $$;

-- What the operator of the centre may call -----------------------------------------------------------------------------

-- A row of its own with the lowest stamp: whatever the first device calls the organization wins.
CREATE FUNCTION sync.create_organization(name text) RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  new_id bigint := nextval('sync.organization_ids');
  made_at text := to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
BEGIN
  INSERT INTO sync.head (organization_id, number) VALUES (new_id, 1);
  INSERT INTO sync.row (table_number, id, organization_id, number, state, alive, received_clock, first_number)
  VALUES (1, new_id, new_id, 1, jsonb_build_object('stamp', '[1, 0]'::jsonb, 'values', jsonb_build_object(
    'name', left(name, 100), 'slug', NULL, 'admin_id', NULL, 'settings', NULL, 'is_active', 1, 'created_at', made_at, 'updated_at', made_at
  )), true, sync.now_clock(), 1);
  PERFORM sync.put(1, ARRAY[new_id]);
  RETURN new_id;
END $$;

-- Numbers for the lives of a database, with roles of their own. `its_family`: the first of its numbers; null for a new database.
CREATE FUNCTION sync.add_sites(organization bigint, its_family integer, its_scope text, trainer bigint, count integer)
RETURNS integer[] LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  centre sync.centre;
  first integer;
  its_role text;
BEGIN
  UPDATE sync.centre SET next_site = next_site + count, next_name = next_name + count RETURNING * INTO centre;
  first := centre.next_site - count;
  FOR number IN first .. centre.next_site - 1 LOOP
    its_role := format('%s_site_%s', centre.prefix, number);
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = its_role) THEN EXECUTE format('CREATE ROLE %I NOLOGIN CONNECTION LIMIT 2', its_role); END IF;
    EXECUTE format('GRANT %I TO %I', centre.prefix || '_site', its_role);
    EXECUTE format('GRANT %I TO %I', its_role, centre.prefix || '_gateway');
    INSERT INTO sync.site (site, name_number, organization_id, family, scope, trainer_id, role)
    VALUES (number, centre.next_name - centre.next_site + number, organization, coalesce(its_family, first), its_scope, trainer, its_role);
  END LOOP;
  RETURN ARRAY(SELECT generate_series(first, centre.next_site - 1));
END $$;

-- Lets a database in, with spare numbers for its next lives; the numbers that it got, its own first.
CREATE FUNCTION sync.create_site(organization bigint, its_scope text, trainer bigint, its_incarnation uuid, its_key text, spares integer)
RETURNS integer[] LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  numbers integer[] := sync.add_sites(organization, NULL, its_scope, trainer, 1 + spares);
BEGIN
  UPDATE sync.site SET incarnation = its_incarnation, public_key = its_key WHERE site = numbers[1];
  RETURN numbers;
END $$;

CREATE FUNCTION sync.let_sign_in(sites integer[], verifier text, until timestamptz) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  its_role text;
BEGIN
  FOR its_role IN SELECT role FROM sync.site WHERE site = ANY (sites) LOOP
    EXECUTE format('ALTER ROLE %I LOGIN CONNECTION LIMIT 2 PASSWORD %L VALID UNTIL %L', its_role, verifier, until);
  END LOOP;
END $$;

-- What a database may go on as once it is restored or its disk is copied: three numbers that nobody has begun to use. They are made
-- here as they are used up, a hundred a day at most: what needs more is no device. Whoever holds the family is not waited for, and
-- asked for more at the next hello.
CREATE FUNCTION sync.spare_sites(number integer) RETURNS integer[] LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  its sync.site;
  its_login sync.login;
  spares integer[];
  made integer;
  more integer[];
BEGIN
  SELECT * INTO its FROM sync.site WHERE site = number;
  SELECT coalesce(array_agg(site ORDER BY site) FILTER (WHERE incarnation IS NULL), '{}'), count(*) FILTER (WHERE created_at > now() - interval '1 day')
  INTO spares, made FROM sync.site WHERE organization_id = its.organization_id AND family = its.family;
  IF cardinality(spares) >= 3 OR made > 100 THEN RETURN spares; END IF;
  PERFORM FROM sync.site WHERE site = its.family AND revoked_at IS NULL FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN RETURN spares; END IF;
  more := sync.add_sites(its.organization_id, its.family, its.scope, its.trainer_id, 3 - cardinality(spares));
  UPDATE sync.site SET stands = its.stands WHERE site = ANY (more);
  SELECT * INTO its_login FROM sync.login WHERE family = its.family;
  IF FOUND THEN PERFORM sync.let_sign_in(more, its_login.verifier, its_login.until); END IF;
  RETURN spares || more;
END $$;

-- A device and all its lives: nothing is taken from them or given to them any more.
CREATE FUNCTION sync.revoke_site(number integer) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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

-- After the centre itself was restored from a backup: devices offer what it has lost.
CREATE FUNCTION sync.begin_history() RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE sync.head SET history = gen_random_uuid(), restored_at = least(restored_at, number);
  -- Numbers that the lost days gave out are not given again.
  UPDATE sync.centre SET next_site = next_site + 1000, next_name = next_name + 1000;
  -- Devices are told all names again: they know some that were given since.
  UPDATE sync.site SET name_number = name_number + 1000;
  PERFORM setval(name::regclass, nextval(name::regclass) + 1000000)
  FROM unnest(ARRAY['sync.organization_ids', 'sync.conflict_ids', 'sync.copy_ids']) AS name;
END $$;

-- Deletions that every device in use has heard of and that are old enough; returns how many went. The images of dead rows go
-- earlier. A device that was away for longer pulls everything again.
CREATE FUNCTION sync.collect_deletions(organization bigint, image_days integer, row_days integer) RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  heard bigint;
  gone bigint;
  floor_number bigint;
  gone_person record;
BEGIN
  PERFORM FROM sync.head WHERE organization_id = organization FOR UPDATE;
  SELECT coalesce(min(pulled), 9007199254740991) INTO heard FROM sync.site
  WHERE organization_id = organization AND revoked_at IS NULL AND incarnation IS NOT NULL
    AND coalesce(last_seen_at, created_at) > clock_timestamp() - make_interval(days => row_days);
  -- With the image goes what says whose learner it was: their trainer hears of it before.
  FOR gone_person IN
    SELECT r.person_id, (r.state #>> '{values,trainer_id}')::bigint AS trainer_id FROM sync.row AS r
    WHERE r.organization_id = organization AND NOT r.alive AND r.table_number = (SELECT table_number FROM sync.rule WHERE name = 'beneficiaries')
      AND r.state #>> '{values,trainer_id}' IS NOT NULL AND r.received_clock < sync.now_clock() - image_days * 86400000::bigint * 4096
  LOOP
    PERFORM sync.hand_over(organization, gone_person.person_id, gone_person.trainer_id, NULL, 0);
  END LOOP;
  UPDATE sync.row SET state = state || '{"values": {}}' || jsonb_build_object('seen', sync.seen_by(state))
  WHERE organization_id = organization AND NOT alive AND state -> 'values' <> '{}'
    AND received_clock < sync.now_clock() - image_days * 86400000::bigint * 4096;
  WITH collected AS (
    DELETE FROM sync.row WHERE organization_id = organization AND NOT alive AND number <= heard
      AND received_clock < sync.now_clock() - row_days * 86400000::bigint * 4096 RETURNING number, table_number, id
  ), awaited AS (
    DELETE FROM sync.waiting AS w USING collected AS c WHERE w.organization_id = organization AND w.parent_table = c.table_number AND w.parent_id = c.id
  )
  SELECT count(*), max(number) INTO gone, floor_number FROM collected;
  UPDATE sync.head SET floor = greatest(floor, coalesce(floor_number, 0)) WHERE organization_id = organization;
  PERFORM sync.forget_contents(organization, clock_timestamp() - make_interval(days => image_days));
  RETURN gone;
END $$;

-- How many bytes of documents an organization may keep here; false where there is no such organization.
CREATE FUNCTION sync.set_room(organization bigint, bytes bigint) RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE sync.head SET room = bytes WHERE organization_id = organization;
  RETURN FOUND;
END $$;
