import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TableName, tableNames } from '../../main/database/registry.ts'
import { anotherRow, everyRow, type Row, somebodyElse } from '../support/rows.ts'
import { dialects, type MigratedDatabases, migratedDatabases } from './databases.ts'
import { seedColumns } from './seed.ts'

let databases: MigratedDatabases
beforeAll(async () => {
  databases = await migratedDatabases()
  for (const dialect of dialects) {
    for (const table of tableNames) await databases[dialect].insert(table, everyRow[table])
    await databases[dialect].insert('beneficiaries', anotherRow('beneficiaries', somebodyElse))
  }
})
afterAll(() => databases[Symbol.asyncDispose]())

/** The allowed values of every column that has a set. */
const sets: Record<string, string[]> = {
  'users.role': ['super_admin', 'admin', 'trainer', 'student'],
  'beneficiaries.status': ['active', 'inactive', 'completed'],
  'assessments.type': ['diagnostic', 'formative', 'summative', 'practice'],
  'assessments.status': ['draft', 'published', 'in_progress', 'completed'],
  'questions.type': ['multiple_choice', 'true_false', 'short_answer', 'essay'],
  'attempts.state': ['running', 'handed_in', 'graded'],
  'appointments.status': ['scheduled', 'completed', 'cancelled'],
  'attendance.status': ['present', 'late', 'excused', 'absent'],
  'document_shares.permission': ['view', 'edit'],
  'sessions.kind': ['user', 'kiosk', 'room'],
  'marks.kind': ['mark', 'asked', 'second', 'final', 'regrade', 'override', 'withdrawn'],
  'learner_credentials.kind': ['pin', 'picture', 'card'],
  'erasure_orders.scope': ['person'],
  'person_links.kind': ['parent', 'sibling', 'partner', 'household', 'other', 'different'],
  'consent_texts.covers': ['photo'],
  'consents.kind': ['given', 'withdrawn'],
  'privacy_requests.kind': ['access', 'erasure'],
  'privacy_requests.outcome': ['done', 'refused'],
  'sync_conflicts.kind': [
    'concurrentEdit',
    'deleteOverridden',
    'sameName',
    'sameThing',
    'parentRevived',
    'lateEdit',
    'wrongClock',
  ],
  'sync_conflicts.decision': ['kept', 'taken', 'merged'],
  'error_logs.severity': ['debug', 'info', 'warning', 'error', 'critical'],
}

/** The lowest and the highest value that a column takes, and the nearest ones that it refuses. */
const ranges: Record<string, { allowed: number[]; refused: number[] }> = {
  'appointments.series_minutes': { allowed: [0, 2 ** 31 - 1], refused: [-1, 2 ** 31] },
  'sync_conflicts.table_number': { allowed: [1, 2 ** 31 - 1], refused: [0, 2 ** 31] },
  'sync_conflicts.kept_clock': { allowed: [0, Number.MAX_SAFE_INTEGER], refused: [-1] },
  'sync_conflicts.lost_clock': { allowed: [0, Number.MAX_SAFE_INTEGER], refused: [-1] },
  'sync_conflicts.kept_site': { allowed: [0, 2 ** 21 - 1], refused: [-1, 2 ** 21] },
  'sync_conflicts.lost_site': { allowed: [0, 2 ** 21 - 1], refused: [-1, 2 ** 21] },
  'assessment_results.percentage': { allowed: [0, 33.3, 100], refused: [-0.01, 100.01] },
  'assessment_results.score': { allowed: [0, 0.5], refused: [-0.5] },
  'assessment_results.max_score': { allowed: [0, 12], refused: [-1] },
  'assessment_results.time_taken': { allowed: [0, 2 ** 31 - 1], refused: [-1, 2 ** 31] },
  'assessments.time_limit': { allowed: [1, 2 ** 31 - 1], refused: [0, 2 ** 31] },
  'assessments.passing_score': { allowed: [0, 100], refused: [-1, 101] },
  'assessments.attempts_allowed': { allowed: [1, 2 ** 31 - 1], refused: [0, 2 ** 31] },
  'questions.points': { allowed: [0, 2 ** 31 - 1], refused: [-1, 2 ** 31] },
  'questions.order': { allowed: [-(2 ** 31), 2 ** 31 - 1], refused: [-(2 ** 31) - 1, 2 ** 31] },
  'papers.passing_score': { allowed: [0, 100], refused: [-1, 101] },
  'goals.target': { allowed: [1, 100], refused: [0, 101] },
  'papers.max_score': { allowed: [0, 2 ** 31 - 1], refused: [-1, 2 ** 31] },
  'sessions.lock_after_seconds': { allowed: [1, 86_400], refused: [0, 86_401] },
  'attempts.attempt_number': { allowed: [2, 2 ** 31 - 1], refused: [0, 2 ** 31] },
  'attempts.time_limit_ms': { allowed: [1, 2 ** 40], refused: [0] },
  'attempts.used_ms': { allowed: [0, 2 ** 40], refused: [-1] },
  'responses.points_earned': { allowed: [-(2 ** 31), 2 ** 31 - 1], refused: [-(2 ** 31) - 1, 2 ** 31] },
  'responses.credit': { allowed: [-1, 0, 1], refused: [-1.1, 1.1] },
  'attempts.extra_ms': { allowed: [0, 2 ** 40], refused: [-1] },
  'attempt_incidents.lost_ms': { allowed: [0, 2 ** 40], refused: [-1] },
  'marks.tolerance': { allowed: [0, 100], refused: [-1, 101] },
  'learner_credentials.failures': { allowed: [0, 2 ** 31 - 1], refused: [-1, 2 ** 31] },
  'responses.time_spent': { allowed: [0, 2 ** 31 - 1], refused: [-1, 2 ** 31] },
  'responses.attempt_number': { allowed: [1, 2 ** 31 - 1], refused: [0, 2 ** 31] },
  'responses.edit': { allowed: [0, 2 ** 31 - 1], refused: [-1, 2 ** 31] },
  'consent_texts.version': { allowed: [1, 2 ** 31 - 1], refused: [0, 2 ** 31] },
  'documents.file_size': { allowed: [0, 2 ** 40], refused: [-1] },
}

