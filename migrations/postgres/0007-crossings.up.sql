-- People into another organization, by whoever runs the centre: docs/sync.md, "Into another organization". Never called by a
-- device. What goes along is told by main/centre/going-along.ts and by the references of the typed tables.

CREATE TABLE sync.crossing (
  id bigint PRIMARY KEY,
  organization_id bigint NOT NULL REFERENCES sync.head (organization_id),
  to_organization bigint NOT NULL REFERENCES sync.head (organization_id),
  -- The account, or minus the file, and those of files that were put into that one.
  people bigint[] NOT NULL,
  -- References to what is on the other side now, by the row that held them: they are filled in when the person comes back.
  emptied jsonb NOT NULL DEFAULT '[]',
  -- Up to this number of its feed the log of the organization says nothing more of them.
  hushed bigint NOT NULL DEFAULT 0,
  crossed_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  undone_at timestamptz(3)
);

CREATE INDEX idx_crossing_organization ON sync.crossing (organization_id);
CREATE INDEX idx_crossing_to ON sync.crossing (to_organization);

-- What cannot be without somebody who has gone, and does not go with them: no device has it, and it comes back with them.
CREATE TABLE sync.stayed (
  organization_id bigint NOT NULL REFERENCES sync.head (organization_id),
  crossing bigint NOT NULL REFERENCES sync.crossing (id),
  table_number integer NOT NULL,
  id bigint NOT NULL,
  person_id bigint,
  state jsonb NOT NULL,
  PRIMARY KEY (table_number, id)
);

CREATE INDEX idx_stayed_organization ON sync.stayed (organization_id);
CREATE INDEX idx_stayed_crossing ON sync.stayed (crossing);

-- What lines of the log say of whoever has gone, by its place in them: it stands there no more, and again when they come back.
CREATE TABLE sync.unsaid (
  organization_id bigint NOT NULL REFERENCES sync.head (organization_id),
  crossing bigint NOT NULL REFERENCES sync.crossing (id),
  line_id bigint NOT NULL,
  parts jsonb NOT NULL,
  PRIMARY KEY (line_id, crossing)
);

CREATE INDEX idx_unsaid_organization ON sync.unsaid (organization_id);
CREATE INDEX idx_unsaid_crossing ON sync.unsaid (crossing);

-- Rows by table and id, as one text each, so that a set of them is an array.
CREATE FUNCTION sync.row_key(number integer, row_id bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT number || ':' || row_id
$$;

CREATE FUNCTION sync.ids_among(keys text[], number integer) RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(array_agg(split_part(key, ':', 2)::bigint), '{}') FROM unnest(keys) AS key WHERE split_part(key, ':', 1) = number::text
$$;

CREATE FUNCTION sync.rows_among(keys text[]) RETURNS SETOF sync.row LANGUAGE sql STABLE AS $$
  SELECT r.* FROM unnest(keys) AS key
  JOIN sync.row AS r ON r.table_number = split_part(key, ':', 1)::integer AND r.id = split_part(key, ':', 2)::bigint
$$;

CREATE FUNCTION sync.counts_among(keys text[]) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_object_agg(name, count), '{}') FROM (
    SELECT c.name, count(*) FROM unnest(keys) AS key JOIN sync.rule AS c ON c.table_number = split_part(key, ':', 1)::integer GROUP BY 1
  ) AS counted
$$;

-- A person, and whoever was found to be the same one: their files are empty and point at this one.
CREATE FUNCTION sync.people_in(beneficiary bigint) RETURNS bigint[] LANGUAGE sql STABLE AS $$
  WITH RECURSIVE files AS (
    SELECT b.id, b.user_id FROM public.beneficiaries AS b WHERE b.id = beneficiary
    UNION SELECT b.id, b.user_id FROM files AS f JOIN public.beneficiaries AS b ON b.merged_into = f.id
  )
  SELECT array_agg(coalesce(user_id, -id)) FROM files
$$;

-- Which living rows go along, and which stay because they cannot be without one that goes or stays. Questions of the conflict
-- desk are neither.
CREATE FUNCTION sync.plan_crossing(organization bigint, its_people bigint[], OUT goes text[], OUT stays text[]) LANGUAGE plpgsql STABLE AS $$
DECLARE
  remaining text[];
  found_ones text[];
  more text[];
  firm record;
