import { looseReferences, type TableName, tableNames } from '../database/registry.ts'

/** What an id becomes; the table is that of the row it names, undefined where only the key says that it is an id. */
export type Move = (table: string | undefined, id: number) => number

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** Local tables that hold ids without a foreign key; the registry says it of the others. */
export const localReferences: Readonly<Record<string, TableName>> = {
  ...looseReferences,
  'people_index.organization_id': 'organizations',
  'people_index.trainer_id': 'users',
  'people_keys.organization_id': 'organizations',
  'activity_chain.chain': 'organizations',
  'activity_chain.activity_id': 'activity_logs',
  'activity_chain.user_id': 'users',
  'activity_people.person_id': 'users',
  'activity_people.activity_id': 'activity_logs',
  'activity_checks.chain': 'organizations',
}

type Follow = (value: Json, move: Move) => Json

/** JSON that holds ids, by column, and how they are found in it. */
export const jsonReferences: Readonly<Record<string, Follow>> = {
  'beneficiaries.merge_record': movedRecord,
  'papers.questions': (value, move) =>
    mapList(value, (one) => (isObject(one) ? { ...one, id: movedValue('questions', one['id'] ?? null, move) } : one)),
  'attempts.draw': byKeys,
  'attempts.flags': (value, move) => mapList(value, (one) => movedValue('questions', one, move)),
  'classroom_sessions.assessment_ids': (value, move) => mapList(value, (one) => movedValue('assessments', one, move)),
  'erasure_orders.attempt_ids': (value, move) => mapList(value, (one) => movedValue('attempts', one, move)),
  'key_corrections.changed': byKeys,
  'messages.attachments': byKeys,
  'messages.audience': (value, move) =>
    isObject(value) ? { ...value, groups: groupsIn(value['groups'] ?? [], move) } : value,
  'unsaved_entries.entry': byKeys,
  'message_drafts.attachments': byKeys,
  'message_drafts.recipients': (value, move) =>
    isObject(value)
      ? {
          ...value,
          people: mapList(value['people'] ?? [], (one) => movedValue('users', one, move)),
          groups: mapList(value['groups'] ?? [], (one) => movedValue('groups', one, move)),
        }
      : value,
  'documents.metadata': byKeys,
  'people_imports.made_groups': (value, move) => mapList(value, (one) => movedValue('groups', one, move)),
  'people_import_rows.before': (value, move) =>
    isObject(value)
      ? {
          ...(byKeys(value, move) as { [key: string]: Json }),
          groups: mapList(value['groups'] ?? [], (one) => movedValue('groups', one, move)),
        }
      : value,
  'bulk_rows.before': byKeys,
  'saved_views.filters': movedFilters,
  'kept_filters.filters': movedFilters,
  'notifications.data': byKeys,
  'error_logs.context': byKeys,
  'activity_checks.problem': byKeys,
  'activity_logs.details': movedDetails,
}

/** Filters of a list, by their names in its address. */
function movedFilters(value: Json, move: Move): Json {
  if (!isObject(value)) return value
  const tables = { trainer: 'users', person: 'beneficiaries', beneficiary: 'beneficiaries', assessment: 'assessments' }
  const moved = Object.entries(tables).flatMap(([key, table]) => {
    const id = value[key]
    return id === undefined ? [] : [[key, movedValue(table, id, move)]]
  })
  return { ...value, ...Object.fromEntries(moved) }
}

/** What a file has of another: the keys of rows by the place that named it, and what else became different. */
function movedRecord(value: Json, move: Move): Json {
  if (!isObject(value)) return value
  const rest = byKeys(value, move) as { [key: string]: Json }
  const moved = isObject(value['moved'] ?? null) ? (value['moved'] as { [key: string]: Json }) : {}
  const keysOf = ([place, keys]: [string, Json]) => {
    const table = place.split('.')[0] ?? ''
    return [place, mapList(keys, (one) => movedValue(table, one, move))]
  }
  return {
    ...rest,
    moved: Object.fromEntries(Object.entries(moved).map(keysOf)),
    revoked: mapList(value['revoked'] ?? [], (one) => movedValue('learner_credentials', one, move)),
    withdrawn: mapList(value['withdrawn'] ?? [], (one) => movedValue('handovers', one, move)),
    groups: mapList(value['groups'] ?? [], (one) => movedValue('groups', one, move)),
    fields: mapList(value['fields'] ?? [], (one) => movedFieldChange(one, move)),
  }
}

function movedFieldChange(change: Json, move: Move): Json {
  if (!isObject(change) || change['field'] !== 'trainerId') return change
  const [before, after] = [change['before'] ?? null, change['after'] ?? null]
  return { ...change, before: movedValue('users', before, move), after: movedValue('users', after, move) }
}

