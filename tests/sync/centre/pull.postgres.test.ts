import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registry, tableNames } from '../../../main/database/registry.ts'
import { isAlive } from '../../../main/sync/merge.ts'
import { rulesOf } from '../../../main/sync/rules.ts'
import type { RowState } from '../../../main/sync/state.ts'
import { type PostgresServer, startPostgres } from '../../support/postgres.ts'
import { type TestCentre, type TestDevice, testCentre } from './centre.ts'
import { deleted, edited, rowOf } from './edits.ts'

let server: PostgresServer
let centre: TestCentre
beforeAll(async () => {
  server = await startPostgres()
  centre = await testCentre(server)
})
afterAll(() => server[Symbol.asyncDispose]())

const tables = { groups: registry.groups.number, beneficiaries: registry.beneficiaries.number }
const nameOf = (number: number) => tableNames.find((name) => registry[name].number === number)
const kinds = (rows: readonly { table: number }[]) => [...new Set(rows.map(({ table }) => nameOf(table)))].sort()

async function twoDevices() {
  const organization = await centre.organization()
  return { organization, a: await centre.device(organization), b: await centre.device(organization) }
}

describe('the feed of an organization', () => {
  it('comes in pages that end where the round began, and goes on after a cut', async () => {
    const { a, b } = await twoDevices()
    await a.push(Array.from({ length: 25 }, (_, index) => a.row('groups', index + 1)))
    const { rows } = await b.pull(10)
    expect(rows).toHaveLength(26)
    expect(new Set(rows.map(({ number }) => number)).size).toBe(26)
    expect(await b.pull(10)).toEqual({ rows: [], leaves: [] })
    b.cursor = 20
    expect((await b.pull(3)).rows.map(({ number }) => number)).toEqual([21, 22, 23, 24, 25, 26])
  })

  it('never passes a commit, with eight devices that write at once', async () => {
    const organization = await centre.organization()
    const reader = await centre.device(organization)
    const writers = await Promise.all(Array.from({ length: 8 }, () => centre.device(organization)))
    const pulled = new Set<string>()
    let isWriting = true
    const reading = (async () => {
      for (;;) {
        const isLast = !isWriting
        for (const { table, id } of (await reader.pull(50)).rows) pulled.add(`${table}/${id}`)
        if (isLast) return
      }
    })()
    await Promise.all(
      writers.map(async (writer) => {
        for (let round = 0; round < 15; round++) {
          await writer.push([1, 2, 3].map((place) => writer.row('groups', round * 3 + place)))
        }
      }),
    )
    isWriting = false
    await reading
    const { rows } = await centre.operator.query<{ numbers: string; last: string }>(
      'SELECT count(DISTINCT number) AS numbers, max(number) AS last FROM sync.row WHERE organization_id = $1',
      [organization],
    )
    expect(rows).toEqual([{ numbers: '361', last: '361' }])
    expect(pulled.size).toBe(361)
  })

  it('gives a page of large rows in parts', async () => {
    const { a, b } = await twoDevices()
    await a.push(
      Array.from({ length: 9 }, (_, index) => a.row('groups', index + 1, { description: 'x'.repeat(1_000_000) })),
    )
    const { rows } = await b.connection.query<{ reply: { rows: unknown[]; hasMore: boolean } }>(
      `SELECT sync.pull('{"cursor": 0, "upto": null, "limit": 100}') AS reply`,
    )
    expect(rows[0]?.reply).toMatchObject({ hasMore: true })
    expect(rows[0]?.reply.rows.length).toBeLessThan(8)
    expect((await b.pull(100)).rows).toHaveLength(10)
  })
})