BEGIN
  goes := ARRAY(
    SELECT sync.row_key(r.table_number, r.id) FROM sync.row AS r JOIN sync.rule AS c USING (table_number)
    WHERE r.organization_id = organization AND r.person_id = ANY (its_people) AND r.alive AND c.goes_along
  );
  LOOP
    remaining := ARRAY(
      SELECT sync.row_key(r.table_number, r.id) FROM sync.rows_among(goes) AS r WHERE NOT EXISTS (
        SELECT FROM sync.reference AS f WHERE f.table_number = r.table_number AND f.is_firm AND r.state -> 'values' ->> f.column_name IS NOT NULL
          AND sync.row_key(f.parent_table, (r.state -> 'values' ->> f.column_name)::bigint) <> ALL (goes)
      )
    );
    EXIT WHEN cardinality(remaining) = cardinality(goes);
    goes := remaining;
  END LOOP;
  stays := ARRAY(
    SELECT sync.row_key(r.table_number, r.id) FROM sync.row AS r JOIN sync.rule AS c USING (table_number)
    WHERE r.organization_id = organization AND r.person_id = ANY (its_people) AND r.alive AND c.kind <> 'push' AND c.name <> 'sync_conflicts'
      AND sync.row_key(r.table_number, r.id) <> ALL (goes)
  );
  LOOP
    more := '{}';
    FOR firm IN
      SELECT f.*, c.name, sync.ids_among(goes || stays, f.parent_table) AS parents FROM sync.reference AS f JOIN sync.rule AS c USING (table_number)
      WHERE f.is_firm AND c.kind <> 'push'
    LOOP
      EXECUTE format(
        'SELECT coalesce(array_agg(sync.row_key(%1$s, t.id)), ''{}'') FROM public.%2$I AS t JOIN sync.row AS r ON r.table_number = %1$s AND r.id = t.id
         WHERE t.%3$I = ANY ($1) AND r.organization_id = $2 AND r.alive AND sync.row_key(%1$s, t.id) <> ALL ($3)',
        firm.table_number, firm.name, firm.column_name
      ) INTO found_ones USING firm.parents, organization, goes || stays || more;
      more := more || found_ones;
    END LOOP;
    EXIT WHEN more = '{}';
    stays := stays || more;
  END LOOP;
END $$;

-- Pictures in questions and papers among these rows: everybody's, and named by their bytes alone.
CREATE FUNCTION sync.pictures_among(organization bigint, keys text[]) RETURNS SETOF sync.row LANGUAGE sql STABLE AS $$
  SELECT d.* FROM sync.row AS d JOIN sync.rule AS c USING (table_number)
  WHERE c.name = 'documents' AND d.organization_id = organization AND d.alive AND d.person_id IS NULL
    AND d.state #>> '{values,category}' = 'question' AND d.state #>> '{values,file_path}' ~ '^content:[0-9a-f]{64}$' AND EXISTS (
      SELECT FROM sync.rows_among(keys) AS r JOIN sync.rule AS o USING (table_number)
      WHERE o.name IN ('questions', 'papers') AND strpos(r.state::text, substr(d.state #>> '{values,file_path}', 9)) > 0
    )
$$;

-- Contents that documents among these rows name, and their pictures.
CREATE FUNCTION sync.paths_among(organization bigint, keys text[]) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(DISTINCT path), '{}') FROM (
    SELECT r.state -> 'values' ->> 'file_path' AS path FROM sync.rows_among(keys) AS r JOIN sync.rule AS c USING (table_number) WHERE c.name = 'documents'
    UNION ALL SELECT d.state -> 'values' ->> 'file_path' FROM sync.pictures_among(organization, keys) AS d
  ) AS p WHERE path ~ '^(content|pieces):[0-9a-f]{64}$'
$$;

-- By what these contents are kept: themselves, and the pieces of those that are lists.
CREATE FUNCTION sync.digests_of(organization bigint, paths text[]) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(digest), '{}') FROM (
    SELECT split_part(path, ':', 2) AS digest FROM unnest(paths) AS path
    UNION SELECT p.digest FROM sync.content_piece AS p WHERE p.organization_id = organization AND 'pieces:' || p.list = ANY (paths)
  ) AS d
$$;

CREATE FUNCTION sync.has_room_for(organization bigint, to_organization bigint, paths text[]) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT h.room >= (
    SELECT coalesce(sum(octet_length(c.bytes)), 0) FROM sync.content AS c WHERE c.organization_id = to_organization
  ) + (
    SELECT coalesce(sum(octet_length(c.bytes)), 0) FROM sync.content AS c
    WHERE c.organization_id = organization AND c.digest = ANY (sync.digests_of(organization, paths))
      AND NOT EXISTS (SELECT FROM sync.content AS o WHERE o.organization_id = to_organization AND o.digest = c.digest)
  ) FROM sync.head AS h WHERE h.organization_id = to_organization
$$;

CREATE FUNCTION sync.trainer_named(organization bigint, address text) RETURNS public.users LANGUAGE sql STABLE AS $$
  SELECT u FROM public.users AS u WHERE u.organization_id = organization AND u.email = lower(address) AND u.role <> 'student' AND u.is_active
$$;