/** What a column of a type refuses, beside the type and range of its own. Both databases get all of them. */
const refusedByType: Record<string, (string | number)[]> = {
  BOOLEAN: ['maybe', 2],
  TIMESTAMP: ['', 'soon', '2026-02-30T10:00:00.000Z', '2026-13-01T10:00:00.000Z', '2026-11-23T10:61:00.000Z', '10:00'],
  DATE: ['', 'soon', '2026-02-30', '2025-02-29', '2026-13-01'],
  JSON: ['', '{', "{'a':1}", '{"a":1,}', 'text', '[NaN]'],
  INTEGER: ['many', 1.5],
  FLOAT: ['much'],
}

/** PostgreSQL reads other ways of writing a time and keeps the same moment; SQLite would keep the text. */
const refusedBySqlite: Record<string, (string | number)[]> = {
  BOOLEAN: [-1],
  TIMESTAMP: [
    '2026-11-23 10:00:00.000Z',
    '2026-11-23T10:00:00Z',
    '2026-11-23T10:00:00.000',
    '2026-11-23T10:00:00.000+02:00',
    '2026-11-23',
    'now',
    1_790_000_000_000,
  ],
  DATE: ['2026-11-23T10:00:00.000Z', '23.11.2026', '2026-1-5', 'now', 20_261_123],
}