describe('a device that comes back', () => {
  it('is told to pull everything again when deletions were forgotten that it never heard of', async () => {
    const { organization, a, b } = await twoDevices()
    await a.push([a.row('groups', 1), a.row('groups', 2)])
    const state = rowOf((await b.pull()).rows, tables.groups, a.id(1))
    await a.push([deleted(a, state)])
    const collect = () => centre.operator.query('SELECT sync.collect_deletions($1, 0, 0) AS gone', [organization])
    await centre.operator.query(`UPDATE sync.row SET received_clock = 0 WHERE organization_id = $1`, [organization])
    await a.pull()
    await a.pull()
    await b.hello()
    await centre.operator.query(
      "UPDATE sync.site SET created_at = now() + interval '1 day', last_seen_at = now() + interval '1 day'",
    )
    expect((await collect()).rows).toEqual([{ gone: '0' }])
    await centre.operator.query("UPDATE sync.site SET last_seen_at = now() - interval '1 day' WHERE site = $1", [
      b.site,
    ])
    expect((await collect()).rows).toEqual([{ gone: '1' }])
    expect(await b.hello()).toMatchObject({ status: 'resync' })
    expect(await b.push([edited(b, state, { name: 'of a row that is gone' })])).toMatchObject({
      refused: [{ reason: 'moved' }],
    })
    expect(await a.push([{ ...a.row('groups', 1), base: state.number }])).toMatchObject({
      refused: [{ reason: 'moved' }],
    })
  })

  it('gets even its own rows when it is told to pull everything again', async () => {
    const { organization, a } = await twoDevices()
    await a.push([a.row('groups', 1)])
    expect((await a.pull()).rows).toHaveLength(1)
    await centre.operator.query('UPDATE sync.head SET floor = 100 WHERE organization_id = $1', [organization])
    expect(await a.hello()).toMatchObject({ status: 'resync' })
    a.cursor = 0
    expect((await a.pull()).rows).toHaveLength(2)
  })

  it('offers to a restored centre what others wrote, and to no other centre', async () => {
    const { organization, a, b } = await twoDevices()
    await a.push([a.row('groups', 1)])
    const { number: base, ...row } = rowOf((await b.pull()).rows, tables.groups, a.id(1))
    await centre.operator.query('DELETE FROM sync.row WHERE id = $1', [a.id(1)])
    await centre.operator.query('DELETE FROM groups WHERE id = $1', [a.id(1)])
    await centre.operator.query('UPDATE sync.head SET number = 1 WHERE organization_id = $1', [organization])
    expect(await b.push([{ ...row, base }])).toMatchObject({ refused: [{ reason: 'moved' }] })
    await centre.operator.query('SELECT sync.begin_history()')
    expect(await b.push([{ ...row, base }])).toMatchObject({ refused: [{ reason: 'moved' }] })
    // Also where the feed has grown beyond what the device had read of the one before.
    expect(await b.hello({ history: b.incarnation, cursor: 1 })).toMatchObject({ status: 'rolledBack', head: 1 })
    expect(await b.hello({ history: b.incarnation })).toMatchObject({ status: 'rolledBack', head: 1 })
    expect(await b.push([{ ...row, base: 1 }])).toMatchObject({ refused: [{ reason: 'moved' }] })
    expect(await b.push([{ ...row, base, offered: true }])).toMatchObject({ refused: [{ reason: 'invalidValue' }] })
    expect(await b.push([{ ...row, base }])).toMatchObject({ refused: [] })
    expect((await a.pull()).rows.some(({ id }) => id === a.id(1))).toBe(true)
  })

  it('gets a number from a restored centre that nobody got in the days it has lost', async () => {
    const next = async () => {
      const { rows } = await centre.operator.query<Record<string, string>>(
        `SELECT (SELECT next_site FROM sync.centre) AS site, nextval('sync.organization_ids') AS organization,
          nextval('sync.conflict_ids') AS conflict, nextval('sync.copy_ids') AS copy`,
      )
      return Object.values(rows[0] ?? {}).map(Number)
    }
    const before = await next()
    await centre.operator.query('SELECT sync.begin_history()')
    const after = await next()
    expect(after.map((number, index) => number - (before[index] ?? 0) > 900)).toEqual([true, true, true, true])
  })

  it('begins anew under a spare number after a restore, with the rows of its former life', async () => {
    const { a } = await twoDevices()
    await a.push([a.row('groups', 1)])
    const next = await centre.device(a.organization, { after: a })
    expect(await next.hello()).toMatchObject({ status: 'ok', acknowledged: 0, chain: '' })
    const old = a.row('groups', 2)
    expect(await next.push([{ ...old }])).toMatchObject({ status: 'ok', refused: [] })
    expect((await next.pull()).rows.map(({ id }) => id)).toContain(a.id(1))
  })
})