function groupsIn(value: Json, move: Move): Json {
  return mapList(value, (one) => (isObject(one) ? { ...one, id: movedValue('groups', one['id'] ?? null, move) } : one))
}

/** Keys of JSON that name a row: `attemptId` is one of the attempts. */
const tableOfKey: Readonly<Record<string, TableName>> = {
  activityId: 'activity_logs',
  attendanceId: 'attendance',
  appointmentId: 'appointments',
  assessmentId: 'assessments',
  attemptId: 'attempts',
  beneficiaryId: 'beneficiaries',
  broughtBy: 'users',
  documentId: 'documents',
  groupId: 'groups',
  handoverId: 'handovers',
  linkId: 'person_links',
  messageId: 'messages',
  organizationId: 'organizations',
  original: 'assessments',
  otherId: 'beneficiaries',
  paperId: 'papers',
  person: 'users',
  personId: 'users',
  questionId: 'questions',
  responseId: 'responses',
  senderId: 'users',
  trainerId: 'users',
  userId: 'users',
}

function byKeys(value: Json, move: Move): Json {
  if (Array.isArray(value)) return value.map((one) => byKeys(one, move))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      const table = tableOfKey[key]
      return [key, table ? movedValue(table, one, move) : byKeys(one, move)]
    }),
  )
}

/** A line of the log: what the handler said, and each change with its row, its person, and the values of its columns. */
function movedDetails(value: Json, move: Move): Json {
  if (!isObject(value)) return value
  const { changes, ...words } = value
  const moved = byKeys(words, move)
  if (!Array.isArray(changes) || !isObject(moved)) return moved
  return { ...moved, changes: changes.map((change) => movedChange(change, move)) }
}

function movedChange(change: Json, move: Move): Json {
  if (!isObject(change)) return change
  const table = tableNames.find((name) => name === change['table'])
  if (!table) return change
  const { fields, ...rest } = change
  return {
    ...rest,
    id: movedValue(table, change['id'] ?? null, move),
    ...('person' in change && { person: movedValue('users', change['person'] ?? null, move) }),
    ...(isObject(fields ?? null) && { fields: movedFields(table, fields as { [key: string]: Json }, move) }),
  }
}

function movedFields(table: TableName, fields: { [key: string]: Json }, move: Move): Json {
  return Object.fromEntries(
    Object.entries(fields).map(([column, values]) => {
      const to = tableOfColumn(table, column)
      if (to) return [column, mapList(values, (one) => movedValue(to, one, move))]
      const follow = jsonReferences[`${table}.${column}`]
      return [column, follow ? mapList(values, (one) => movedQuote(one, follow, move)) : values]
    }),
  )
}

/** JSON as the log quotes it; a long one is cut off, and then only keys tell what is an id. */
function movedQuote(text: Json, follow: Follow, move: Move): Json {
  if (typeof text !== 'string') return text
  try {
    return JSON.stringify(follow(JSON.parse(text), move))
  } catch {
    return text.replace(/"(\w+)":(\d+)(?=[,}\]])/g, (whole, key: string, id: string) => {
      const table = key === 'id' ? 'questions' : tableOfKey[key]
      return table ? `"${key}":${move(table, Number(id))}` : whole
    })
  }
}

/** The table that a column refers to, by its name: what a log says of it outlives the column. */
function tableOfColumn(table: TableName, column: string): TableName | undefined {
  return localReferences[`${table}.${column}`] ?? referringColumns[column]
}

const referringColumns: Readonly<Record<string, TableName>> = {
  organization_id: 'organizations',
  admin_id: 'users',
  user_id: 'users',
  person_id: 'users',
  trainer_id: 'users',
  uploaded_by: 'users',
  shared_with: 'users',
  shared_by: 'users',
  sender_id: 'users',
  recipient_id: 'users',
  overridden_by: 'users',
  written_by: 'users',
  recorded_by: 'users',
  placed_by: 'users',
  lifted_by: 'users',
  done_by: 'users',
  deleted_by: 'users',
  beneficiary_id: 'beneficiaries',
  other_id: 'beneficiaries',
  merged_into: 'beneficiaries',
  group_id: 'groups',
  assessment_id: 'assessments',
  question_id: 'questions',
  current_question_id: 'questions',
  origin_id: 'questions',
  paper_id: 'papers',
  paper_before: 'papers',
  paper_after: 'papers',
  attempt_id: 'attempts',
  response_id: 'responses',
  classroom_session_id: 'classroom_sessions',
  document_id: 'documents',
  consent_text_id: 'consent_texts',
}

function movedValue(table: string, value: Json, move: Move): Json {
  return typeof value === 'number' ? move(table, value) : value
}

function mapList(value: Json, each: (one: Json) => Json): Json {
  return Array.isArray(value) ? value.map(each) : value
}

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
