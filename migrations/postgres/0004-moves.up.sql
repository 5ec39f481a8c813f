-- People into other hands, by whoever runs the centre: docs/sync.md, "Moves". Never called by a device.

-- A row that the centre itself writes first. Whoever calls puts it into the typed table.
CREATE FUNCTION sync.insert_as_centre(number integer, organization bigint, person bigint, vals jsonb) RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  new_id bigint := nextval('sync.copy_ids');
  clock bigint := sync.now_clock();
  at_number bigint := sync.next_numbers(organization, 1) + 1;
BEGIN
  INSERT INTO sync.row (table_number, id, organization_id, number, person_id, state, alive, received_clock, first_number)
  VALUES (insert_as_centre.number, new_id, organization, at_number, person,
    jsonb_build_object('stamp', jsonb_build_array(clock, 0), 'values', vals), true, clock, at_number);
  RETURN new_id;
END $$;

CREATE FUNCTION sync.written_time() RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

CREATE FUNCTION sync.table_number(wanted text) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT table_number FROM sync.rule WHERE name = wanted
$$;

-- People of an organization by the address of their account, their whole name, or the number of their file.
CREATE FUNCTION sync.people_named(organization bigint, wanted text) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'name', u.name, 'trainer', t.name) ORDER BY b.id), '[]')
  FROM public.beneficiaries AS b JOIN public.users AS u ON u.id = b.user_id LEFT JOIN public.users AS t ON t.id = b.trainer_id
  WHERE b.organization_id = organization AND b.merged_into IS NULL AND b.deleted_at IS NULL AND (u.email = lower(wanted) OR u.name = wanted OR b.id::text = wanted)
$$;

-- What a move to a trainer does, before it is done: what goes along, and which devices get it and give it up.
CREATE FUNCTION sync.preview_move(beneficiary bigint, trainer_email text) RETURNS jsonb LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  its public.beneficiaries;
  trainer public.users;
BEGIN
  SELECT * INTO its FROM public.beneficiaries WHERE id = beneficiary;
  SELECT * INTO trainer FROM public.users
  WHERE organization_id = its.organization_id AND email = lower(trainer_email) AND role <> 'student' AND is_active;
  IF its.id IS NULL THEN RETURN '{"problem": "personMissing"}'; END IF;
  IF trainer.id IS NULL THEN RETURN '{"problem": "trainerMissing"}'; END IF;
  IF trainer.id IS NOT DISTINCT FROM its.trainer_id THEN RETURN '{"problem": "isTheirs"}'; END IF;
  RETURN jsonb_build_object(
    'person', (SELECT name FROM public.users WHERE id = its.user_id),
    'from', (SELECT name FROM public.users WHERE id = its.trainer_id),
    'to', trainer.name,
    'rows', (
      SELECT coalesce(jsonb_object_agg(name, count), '{}') FROM (
        SELECT c.name, count(*) FROM sync.row AS r JOIN sync.rule AS c USING (table_number)
        WHERE r.organization_id = its.organization_id AND r.person_id = coalesce(its.user_id, -its.id) AND r.alive AND c.kind <> 'push' GROUP BY 1
      ) AS counted
    ),
    'leaves', sync.machines_of(its.organization_id, its.trainer_id),
    'comes', sync.machines_of(its.organization_id, trainer.id)
  );
END $$;

-- Laptops of a trainer that are in use, by what they are called.
CREATE FUNCTION sync.machines_of(organization bigint, trainer bigint) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_agg(DISTINCT coalesce(nullif(f.machine, ''), '#' || f.site)), '[]')
  FROM sync.site AS s JOIN sync.site AS f ON f.site = s.family
  WHERE s.organization_id = organization AND s.trainer_id = trainer AND s.revoked_at IS NULL AND s.incarnation IS NOT NULL
$$;