describe.each(dialects)('the constraints in %s', (dialect) => {
  const trial = (table: string, row: Row) =>
    databases[dialect].trial(() => databases[dialect].insert(table, anotherRow(table as TableName, 2, row)))

  async function verdicts(table: string, column: string, values: Row[string][], rest: Row = {}) {
    const verdicts: Record<string, boolean> = {}
    for (const value of values) verdicts[String(value)] = await isAccepted(table, { ...rest, [column]: value })
    return verdicts
  }

  function isAccepted(table: string, row: Row): Promise<boolean> {
    return trial(table, row).then(
      () => true,
      () => false,
    )
  }

  const all = (values: (string | number | null)[], verdict: boolean) =>
    Object.fromEntries(values.map((value) => [value, verdict]))

  it.each(tableNames)('accept a second good row of %s', async (table) => {
    await expect(trial(table, {})).resolves.toBeUndefined()
  })

  it.each(Object.entries(sets))('restrict %s to %j', async (place, allowed) => {
    const [table = '', column = ''] = place.split('.')
    const refused = ['nonsense', '', allowed[0]?.toUpperCase() ?? '', `${allowed[0]} `]
    expect(await verdicts(table, column, [...allowed, ...refused], unlikeRunning(place))).toEqual({
      ...all(allowed, true),
      ...all(refused, false),
    })
  })

  it.each(Object.entries(ranges))('bound %s', async (place, { allowed, refused }) => {
    const [table = '', column = ''] = place.split('.')
    expect(await verdicts(table, column, [...allowed, ...refused])).toEqual({
      ...all(allowed, true),
      ...all(refused, false),
    })
  })

  it('bound every column of small whole numbers', () => {
    const small = databases.PostgreSQL.schema.columns.filter(
      ({ type, table }) => type === 'integer' && table in everyRow,
    )
    const unbounded = small.map(({ table, name }) => `${table}.${name}`).filter((place) => !(place in ranges))
    expect(unbounded).toEqual([])
  })

  it.each(
    seedColumns
      .filter(({ type }) => type.startsWith('VARCHAR'))
      .map(({ table, name, type }) => [table, name, lengthOf(type)] as const),
  )('keep %s.%s to its length', async (table, column, length) => {
    const isFree = !(`${table}.${column}` in sets)
    const [fits, overflows] = ['𝒙', 'x'].map((letter) => letter.repeat(length)).flatMap((text) => [text, `${text}x`])
    expect(await isAccepted(table, { [column]: String(overflows) })).toBe(false)
    expect(await isAccepted(table, { [column]: String(fits) })).toBe(isFree)
    expect(await isAccepted(table, { [column]: 'x'.repeat(length) })).toBe(isFree)
  })

  it.each(Object.keys(refusedByType))('refuse what is no %s, in every column of that type', async (type) => {
    const values = [...(refusedByType[type] ?? []), ...(dialect === 'SQLite' ? (refusedBySqlite[type] ?? []) : [])]
    const columns = seedColumns.filter((column) => column.type === type)
    for (const { table, name } of columns) {
      expect({ [`${table}.${name}`]: await verdicts(table, name, values) }).toEqual({
        [`${table}.${name}`]: all(values, false),
      })
    }
    expect(columns).not.toEqual([])
  })

  it('refuse nothing in every column that must have a value, and accept it in every other', async () => {
    const { columns } = databases[dialect].schema
    for (const { table, name, isNullable } of columns.filter((column) => column.table in everyRow)) {
      const place = `${table}.${name}`
      expect({ [place]: await isAccepted(table, { [name]: null }) }).toEqual({ [place]: isNullable })
    }
  })

  it('keep addresses in lower case, and an appointment from ending before it starts', async () => {
    expect(await isAccepted('users', { email: 'Awa@centre.example' })).toBe(false)
    const start_time = '2026-04-02T08:00:00.000Z'
    expect(await isAccepted('appointments', { start_time, end_time: '2026-04-02T07:59:59.999Z' })).toBe(false)
    expect(await isAccepted('appointments', { start_time, end_time: start_time })).toBe(true)
  })

  it('refuse a second organization of one slug on a machine, and not at the centre', async () => {
    const slug = everyRow.organizations.slug ?? null
    expect(await isAccepted('organizations', { slug })).toBe(dialect === 'PostgreSQL')
  })

  it.each([
    ['users', { email: everyRow.users.email ?? null }],
    ['settings', { key: everyRow.settings.key ?? null }],
    ['sessions', { token: everyRow.sessions.token ?? null }],
    ['attempts', { attempt_number: 1 }],
    ['attempts', { state: 'running' }],
    ['responses', { attempt_id: 1 }],
    ['assessment_results', { attempt_id: 1 }],
  ] as [TableName, Row][])('refuse a second row of %s with the same %j', async (table, same) => {
    expect(await isAccepted(table, same)).toBe(false)
  })

  it('let several rows have no slug, token, attempt or question', async () => {
    for (const [table, none] of [
      ['organizations', { slug: null }],
      ['sessions', { token: null }],
      ['responses', { attempt_id: null }],
      ['assessment_results', { attempt_id: null }],
    ] as [TableName, Row][]) {
      await databases[dialect].trial(async () => {
        await databases[dialect].insert(table, anotherRow(table, 2, none))
        await databases[dialect].insert(table, anotherRow(table, 3, none))
      })
    }
  })

  it('make addresses and settings unique on a machine, and per organization at the centre', async () => {
    const { insert, trial } = databases[dialect]
    const inOther = (table: TableName, row: Row) =>
      trial(async () => {
        await insert('organizations', anotherRow('organizations', 2))
        await insert(table, anotherRow(table, 2, { ...row, organization_id: 2 }))
      }).then(
        () => true,
        () => false,
      )
    const isPerOrganization = dialect === 'PostgreSQL'
    expect(await inOther('users', { email: everyRow.users.email ?? null })).toBe(isPerOrganization)
    expect(await inOther('settings', { key: everyRow.settings.key ?? null })).toBe(isPerOrganization)
  })
})

function lengthOf(type: string): number {
  return Number(/\d+/.exec(type)?.[0])
}

/** The learner of the good rows has a running attempt already. */
function unlikeRunning(place: string): Row {
  return place === 'attempts.state' ? { beneficiary_id: somebodyElse } : {}
}