-- Why somebody cannot go, or null. Each is for a person to put right first: nothing of it is decided by the way.
CREATE FUNCTION sync.crossing_problem(its public.beneficiaries, to_organization bigint, trainer_email text, goes text[]) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  its_people bigint[] := sync.people_in(its.id);
BEGIN
  RETURN CASE
    WHEN its.id IS NULL OR its.merged_into IS NOT NULL OR its.deleted_at IS NOT NULL THEN 'personMissing'
    WHEN NOT EXISTS (SELECT FROM sync.head AS h WHERE h.organization_id = to_organization) THEN 'organizationMissing'
    WHEN its.organization_id = to_organization THEN 'isTheirs'
    WHEN trainer_email IS NOT NULL AND (sync.trainer_named(to_organization, trainer_email)).id IS NULL THEN 'trainerMissing'
    WHEN EXISTS (SELECT FROM public.users AS u WHERE u.id = ANY (its_people) AND u.role <> 'student') THEN 'isStaff'
    WHEN EXISTS (SELECT FROM public.legal_holds AS l WHERE l.person_id = ANY (its_people) AND l.lifted_at IS NULL) THEN 'isHeld'
    WHEN EXISTS (SELECT FROM public.privacy_requests AS q WHERE q.person_id = ANY (its_people) AND q.done_at IS NULL) THEN 'hasRequests'
    WHEN EXISTS (SELECT FROM public.beneficiaries AS b WHERE b.merged_into = its.id AND b.merge_record IS NOT NULL) THEN 'isMerged'
    WHEN EXISTS (
      SELECT FROM sync.row AS r JOIN public.sync_conflicts AS q ON q.id = r.id
      WHERE r.organization_id = its.organization_id AND r.person_id = ANY (its_people) AND r.table_number = sync.table_number('sync_conflicts') AND q.decided_at IS NULL
    ) THEN 'hasQuestions'
    -- What is begun and never handed in is in nobody's way for longer.
    WHEN EXISTS (
      SELECT FROM public.attempts AS a JOIN public.beneficiaries AS b ON b.id = a.beneficiary_id
      WHERE coalesce(b.user_id, -b.id) = ANY (its_people) AND a.state = 'running' AND a.started_at > clock_timestamp() - interval '1 day'
    ) THEN 'isSitting'
    WHEN EXISTS (
      SELECT FROM public.users AS u JOIN public.users AS o ON o.email = u.email WHERE u.id = ANY (its_people) AND o.organization_id = to_organization
    ) THEN 'addressTaken'
    WHEN EXISTS (SELECT FROM unnest(sync.paths_among(its.organization_id, goes)) AS path WHERE sync.lacks(its.organization_id, path) <> '{}') THEN 'contentsMissing'
    WHEN NOT sync.has_room_for(its.organization_id, to_organization, sync.paths_among(its.organization_id, goes)) THEN 'noRoom'
  END;
END $$;

-- What going to another organization does, before it is done.
CREATE FUNCTION sync.preview_crossing(beneficiary bigint, to_organization bigint, trainer_email text) RETURNS jsonb LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  its public.beneficiaries;
  trainer public.users := sync.trainer_named(to_organization, trainer_email);
  plan record;
  problem text;
BEGIN
  SELECT * INTO its FROM public.beneficiaries WHERE id = beneficiary;
  SELECT * INTO plan FROM sync.plan_crossing(its.organization_id, sync.people_in(its.id));
  problem := sync.crossing_problem(its, to_organization, trainer_email, plan.goes);
  IF problem IS NOT NULL THEN RETURN jsonb_build_object('problem', problem); END IF;
  RETURN jsonb_build_object(
    'person', (SELECT name FROM public.users WHERE id = its.user_id),
    'from', (SELECT name FROM public.organizations WHERE id = its.organization_id),
    'to', (SELECT name FROM public.organizations WHERE id = to_organization),
    'trainer', trainer.name,
    'goes', sync.counts_among(plan.goes),
    'stays', sync.counts_among(plan.stays),
    'results', (
      SELECT coalesce(jsonb_agg(DISTINCT s.title), '[]') FROM public.attempts AS a JOIN public.assessments AS s ON s.id = a.assessment_id
      WHERE a.id = ANY (sync.ids_among(plan.stays, sync.table_number('attempts')))
    ),
    'leaves', sync.machines_in(its.organization_id, its.trainer_id),
    'comes', sync.machines_in(to_organization, trainer.id)
  );
END $$;

-- Devices in use that have people of this trainer, or of everybody.
CREATE FUNCTION sync.machines_in(organization bigint, trainer bigint) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_agg(DISTINCT coalesce(nullif(f.machine, ''), '#' || f.site)), '[]')
  FROM sync.site AS s JOIN sync.site AS f ON f.site = s.family
  WHERE s.organization_id = organization AND (s.scope <> 'trainer' OR s.trainer_id = trainer) AND s.revoked_at IS NULL AND s.incarnation IS NOT NULL
$$;

-- Whoever stays, and may do without what goes, stands without it.
CREATE FUNCTION sync.let_go_of(organization bigint, keys text[]) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  loose record;
  child record;
  emptied jsonb := '[]';
BEGIN
  FOR loose IN
    SELECT f.*, c.name, sync.ids_among(keys, f.parent_table) AS parents FROM sync.reference AS f JOIN sync.rule AS c USING (table_number)
    WHERE NOT f.is_firm AND c.kind <> 'push'
  LOOP
    FOR child IN EXECUTE format(
      'SELECT t.id, t.%1$I AS parent FROM public.%2$I AS t JOIN sync.row AS r ON r.table_number = %3$s AND r.id = t.id
       WHERE t.%1$I = ANY ($1) AND r.organization_id = $2 AND r.alive AND sync.row_key(%3$s, t.id) <> ALL ($3)',
      loose.column_name, loose.name, loose.table_number
    ) USING loose.parents, organization, keys LOOP
      PERFORM sync.write_as_centre(loose.table_number, child.id, jsonb_build_object(loose.column_name, NULL));
      emptied := emptied || jsonb_build_object('table', loose.table_number, 'id', child.id, 'column', loose.column_name, 'value', child.parent);
    END LOOP;
  END LOOP;
  RETURN emptied;