describe('what a device gets', () => {
  /** Two trainers with one learner each, and a row of nearly every table about each of them. */
  async function classOf(a: TestDevice) {
    const rows = [
      a.row('users', 1, { email: 't1@centre.example', role: 'trainer' }),
      a.row('users', 2, { email: 't2@centre.example', role: 'trainer' }),
      ...[1, 2].flatMap((one) => [
        a.row('users', 10 + one, { email: `learner${one}@centre.example`, role: 'student' }),
        a.row('profiles', one, { user_id: a.id(10 + one) }),
        a.row('beneficiaries', one, { user_id: a.id(10 + one), trainer_id: a.id(one), notes: `notes of ${one}` }),
        a.row('assessments', one, { beneficiary_id: a.id(one) }),
        a.row('papers', one, { assessment_id: a.id(one) }),
        a.row('questions', one, { assessment_id: a.id(one) }),
        a.row('attempts', one, { assessment_id: a.id(one), beneficiary_id: a.id(one), paper_id: a.id(one) }),
        a.row('responses', one, { attempt_id: a.id(one), beneficiary_id: a.id(one), question_id: a.id(one) }),
        a.row('attempt_incidents', one, { attempt_id: a.id(one) }),
        a.row('marks', one, { attempt_id: a.id(one), response_id: a.id(one) }),
        a.row('appointments', one, { beneficiary_id: a.id(one) }),
        a.row('documents', one, { beneficiary_id: a.id(one) }),
        a.row('document_shares', one, { document_id: a.id(one) }),
        a.row('messages', one, { sender_id: a.id(one), recipient_id: a.id(10 + one) }),
        a.row('notifications', one, { user_id: a.id(10 + one) }),
        a.row('activity_logs', one, { user_id: a.id(one) }),
        a.row('learner_credentials', one, { beneficiary_id: a.id(one) }),
      ]),
      a.row('assessments', 3, {}),
      a.row('settings', 1),
      a.row('groups', 1),
    ]
    expect(await a.push(rows)).toMatchObject({ status: 'ok', refused: [] })
  }

  it('is everything but the logs on a device of the whole organization', async () => {
    const { a, b } = await twoDevices()
    await classOf(a)
    const { rows } = await b.pull()
    expect(kinds(rows)).not.toContain('activity_logs')
    expect(rows.filter(({ table }) => table === tables.beneficiaries)).toHaveLength(2)
  })

  it('is one’s own views of lists and everybody’s, and everybody’s are not a trainer’s to write', async () => {
    const { organization, a } = await twoDevices()
    await classOf(a)
    const owners = [a.id(1), a.id(2), null]
    const views = owners.map((owner, index) => a.row('saved_views', index + 1, { user_id: owner }))
    expect(await a.push(views)).toMatchObject({ refused: [] })
    const laptop = await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) })
    const { rows } = await laptop.pull()
    const got = rows.filter(({ table }) => table === registry.saved_views.number).map(({ id }) => id)
    expect(got).toEqual([a.id(1), a.id(3)])
    const own = laptop.row('saved_views', 1, { user_id: a.id(1) })
    const forAll = laptop.row('saved_views', 2, { user_id: null })
    expect(await laptop.push([own, forAll])).toMatchObject({ refused: [{ id: laptop.id(2), reason: 'notAllowed' }] })
  })

  it('is the own people of a trainer, and what all share', async () => {
    const { organization, a } = await twoDevices()
    await classOf(a)
    const laptop = await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) })
    const { rows } = await laptop.pull()
    const others = rows.filter(({ table, id }) => table !== registry.users.number && id === a.id(2))
    expect(others).toEqual([])
    expect(rows.some(({ table, id }) => table === registry.users.number && id === a.id(12))).toBe(false)
    expect(rows.some(({ table, id }) => table === registry.users.number && id === a.id(11))).toBe(true)
    expect(kinds(rows)).toEqual(
      [
        'appointments',
        'assessments',
        'attempt_incidents',
        'attempts',
        'beneficiaries',
        'document_shares',
        'documents',
        'groups',
        'learner_credentials',
        'marks',
        'messages',
        'notifications',
        'organizations',
        'papers',
        'profiles',
        'questions',
        'responses',
        'settings',
        'users',
      ].sort(),
    )
    expect(rows.some(({ table, id }) => table === registry.assessments.number && id === a.id(3))).toBe(true)
  })

  it('is at a kiosk what it takes to sit an assessment, and no word about anybody', async () => {
    const { organization, a } = await twoDevices()
    await classOf(a)
    const kiosk = await centre.device(organization, { scope: 'kiosk' })
    const { rows } = await kiosk.pull()
    expect(kinds(rows)).toEqual(
      [
        'assessments',
        'attempts',
        'beneficiaries',
        'groups',
        'learner_credentials',
        'organizations',
        'papers',
        'questions',
        'settings',
        'users',
      ].sort(),
    )
    expect(JSON.stringify(rows)).not.toMatch(/notes of|"metadata":"\{\\"referred/)
    expect(rowOf(rows, tables.beneficiaries, a.id(1)).values).toMatchObject({
      notes: null,
      metadata: null,
      merge_record: null,
    })
  })

  it('lives at a kiosk too where only what the kiosk does not get has kept it from being deleted', async () => {
    const { organization, a, b } = await twoDevices()
    await classOf(a)
    const kiosk = await centre.device(organization, { scope: 'kiosk' })
    const file = rowOf((await b.pull()).rows, tables.beneficiaries, a.id(1))
    await a.push([edited(a, file, { notes: 'still here' })])
    expect(await b.push([deleted(b, file)])).toMatchObject({ refused: [] })
    const row = rowOf((await kiosk.pull()).rows, tables.beneficiaries, a.id(1))
    expect([row.deletion !== undefined, isAlive(row, rulesOf('beneficiaries'))]).toEqual([true, true])
    expect(JSON.stringify(row)).not.toContain('still here')
  })

  it('has a link between two people only for the trainer of both, and it moves with either of them', async () => {
    const { organization, a } = await twoDevices()
    await classOf(a)
    const links = registry.person_links.number
    const [first, second] = [
      await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) }),
      await centre.device(organization, { scope: 'trainer', trainerId: a.id(2) }),
    ]
    const link = a.row('person_links', 1, { beneficiary_id: a.id(1), other_id: a.id(2), written_by: a.id(1) })
    expect(await a.push([link])).toMatchObject({ refused: [] })
    const [ofFirst, ofSecond] = [await first.pull(), await second.pull()]
    expect([...ofFirst.rows, ...ofSecond.rows].filter(({ table }) => table === links)).toEqual([])

    // The second end of the link comes to the trainer of the first.
    const other = rowOf(ofSecond.rows, tables.beneficiaries, a.id(2))
    expect(await a.push([edited(a, other, { trainer_id: a.id(1) })])).toMatchObject({ refused: [] })
    const come = await first.pull()
    expect(come.rows.filter(({ table }) => table === links)).toMatchObject([{ id: a.id(1) }])

    const moved = rowOf(come.rows, tables.beneficiaries, a.id(2))
    expect(await a.push([edited(a, moved, { trainer_id: a.id(2) })])).toMatchObject({ refused: [] })
    expect((await first.pull()).leaves.filter(({ table }) => table === links)).toMatchObject([{ id: a.id(1) }])
    expect((await second.pull()).rows.filter(({ table }) => table === links)).toEqual([])
  })

  it('leaves the one trainer and comes to the other when a learner changes hands, however old it is', async () => {
    const { organization, a } = await twoDevices()
    await classOf(a)
    const [first, second] = [
      await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) }),
      await centre.device(organization, { scope: 'trainer', trainerId: a.id(2) }),
    ]
    const state = rowOf((await first.pull()).rows, tables.beneficiaries, a.id(1))
    await second.pull()
    const backedUpAt = first.cursor
    expect(await a.push([edited(a, state, { trainer_id: a.id(2) })])).toMatchObject({ refused: [] })
    const gone = await first.pull()
    expect(gone.rows.filter(({ table, id }) => table === tables.beneficiaries && id === a.id(1))).toEqual([])
    expect(kinds(gone.leaves)).toContain('responses')
    expect(kinds(gone.leaves)).toContain('beneficiaries')
    // A backup from before that is restored brings them back until this.
    const restored = await centre.device(organization, { after: first })
    restored.cursor = backedUpAt
    expect((await restored.pull()).leaves).toEqual(gone.leaves)
    const come = await second.pull()
    expect(kinds(come.rows)).toEqual(
      expect.arrayContaining(['attempts', 'beneficiaries', 'profiles', 'responses', 'users']),
    )
    expect(come.leaves).toEqual([])
    await first.pull()
    const after = { ...edited(first, state, { notes: 'written after it was heard' }), base: 1_000_000 }
    expect(await first.push([after])).toMatchObject({ refused: [{ reason: 'notAllowed' }] })
    expect(await first.push([edited(first, state, { notes: 'too late' })])).toMatchObject({ refused: [] })
    const { rows } = await centre.operator.query('SELECT notes FROM beneficiaries WHERE id = $1', [a.id(1)])
    expect(rows).toEqual([{ notes: 'notes of 1' }])
    const asked = (await second.pull()).rows.filter(({ table }) => table === registry.sync_conflicts.number)
    expect(asked).toMatchObject([{ values: { kind: 'lateEdit', register: 'notes' } }])
  })

  it('comes again to a trainer who had lost somebody and written about them, whoever hears of it when', async () => {
    const { organization, a } = await twoDevices()
    await classOf(a)
    const laptop = await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) })
    const state = rowOf((await laptop.pull()).rows, tables.beneficiaries, a.id(1))
    const away = edited(a, state, { trainer_id: a.id(2) })
    await a.push([away])
    await a.push([edited(a, away, { trainer_id: a.id(1) })])
    await laptop.push([edited(laptop, state, { notes: 'written meanwhile' })])
    const { rows, leaves } = await laptop.pull()
    const [again, gone] = [rows, leaves].map((all) => all.filter(({ id, table }) => id === a.id(1) && table === 4))
    expect(again).toMatchObject([{ values: { notes: 'written meanwhile' } }])
    expect(gone?.every(({ number }) => number < (again?.[0]?.number ?? 0))).toBe(true)
  })

  it('comes again to a trainer who gives somebody up and takes them back before their laptop has heard of the first', async () => {
    const { organization, a } = await twoDevices()
    await classOf(a)
    const laptop = await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) })
    const state = rowOf((await laptop.pull()).rows, tables.beneficiaries, a.id(1))
    const away = edited(laptop, state, { trainer_id: null })
    await laptop.push([away])
    await laptop.pull()
    await laptop.push([edited(laptop, away, { trainer_id: a.id(1) })])
    const { rows, leaves } = await laptop.pull()
    expect(rowOf(rows, tables.beneficiaries, a.id(1))).toMatchObject({ values: { trainer_id: a.id(1) } })
    expect(leaves).toEqual([])
  })

  it('follows a learner whom a trainer gives away, with all that goes in the same envelope', async () => {
    const { organization, a } = await twoDevices()
    await classOf(a)
    const laptop = await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) })
    const { rows } = await laptop.pull()
    const [file, response] = [
      rowOf(rows, tables.beneficiaries, a.id(1)),
      rowOf(rows, registry.responses.number, a.id(1)),
    ]
    const reply = await laptop.push([
      edited(laptop, file, { trainer_id: a.id(2) }),
      edited(laptop, response, { answer: '"corrected"' }),
      laptop.row('goals', 1, { beneficiary_id: a.id(1) }),
    ])
    expect(reply).toMatchObject({ status: 'ok', refused: [] })
    expect(kinds((await laptop.pull()).leaves)).toEqual(expect.arrayContaining(['beneficiaries', 'goals', 'responses']))
  })

  it('leaves with a row that turns out to be about somebody else, and with what hangs on it', async () => {
    const { organization, a } = await twoDevices()
    await classOf(a)
    const [first, second] = [
      await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) }),
      await centre.device(organization, { scope: 'trainer', trainerId: a.id(2) }),
    ]
    const attempt = rowOf((await first.pull()).rows, registry.attempts.number, a.id(1))
    await second.pull()
    await a.push([edited(a, attempt, { beneficiary_id: a.id(2), attempt_number: 2 })])
    expect(kinds((await first.pull()).leaves)).toEqual(['attempt_incidents', 'attempts', 'marks'])
    expect(kinds((await second.pull()).rows)).toEqual(['attempt_incidents', 'attempts', 'marks'])
  })

  it('is of a learner, too, who was deleted when it came and lives again because of it', async () => {
    const { organization, a, b } = await twoDevices()
    await classOf(a)
    const file = rowOf((await b.pull()).rows, tables.beneficiaries, a.id(1))
    await a.push([deleted(a, file)])
    await b.push([b.row('goals', 1, { beneficiary_id: a.id(1) })])
    const laptop = await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) })
    expect(kinds((await laptop.pull()).rows)).toEqual(expect.arrayContaining(['beneficiaries', 'goals']))
  })

  it('lets go of a learner who was deleted, also where the laptop was away until nothing is left of them', async () => {
    const { organization, a } = await twoDevices()
    await a.push([
      a.row('users', 1, { email: 't1@centre.example', role: 'trainer' }),
      a.row('users', 11, { email: 'learner@centre.example', role: 'student' }),
      a.row('profiles', 1, { user_id: a.id(11) }),
      a.row('beneficiaries', 1, { user_id: a.id(11), trainer_id: a.id(1) }),
    ])
    const laptop = await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) })
    const file = rowOf((await laptop.pull()).rows, tables.beneficiaries, a.id(1))
    await a.push([deleted(a, file)])
    await centre.operator.query('SELECT sync.collect_deletions($1, 0, 3650)', [organization])
    expect(kinds((await laptop.pull()).leaves)).toEqual(['beneficiaries', 'profiles', 'users'])
  })

  it.each([
    ['is not active', (a: TestDevice, state: RowState) => edited(a, state, { is_active: 0 })],
    ['is a learner’s', (a: TestDevice, state: RowState) => edited(a, state, { role: 'student' })],
    ['is gone', (a: TestDevice, state: RowState) => deleted(a, state)],
  ])(
    'leaves a laptop whose trainer’s account %s, with what was written there kept, and comes back with it',
    async (_, end) => {
      const { organization, a, b } = await twoDevices()
      await classOf(a)
      await a.push([a.row('goals', 1, { beneficiary_id: a.id(1) })])
      const laptop = await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) })
      const other = await centre.device(organization, { scope: 'trainer', trainerId: a.id(2) })
      const { rows: had } = await laptop.pull()
      await other.pull()
      const account = rowOf(had, registry.users.number, a.id(1))
      const ended = end(a, account)
      expect(await a.push([ended])).toMatchObject({ refused: [] })

      // Written before it was heard, about what was theirs.
      const file = rowOf(had, tables.beneficiaries, a.id(1))
      const late = [
        edited(laptop, file, { notes: 'the last lesson' }),
        laptop.row('goals', 5, { beneficiary_id: a.id(1) }),
      ]
      expect(await laptop.push(late)).toMatchObject({ refused: [] })
      const { rows, leaves } = await laptop.pull()
      const gone = new Set(leaves.map(({ table, id }) => `${table} ${id}`))
      const isOwn = ({ table, id }: { table: number; id: number }) =>
        table === registry.organizations.number || (table === registry.users.number && id === a.id(1))
      expect(had.filter((row) => !isOwn(row) && !gone.has(`${row.table} ${row.id}`))).toEqual([])
      expect(rows.filter((row) => !isOwn(row))).toEqual([])
      expect(leaves.filter(isOwn)).toEqual([])
      expect((await other.pull()).leaves.filter((row) => !isOwn(row))).toEqual([])
      const { rows: kept } = await centre.operator.query(
        'SELECT id FROM goals WHERE organization_id = $1 ORDER BY id',
        [organization],
      )
      expect(kept.map(({ id }) => Number(id))).toEqual([a.id(1), laptop.id(5)])

      await b.pull()
      const again = edited(b, { ...ended, deletion: undefined }, { is_active: 1, role: 'trainer', name: 'Back again' })
      expect(await b.push([again])).toMatchObject({ refused: [] })
      const back = await laptop.pull()
      expect(kinds(back.rows)).toEqual(expect.arrayContaining(['assessments', 'groups', 'settings', 'users']))
      expect(back.leaves).toEqual([])
    },
  )

  it('is no question about somebody without an account whom another trainer has', async () => {
    const { organization, a, b } = await twoDevices()
    await classOf(a)
    await a.push([a.row('beneficiaries', 9, { user_id: null, trainer_id: a.id(1), notes: 'first' })])
    const state = rowOf((await b.pull()).rows, tables.beneficiaries, a.id(9))
    const [own, other] = [
      await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) }),
      await centre.device(organization, { scope: 'trainer', trainerId: a.id(2) }),
    ]
    await a.push([edited(a, state, { notes: 'by one' })])
    await b.push([edited(b, state, { notes: 'by the other' })])
    expect(kinds((await own.pull()).rows)).toContain('sync_conflicts')
    expect(kinds((await other.pull()).rows)).not.toContain('sync_conflicts')
  })

  it('is no conversation with a learner whom another trainer has', async () => {
    const { organization, a } = await twoDevices()
    await classOf(a)
    await a.push([
      a.row('messages', 9, { sender_id: a.id(12), recipient_id: a.id(1), content: 'for the trainer before' }),
    ])
    const laptop = await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) })
    const { rows } = await laptop.pull()
    expect(rows.filter(({ table }) => nameOf(table) === 'messages').map(({ id }) => id)).toEqual([a.id(1)])
  })
})