-- Gives a person to another trainer. The file says so on every device, and the number that is returned takes it back.
CREATE FUNCTION sync.move_beneficiary(beneficiary bigint, trainer_email text) RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '10s' AS $$
DECLARE
  its public.beneficiaries;
  new_trainer bigint;
  old_trainer bigint;
  handover bigint;
BEGIN
  SELECT * INTO its FROM public.beneficiaries WHERE id = beneficiary;
  PERFORM FROM sync.head WHERE organization_id = its.organization_id FOR UPDATE;
  IF sync.preview_move(beneficiary, trainer_email) ? 'problem' THEN RETURN NULL; END IF;
  SELECT trainer_id INTO old_trainer FROM public.beneficiaries WHERE id = beneficiary;
  SELECT id INTO new_trainer FROM public.users WHERE organization_id = its.organization_id AND email = lower(trainer_email);
  handover := sync.insert_as_centre(sync.table_number('handovers'), its.organization_id, coalesce(its.user_id, -its.id), jsonb_build_object(
    'organization_id', its.organization_id, 'beneficiary_id', its.id, 'from_trainer_id', old_trainer, 'to_trainer_id', new_trainer,
    'offered_by', NULL, 'note', NULL, 'reply', NULL, 'status', 'moved', 'decided_at', sync.written_time(),
    'created_at', sync.written_time(), 'updated_at', sync.written_time()
  ));
  PERFORM sync.put(sync.table_number('handovers'), ARRAY[handover]);
  PERFORM sync.give_to(its.id, new_trainer);
  PERFORM sync.log_move('centre.moveBeneficiary', its.organization_id, handover);
  RETURN handover;
END $$;

-- Gives somebody back to whom they were taken from; false where they have gone on since, null where the number is of no move.
CREATE FUNCTION sync.move_back(handover bigint) RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '10s' AS $$
DECLARE
  its public.handovers;
BEGIN
  SELECT * INTO its FROM public.handovers WHERE id = handover;
  IF its.id IS NULL OR its.status NOT IN ('moved', 'movedBack') THEN RETURN NULL; END IF;
  PERFORM FROM sync.head WHERE organization_id = its.organization_id FOR UPDATE;
  IF NOT EXISTS (
    SELECT FROM public.handovers AS h JOIN public.beneficiaries AS b ON b.id = h.beneficiary_id
    WHERE h.id = handover AND h.status = 'moved' AND b.trainer_id IS NOT DISTINCT FROM h.to_trainer_id
  ) THEN RETURN false; END IF;
  PERFORM sync.write_as_centre(sync.table_number('handovers'), handover, jsonb_build_object(
    'status', 'movedBack', 'decided_at', sync.written_time(), 'updated_at', sync.written_time()
  ));
  PERFORM sync.give_to(its.beneficiary_id, its.from_trainer_id);
  PERFORM sync.log_move('centre.moveBack', its.organization_id, handover);
  RETURN true;
END $$;

CREATE FUNCTION sync.give_to(beneficiary bigint, new_trainer bigint) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  its public.beneficiaries;
  since bigint;
BEGIN
  SELECT * INTO its FROM public.beneficiaries WHERE id = beneficiary;
  SELECT number INTO since FROM sync.head WHERE organization_id = its.organization_id;
  PERFORM sync.write_as_centre(sync.table_number('beneficiaries'), its.id,
    jsonb_build_object('trainer_id', new_trainer, 'updated_at', sync.written_time()));
  PERFORM sync.hand_over(its.organization_id, coalesce(its.user_id, -its.id), its.trainer_id, new_trainer, since);
END $$;

-- Only numbers: who it was stands in the handover.
CREATE FUNCTION sync.log_move(action text, organization bigint, handover bigint) RETURNS void LANGUAGE sql VOLATILE AS $$
  INSERT INTO public.activity_logs (id, organization_id, action, resource_type, resource_id, user_agent, created_at)
  VALUES (nextval('sync.copy_ids'), organization, action, 'handovers', handover, 'bdc centre move', clock_timestamp())
$$;