END $$;

-- One row into the other organization, at a number of its feed; the references that were emptied.
CREATE FUNCTION sync.take_across(known sync.row, to_organization bigint, trainer bigint, goes text[], at_number bigint) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  its sync.rule;
  loose record;
  stamp jsonb := jsonb_build_array(sync.centre_clock(known.state), 0);
  changes jsonb := jsonb_build_object('organization_id', to_organization);
  emptied jsonb := '[]';
BEGIN
  SELECT * INTO its FROM sync.rule AS c WHERE c.table_number = known.table_number;
  FOR loose IN
    SELECT f.*, known.state -> 'values' ->> f.column_name AS value FROM sync.reference AS f WHERE f.table_number = known.table_number AND NOT f.is_firm
  LOOP
    CONTINUE WHEN sync.row_key(loose.parent_table, loose.value::bigint) = ANY (goes);
    CONTINUE WHEN loose.value IS NULL AND NOT loose.becomes_trainer;
    changes := changes || jsonb_build_object(loose.column_name, CASE WHEN loose.becomes_trainer THEN trainer END);
    IF loose.value IS NOT NULL THEN
      emptied := emptied || jsonb_build_object('table', known.table_number, 'id', known.id, 'column', loose.column_name, 'value', loose.value::bigint);
    END IF;
  END LOOP;
  UPDATE sync.row AS r SET organization_id = to_organization, number = at_number, first_number = at_number,
    state = sync.written(known.state, changes, stamp, its.rules), received_clock = (stamp ->> 0)::bigint, echo_of = NULL
  WHERE r.table_number = known.table_number AND r.id = known.id;
  RETURN emptied;
END $$;

CREATE FUNCTION sync.take_contents_across(organization bigint, to_organization bigint, paths text[]) RETURNS void LANGUAGE sql VOLATILE AS $$
  INSERT INTO sync.content (organization_id, digest, bytes)
  SELECT to_organization, c.digest, c.bytes FROM sync.content AS c
  WHERE c.organization_id = organization AND c.digest = ANY (sync.digests_of(organization, paths)) ON CONFLICT DO NOTHING;
  INSERT INTO sync.content_piece (organization_id, list, position, digest)
  SELECT to_organization, p.list, p.position, p.digest FROM sync.content_piece AS p
  WHERE p.organization_id = organization AND 'pieces:' || p.list = ANY (paths) ON CONFLICT DO NOTHING;
$$;

-- Pictures stay with everybody who uses them, and are everybody's in the other organization too.
CREATE FUNCTION sync.copy_pictures(organization bigint, to_organization bigint, keys text[]) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  picture sync.row;
  copy_id bigint;