describe('what a device may write', () => {
  it('is on the laptop of a trainer not who is an administrator', async () => {
    const { organization, a } = await twoDevices()
    await a.push([
      a.row('users', 1, { email: 't@centre.example', role: 'trainer' }),
      a.row('users', 2, { email: 'adm@centre.example', role: 'admin' }),
    ])
    const laptop = await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) })
    const { rows } = await laptop.pull()
    const [own, administrator] = [
      rowOf(rows, registry.users.number, a.id(1)),
      rowOf(rows, registry.users.number, a.id(2)),
    ]
    expect(await laptop.push([edited(laptop, own, { role: 'admin', name: 'New name' })])).toMatchObject({
      refused: [{ column: 'role', reason: 'notAllowed' }],
    })
    const reply = await laptop.push([edited(laptop, administrator, { password_hash: 'mine now' })])
    expect(reply.refused.map(({ column }) => column)).toEqual(['password_hash'])
    expect(await laptop.push([laptop.row('users', 1, { role: 'admin' }), laptop.row('settings', 1)])).toMatchObject({
      refused: [{ reason: 'notAllowed' }, { reason: 'notAllowed' }],
    })
    const { rows: typed } = await centre.operator.query(
      'SELECT name, role, password_hash FROM users WHERE id = ANY ($1) ORDER BY id',
      [[a.id(1), a.id(2)]],
    )
    expect(typed).toMatchObject([
      { name: 'New name', role: 'trainer' },
      { role: 'admin', password_hash: administrator.values.password_hash },
    ])
  })

  it('is at a kiosk what is written in an assessment', async () => {
    const { organization, a } = await twoDevices()
    await a.push([
      a.row('users', 1, { email: 'l@centre.example', role: 'student' }),
      a.row('beneficiaries', 1, { user_id: a.id(1) }),
      a.row('learner_credentials', 1, { beneficiary_id: a.id(1), failures: 0 }),
      a.row('assessments', 1),
      a.row('papers', 1, { assessment_id: a.id(1) }),
    ])
    const kiosk = await centre.device(organization, { scope: 'kiosk' })
    const { rows } = await kiosk.pull()
    const credential: RowState & { number?: number } = rowOf(rows, registry.learner_credentials.number, a.id(1))
    const clock = edited(kiosk, credential, { throttle: null }).stamps?.['throttle'] ?? [0, 0]
    const tried = {
      ...edited(kiosk, credential, { failures: 3 }),
      stamps: { throttle: clock, secret_hash: clock },
      values: { ...credential.values, failures: 3, secret_hash: 'stolen' },
    }
    const reply = await kiosk.push([
      tried,
      edited(kiosk, rowOf(rows, tables.beneficiaries, a.id(1)), { status: 'inactive' }),
      kiosk.row('attempts', 1, { assessment_id: a.id(1), beneficiary_id: a.id(1), paper_id: a.id(1) }),
      kiosk.row('users', 5, { role: 'student' }),
    ])
    expect(reply.refused.map(({ table, column, reason }) => [nameOf(table), column, reason]).sort()).toEqual([
      ['beneficiaries', null, 'notAllowed'],
      ['learner_credentials', 'secret_hash', 'notAllowed'],
      ['users', null, 'notAllowed'],
    ])
    const { rows: typed } = await centre.operator.query(
      'SELECT failures, secret_hash FROM learner_credentials WHERE id = $1',
      [a.id(1)],
    )
    expect(typed).toEqual([{ failures: 3, secret_hash: credential.values['secret_hash'] }])
  })
})