BEGIN
  FOR picture IN
    SELECT DISTINCT ON (d.state #>> '{values,file_path}') d.* FROM sync.pictures_among(organization, keys) AS d
    WHERE NOT EXISTS (
      SELECT FROM public.documents AS o WHERE o.organization_id = to_organization AND o.file_path = d.state #>> '{values,file_path}'
        AND o.category = 'question' AND o.beneficiary_id IS NULL AND o.deleted_at IS NULL
    ) ORDER BY d.state #>> '{values,file_path}', d.id
  LOOP
    copy_id := sync.insert_as_centre(picture.table_number, to_organization, NULL,
      picture.state -> 'values' || jsonb_build_object('organization_id', to_organization, 'uploaded_by', NULL, 'version_of', NULL));
    PERFORM sync.put(picture.table_number, ARRAY[copy_id]);
  END LOOP;
END $$;

-- What stays goes off every device, into `sync.stayed`; with the typed rows, children first.
CREATE FUNCTION sync.put_aside(crossing_id bigint, organization bigint, stays text[]) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  its record;
BEGIN
  INSERT INTO sync.stayed (organization_id, crossing, table_number, id, person_id, state)
  SELECT organization, crossing_id, r.table_number, r.id, r.person_id, r.state FROM sync.rows_among(stays) AS r;
  FOR its IN SELECT c.table_number, c.name FROM sync.rule AS c ORDER BY c.place DESC LOOP
    EXECUTE format('DELETE FROM public.%I WHERE id = ANY ($1)', its.name) USING sync.ids_among(stays, its.table_number);
  END LOOP;
  DELETE FROM sync.row AS r USING unnest(stays) AS key
  WHERE r.table_number = split_part(key, ':', 1)::integer AND r.id = split_part(key, ':', 2)::bigint;
END $$;

-- The log of an organization says nothing more of somebody who has gone, in lines that come later neither. Whoever calls has
-- locked the organization.
CREATE FUNCTION sync.hush(its sync.crossing) RETURNS void LANGUAGE sql VOLATILE AS $$
  INSERT INTO sync.unsaid (organization_id, crossing, line_id, parts)
  SELECT its.organization_id, its.id, u.line_id, u.parts
  FROM (
    SELECT array_agg(c.name) AS tables, array_agg(r.id) AS ids FROM (
      SELECT r.table_number, r.id FROM sync.row AS r
      WHERE r.organization_id IN (SELECT h.organization_id FROM sync.head AS h) AND r.person_id = ANY (its.people)
      UNION SELECT s.table_number, s.id FROM sync.stayed AS s JOIN sync.crossing AS g ON g.id = s.crossing WHERE g.people && its.people
    ) AS r JOIN sync.rule AS c USING (table_number)
  ) AS theirs CROSS JOIN sync.unsay(its.organization_id, its.hushed, its.people, theirs.tables, theirs.ids) AS u
  ON CONFLICT (line_id, crossing) DO UPDATE SET parts = sync.unsaid.parts || excluded.parts;
  UPDATE sync.crossing AS g SET hushed = h.number FROM sync.head AS h WHERE g.id = its.id AND h.organization_id = its.organization_id;
$$;

CREATE FUNCTION sync.say_again(its sync.unsaid) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  line sync.row;
BEGIN
  DELETE FROM sync.unsaid AS u WHERE u.line_id = its.line_id AND u.crossing = its.crossing;
  SELECT * INTO line FROM sync.row AS r WHERE r.table_number = sync.table_number('activity_logs') AND r.id = its.line_id;
  -- What a device has taken out of it since, as it does with old lines, stays out.
  IF NOT line.alive OR sync.stamp_of(line.state, 'row') ->> 1 <> '0' THEN RETURN; END IF;
  PERFORM sync.write_as_centre(line.table_number, line.id, jsonb_build_object(
    'details', sync.with_parts((line.state #>> '{values,details}')::jsonb, its.parts)::text
  ) || CASE WHEN its.parts ? 'origin' THEN jsonb_build_object('ip_address', its.parts #> '{origin,0}', 'user_agent', its.parts #> '{origin,1}') ELSE '{}' END);
END $$;

-- Tells the administrators of an organization that somebody has gone or come, and whoever had or gets them.
CREATE FUNCTION sync.tell_of_crossing(organization bigint, trainer bigint, news jsonb) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  reader bigint;
  notice bigint;
BEGIN
  FOR reader IN
    SELECT u.id FROM public.users AS u WHERE u.organization_id = organization AND u.is_active AND u.password_hash NOT IN ('', '!')
      AND (u.role IN ('admin', 'super_admin') OR u.id = trainer) ORDER BY u.id
  LOOP
    notice := sync.insert_as_centre(sync.table_number('notifications'), organization, reader, jsonb_build_object(
      'organization_id', organization, 'user_id', reader, 'type', 'crossing', 'title', 'notifications.crossing', 'message', NULL,
      'data', news::text, 'is_read', 0, 'read_at', NULL, 'created_at', sync.written_time()
    ));
    PERFORM sync.put(sync.table_number('notifications'), ARRAY[notice]);
  END LOOP;
END $$;

-- What was told of these files before, which is over now.
CREATE FUNCTION sync.untell_crossings(files bigint[]) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  notice bigint;
BEGIN
  FOR notice IN
    DELETE FROM public.notifications AS n WHERE n.type = 'crossing' AND sync.as_id(n.data -> 'beneficiaryId') = ANY (files) RETURNING n.id
  LOOP
    PERFORM sync.delete_as_centre(sync.table_number('notifications'), notice, true);
  END LOOP;
END $$;

-- What stayed here when somebody left, now that they are here again: but for what cannot be without something that is gone.
CREATE FUNCTION sync.bring_back(organization bigint, its_people bigint[]) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  its sync.stayed;
  said sync.unsaid;
  at_number bigint;
  held record;
BEGIN
  FOR its IN
    SELECT s.* FROM sync.stayed AS s JOIN sync.crossing AS g ON g.id = s.crossing JOIN sync.rule AS c USING (table_number)
    WHERE s.organization_id = organization AND g.people && its_people ORDER BY c.place, s.id
  LOOP
    CONTINUE WHEN EXISTS (
      SELECT FROM sync.reference AS f WHERE f.table_number = its.table_number AND f.is_firm AND its.state -> 'values' ->> f.column_name IS NOT NULL
        AND NOT sync.is_here(organization, f.parent_table, (its.state -> 'values' ->> f.column_name)::bigint)
    );
    at_number := sync.next_numbers(organization, 1) + 1;
    INSERT INTO sync.row (table_number, id, organization_id, number, person_id, state, alive, received_clock, first_number)
    VALUES (its.table_number, its.id, organization, at_number, its.person_id, its.state, true, sync.now_clock(), at_number);
    PERFORM sync.put(its.table_number, ARRAY[its.id]);
    FOR held IN
      SELECT f.column_name FROM sync.reference AS f WHERE f.table_number = its.table_number AND NOT f.is_firm AND its.state -> 'values' ->> f.column_name IS NOT NULL
        AND NOT sync.is_here(organization, f.parent_table, (its.state -> 'values' ->> f.column_name)::bigint)
    LOOP
      PERFORM sync.write_as_centre(its.table_number, its.id, jsonb_build_object(held.column_name, NULL));
    END LOOP;
    DELETE FROM sync.leave AS l WHERE l.organization_id = organization AND l.trainer_id IS NULL AND l.table_number = its.table_number AND l.id = its.id;
    DELETE FROM sync.stayed AS s WHERE s.table_number = its.table_number AND s.id = its.id;
  END LOOP;
  FOR held IN
    SELECT (e -> 'table')::integer AS table_number, (e ->> 'id')::bigint AS id, e ->> 'column' AS column_name, e -> 'value' AS value, f.parent_table
    FROM sync.crossing AS g CROSS JOIN LATERAL jsonb_array_elements(g.emptied) AS e
    JOIN sync.reference AS f ON f.table_number = (e -> 'table')::integer AND f.column_name = e ->> 'column'
    WHERE g.organization_id = organization AND g.people && its_people ORDER BY g.id
  LOOP
    CONTINUE WHEN NOT EXISTS (
      SELECT FROM sync.row AS r WHERE r.organization_id = organization AND r.table_number = held.table_number AND r.id = held.id AND r.alive
        AND r.state -> 'values' ->> held.column_name IS NULL
    ) OR NOT sync.is_here(organization, held.parent_table, (held.value #>> '{}')::bigint);
    PERFORM sync.write_as_centre(held.table_number, held.id, jsonb_build_object(held.column_name, held.value));
  END LOOP;
  UPDATE sync.crossing AS g SET emptied = '[]' WHERE g.organization_id = organization AND g.people && its_people;
  FOR said IN
    SELECT u.* FROM sync.unsaid AS u JOIN sync.crossing AS g ON g.id = u.crossing
    WHERE u.organization_id = organization AND g.people && its_people ORDER BY u.crossing DESC
  LOOP
    PERFORM sync.say_again(said);
  END LOOP;
END $$;

CREATE FUNCTION sync.is_here(organization bigint, its_table integer, its_id bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM sync.row AS r WHERE r.organization_id = organization AND r.table_number = its_table AND r.id = its_id AND r.alive)
$$;

-- Takes people across, with all of theirs. Whoever calls has locked both organizations and looked for problems.
CREATE FUNCTION sync.cross_over(organization bigint, to_organization bigint, its_people bigint[], trainer bigint) RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  new_id bigint := nextval('sync.copy_ids');
  plan record;
  file record;
  crossing sync.crossing;
  known sync.row;
  its record;
  at_number bigint;
  its_emptied jsonb;
BEGIN
  SELECT * INTO plan FROM sync.plan_crossing(organization, its_people);
  SELECT b.id, b.trainer_id, u.name INTO file FROM public.beneficiaries AS b LEFT JOIN public.users AS u ON u.id = b.user_id
  WHERE coalesce(b.user_id, -b.id) = ANY (its_people) AND b.merged_into IS NULL;
  INSERT INTO sync.crossing (id, organization_id, to_organization, people)
  VALUES (new_id, organization, to_organization, its_people) RETURNING * INTO crossing;
  PERFORM sync.hush(crossing);
  its_emptied := sync.let_go_of(organization, plan.goes || plan.stays);
  -- What was decided, or deleted, says nothing of them any more.
  FOR its IN
    SELECT r.table_number, r.id FROM sync.row AS r WHERE r.organization_id = organization AND r.person_id = ANY (its_people) AND r.alive
      AND r.table_number = sync.table_number('sync_conflicts')
      AND NOT (r.state #> '{values,lost_values}' = 'null' AND r.state #> '{values,kept_values}' = 'null')
  LOOP
    PERFORM sync.write_as_centre(its.table_number, its.id, '{"kept_values": null, "lost_values": null}');
  END LOOP;
  UPDATE sync.row AS r SET state = r.state || '{"values": {}}' || jsonb_build_object('seen', sync.seen_by(r.state))
  WHERE r.organization_id = organization AND r.person_id = ANY (its_people) AND NOT r.alive AND r.state -> 'values' <> '{}';

  at_number := sync.next_numbers(organization, cardinality(plan.goes || plan.stays));
  INSERT INTO sync.leave (organization_id, number, table_number, id, trainer_id)
  SELECT organization, at_number + row_number() OVER (ORDER BY c.place DESC, r.id), r.table_number, r.id, NULL
  FROM sync.rows_among(plan.goes || plan.stays) AS r JOIN sync.rule AS c USING (table_number);
  DELETE FROM sync.waiting AS w WHERE w.organization_id = organization AND sync.row_key(w.table_number, w.id) = ANY (plan.goes || plan.stays);
  PERFORM sync.take_contents_across(organization, to_organization, sync.paths_among(organization, plan.goes));

  PERFORM sync.copy_pictures(organization, to_organization, plan.goes);

  at_number := sync.next_numbers(to_organization, cardinality(plan.goes));
  FOR known IN SELECT r.* FROM sync.rows_among(plan.goes) AS r JOIN sync.rule AS c USING (table_number) ORDER BY c.place, r.id LOOP
    at_number := at_number + 1;
    its_emptied := its_emptied || sync.take_across(known, to_organization, trainer, plan.goes, at_number);
  END LOOP;
  FOR its IN SELECT c.table_number FROM sync.rule AS c WHERE c.goes_along ORDER BY c.place LOOP
    PERFORM sync.put(its.table_number, sync.ids_among(plan.goes, its.table_number));
  END LOOP;
  DELETE FROM sync.leave AS l WHERE l.organization_id = to_organization AND l.trainer_id IS NULL AND sync.row_key(l.table_number, l.id) = ANY (plan.goes);
  PERFORM sync.put_aside(new_id, organization, plan.stays);
  UPDATE sync.crossing AS g SET emptied = its_emptied WHERE g.id = new_id;
  PERFORM sync.bring_back(to_organization, its_people);
  -- Who is gone is told by their name, since no device there has them any more, and nobody where they are.
  PERFORM sync.untell_crossings(ARRAY[file.id]);
  PERFORM sync.tell_of_crossing(organization, file.trainer_id, jsonb_build_object('news', 'went', 'beneficiaryId', file.id, 'name', file.name));
  PERFORM sync.tell_of_crossing(to_organization, (SELECT b.trainer_id FROM public.beneficiaries AS b WHERE b.id = file.id),
    jsonb_build_object('news', 'came', 'beneficiaryId', file.id));
  -- Only numbers, and to each only that somebody went or came.
  INSERT INTO public.activity_logs (id, organization_id, action, resource_type, resource_id, user_agent, created_at)
  SELECT nextval('sync.copy_ids'), o.id, o.action, 'crossing', new_id, 'bdc centre move', clock_timestamp()
  FROM (VALUES (organization, 'centre.leaveOrganization'), (to_organization, 'centre.enterOrganization')) AS o (id, action);
  SET CONSTRAINTS ALL IMMEDIATE;
  SET CONSTRAINTS ALL DEFERRED;
  RETURN new_id;
END $$;

-- Two heads, always in the order of their ids, so that no two who do this wait for each other.
CREATE FUNCTION sync.lock_heads(organizations bigint[]) RETURNS void LANGUAGE sql VOLATILE AS $$
  SELECT FROM sync.head WHERE organization_id = ANY (organizations) ORDER BY organization_id FOR UPDATE
$$;

-- Gives a person to another organization, and to a trainer there where one is named. The number that is returned takes it
-- back; null where something has come between since the preview.
CREATE FUNCTION sync.move_to_organization(beneficiary bigint, to_organization bigint, trainer_email text) RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '10s' AS $$
DECLARE
  its public.beneficiaries;
  trainer public.users;
  crossing_id bigint;
  handover bigint;
BEGIN
  PERFORM sync.lock_heads(ARRAY[(SELECT organization_id FROM public.beneficiaries WHERE id = beneficiary), to_organization]);
  IF sync.preview_crossing(beneficiary, to_organization, trainer_email) ? 'problem' THEN RETURN NULL; END IF;
  SELECT * INTO its FROM public.beneficiaries WHERE id = beneficiary;
  trainer := sync.trainer_named(to_organization, trainer_email);
  crossing_id := sync.cross_over(its.organization_id, to_organization, sync.people_in(its.id), trainer.id);
  IF trainer.id IS NOT NULL THEN
    handover := sync.insert_as_centre(sync.table_number('handovers'), to_organization, coalesce(its.user_id, -its.id), jsonb_build_object(
      'organization_id', to_organization, 'beneficiary_id', its.id, 'from_trainer_id', NULL, 'to_trainer_id', trainer.id,
      'offered_by', NULL, 'note', NULL, 'reply', NULL, 'status', 'moved', 'decided_at', sync.written_time(),
      'created_at', sync.written_time(), 'updated_at', sync.written_time()
    ));
    PERFORM sync.put(sync.table_number('handovers'), ARRAY[handover]);
  END IF;
  RETURN crossing_id;
END $$;

-- Brings somebody back whom a move took across, with what was written of them since, and everything that had stayed; null where
-- the number is of no such move, and otherwise what is in the way, or `done`.
CREATE FUNCTION sync.cross_back(crossing_id bigint) RETURNS text LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '10s' AS $$
DECLARE
  its sync.crossing;
  file public.beneficiaries;
  plan record;
  problem text;
BEGIN
  SELECT * INTO its FROM sync.crossing WHERE id = crossing_id;
  IF its.id IS NULL THEN RETURN NULL; END IF;
  PERFORM sync.lock_heads(ARRAY[its.organization_id, its.to_organization]);
  SELECT b.* INTO file FROM public.beneficiaries AS b
  WHERE b.organization_id = its.to_organization AND coalesce(b.user_id, -b.id) = ANY (its.people) AND b.merged_into IS NULL;
  IF file.id IS NULL OR EXISTS (SELECT FROM sync.crossing AS g WHERE g.id = its.id AND g.undone_at IS NOT NULL)
    OR EXISTS (SELECT FROM sync.crossing AS g WHERE g.people && its.people AND g.id > its.id) THEN RETURN 'isOver'; END IF;
  SELECT * INTO plan FROM sync.plan_crossing(its.to_organization, sync.people_in(file.id));
  problem := sync.crossing_problem(file, its.organization_id, NULL, plan.goes);
  IF problem IS NOT NULL THEN RETURN problem; END IF;
  PERFORM sync.cross_over(its.to_organization, its.organization_id, sync.people_in(file.id), NULL);
  UPDATE sync.crossing SET undone_at = clock_timestamp() WHERE id = its.id;
  RETURN 'done';
END $$;

-- A row of theirs, wherever it is.
CREATE FUNCTION sync.is_theirs(its_table integer, its_id bigint, its_people bigint[]) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM sync.row AS r WHERE r.table_number = its_table AND r.id = its_id AND r.person_id = ANY (its_people)
  ) OR EXISTS (
    SELECT FROM sync.stayed AS s JOIN sync.crossing AS g ON g.id = s.crossing
    WHERE s.table_number = its_table AND s.id = its_id AND g.people && its_people
  )
$$;

-- Whether what was not taken is about them: a row of theirs, or one that was to hang on one.
CREATE FUNCTION sync.is_about(noted sync.refused, its_people bigint[]) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT sync.is_theirs(noted.table_number, noted.id, its_people) OR EXISTS (
    SELECT FROM sync.reference AS f WHERE f.table_number = noted.table_number
      AND sync.is_theirs(f.parent_table, sync.as_id(sync.parsed(noted.row) -> 'values' -> f.column_name), its_people)
  )
$$;

-- What a row that was not taken says by its author, and does not stand where the person is now; null where it was taken out.
CREATE FUNCTION sync.said_late(its sync.rule, pushed jsonb, family integer) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN pushed ? 'deletion' THEN NULL ELSE coalesce(jsonb_object_agg(e.key, e.value), '{}') END
  FROM jsonb_each(pushed -> 'values') AS e
  LEFT JOIN LATERAL sync.row_at(its.table_number, (pushed ->> 'id')::bigint) AS k ON true
  WHERE e.key <> ALL (ARRAY['organization_id', 'created_at', 'updated_at', 'password_hash', 'secret_hash', 'code']) AND e.value <> 'null'
    AND e.value IS DISTINCT FROM k.state -> 'values' -> e.key
    AND NOT EXISTS (SELECT FROM sync.reference AS f WHERE f.table_number = its.table_number AND f.column_name = e.key)
    AND (sync.stamp_of(pushed, sync.register_of(its.rules, e.key)) ->> 1)::integer IN (SELECT s.site FROM sync.site AS s WHERE s.family = said_late.family)
$$;

-- What devices of the organization before wrote about somebody since they went, for whoever runs the centre to tell the one
-- where they are; null where the number is of no such move.
CREATE FUNCTION sync.late_writings(crossing_id bigint) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
      'machine', coalesce(nullif(f.machine, ''), '#' || f.site), 'receivedAt', to_char(e.received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'table', c.name, 'id', n.id, 'values', sync.said_late(c, sync.parsed(n.row), f.site)
    ) ORDER BY e.received_at, n.place), '[]')
    FROM sync.refused AS n
    JOIN sync.rule AS c ON c.table_number = n.table_number
    JOIN sync.envelope AS e ON e.site = n.site AND e.number = n.envelope
    JOIN sync.site AS s ON s.site = n.site JOIN sync.site AS f ON f.site = s.family
    WHERE n.organization_id = g.organization_id AND n.reason = 'moved' AND n.row <> '' AND sync.is_about(n, g.people)
  ) FROM sync.crossing AS g WHERE g.id = crossing_id
$$;

-- Where somebody is erased, what had stayed of them elsewhere goes too, that they had been there, and the text of what was not
-- taken. Of others who have gone, what lines of the log say that have come since.
CREATE FUNCTION sync.forget_gone() RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '10s' AS $$
DECLARE
  its sync.crossing;
BEGIN
  PERFORM sync.lock_heads(ARRAY(SELECT organization_id FROM sync.crossing UNION SELECT to_organization FROM sync.crossing));
  FOR its IN
    SELECT g.* FROM sync.crossing AS g WHERE NOT EXISTS (
      SELECT FROM public.beneficiaries AS b WHERE b.organization_id = g.organization_id AND coalesce(b.user_id, -b.id) = ANY (g.people)
    ) ORDER BY g.id DESC
  LOOP
    PERFORM sync.hush(its);
  END LOOP;
  UPDATE sync.refused AS n SET row = '' FROM sync.crossing AS g JOIN public.erasure_orders AS o ON o.person_id = ANY (g.people)
  WHERE n.organization_id = g.organization_id AND n.reason = 'moved' AND n.row <> '' AND sync.is_about(n, g.people);
  DELETE FROM sync.stayed AS s USING sync.crossing AS g, public.erasure_orders AS o
  WHERE g.id = s.crossing AND (o.person_id = ANY (g.people) OR o.person_id = s.person_id);
  DELETE FROM sync.unsaid AS u USING sync.crossing AS g, public.erasure_orders AS o
  WHERE g.id = u.crossing AND o.person_id = ANY (g.people);
  PERFORM sync.untell_crossings(ARRAY(
    SELECT r.id FROM sync.crossing AS g JOIN public.erasure_orders AS o ON o.person_id = ANY (g.people) CROSS JOIN sync.head AS h
    JOIN sync.row AS r ON r.organization_id = h.organization_id AND r.person_id = o.person_id AND r.table_number = sync.table_number('beneficiaries')
  ));
END $$;
