import Papa from 'papaparse'
import { readSheet } from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import { testApp } from '../support/app.ts'
import {
  password,
  publishedAssessment,
  seatedKiosk,
  secondCentre,
  shortAnswer,
  testCentre,
  testTrainer,
} from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { refusalKey } from '../support/refusal.ts'

describe('the activity log', () => {
  it('is for administrators, and each sees the lines of their own organization', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const trainer = await testTrainer(app, admin)
    const other = await secondCentre(app)
    for (const call of [trainer.activity.list({}), trainer.activity.errors({}), trainer.activity.anchor()])
      expect(await refusalKey(call)).toBe('door.forbidden')

    await admin.beneficiaries.create({ name: 'Maria' })
    const { rows } = await other.admin.activity.list({})
    expect(rows.map((row) => row.action)).toEqual(['identity.signIn'])
    const anchor = await admin.activity.anchor()
    expect(await refusalKey(other.admin.activity.compareAnchor({ code: anchor.code }))).toBe('activity.noAnchor')
  })

  it('says what was before and after, from the rows themselves, and of a secret only that it changed', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { id } = await admin.beneficiaries.create({ name: 'Maria', phone: '1' })
    const person = await admin.beneficiaries.get({ id })
    await admin.beneficiaries.update({ ...person, name: 'Mariam', phone: '2' })
    await admin.identity.changePassword({ current: 'correct horse', next: 'another horse' })

    const { rows } = await admin.activity.list({})
    const [newPassword, update] = rows
    expect(newPassword?.changes).toMatchObject([
      { table: 'users', kind: 'update', fields: { password_hash: [null, null] } },
    ])
    expect(update).toMatchObject({
      action: 'beneficiaries.update',
      resourceId: id,
      userName: 'Ada Admin',
      personName: 'Mariam',
    })
    expect(update?.changes).toMatchObject([
      { table: 'users', kind: 'update', fields: { name: ['Maria', 'Mariam'] } },
      { table: 'profiles', kind: 'update', fields: { phone: ['1', '2'] } },
    ])
    expect(JSON.stringify(rows)).not.toMatch(/\$2[aby]\$/)
  })

  it('has no line and no change of a write that was refused', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    await admin.beneficiaries.create({ name: 'Maria', email: 'maria@example.org' })
    await refusalKey(admin.beneficiaries.create({ name: 'Twin', email: 'maria@example.org' }))
    await admin.groups.create({ name: 'Mornings' })
    const [group] = (await admin.activity.list({})).rows
    expect(group?.changes.map(({ table }) => table)).toEqual(['groups'])
  })

  it('stops listing rows where nobody would read on, and says how many more there were', async () => {
    await using app = await testApp()
    const visitor = app.visitor()
    await visitor.setup.openPractice()
    const log = await app.withDatabase((db) => db.selectFrom('activity_logs').select('details').execute())
    const details = Object(log[0]?.details) as { changes: unknown[]; unlisted: number }
    expect(details.changes.length).toBeLessThanOrEqual(100)
    expect(details.unlisted).toBeGreaterThan(100)
  })

  it('keeps every look at the file of a person before the file is shown, and counts repeated looks on one line', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin } = await testCentre(app)
    const trainer = await testTrainer(app, admin)
    const { id } = await trainer.beneficiaries.create({ name: 'Maria' })
    const looks = async () =>
      (await admin.activity.list({ action: 'beneficiaries.look', beneficiaryId: id })).rows.map((row) => [
        row.userName,
        row.looks,
      ])

    expect(await refusalKey(trainer.beneficiaries.get({ id: id + 1 }))).toBe('beneficiary.notFound')
    await trainer.beneficiaries.get({ id })
    expect(await looks()).toEqual([['Tom Trainer', 1]])
    for (let count = 0; count < 3; count += 1) await trainer.beneficiaries.get({ id })
    await admin.beneficiaries.get({ id })
    expect(await looks()).toEqual([
      ['Ada Admin', 1],
      ['Tom Trainer', 4],
    ])
    clock.pass(6 * 60_000)
    await trainer.identity.unlock({ password })
    await admin.identity.unlock({ password })
    await trainer.beneficiaries.get({ id })
    expect(await looks()).toEqual([
      ['Tom Trainer', 1],
      ['Ada Admin', 1],
      ['Tom Trainer', 4],
    ])
  })

  it('keeps looks at results and attempts as looks at the file of their learner, and none of learners at their own', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const assessment = await publishedAssessment(admin, [shortAnswer])
    const { kiosk, beneficiaryId } = await seatedKiosk(app, admin)
    const { attemptId } = await kiosk.delivery.begin({ assessmentId: assessment.id })
    await kiosk.delivery.attempt({ attemptId })
    await kiosk.delivery.handIn({ attemptId })
    await admin.results.attempt({ attemptId })
    await admin.results.list({ beneficiaryId })
    await admin.results.list({})
    await admin.supervision.incidents({ attemptId })

    const { rows } = await admin.activity.list({ beneficiaryId })
    expect(rows.filter(({ action }) => action.endsWith('.look')).map(({ action }) => action)).toEqual([
      'results.look',
      'attempts.look',
    ])
    expect(rows.map(({ personName }) => personName)).toEqual(rows.map(() => 'Lina Learner'))
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['beneficiaries.create', 'attempts.begin', 'attempts.handIn']),
    )
  })

  it('does not show a file when the look at it cannot be kept', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { id } = await admin.beneficiaries.create({ name: 'Maria' })
    await app.withDatabase((db) =>
      db.updateTable('id_counters').set({ next: 1 }).where('table_name', '=', 'activity_logs').execute(),
    )
    await expect(admin.beneficiaries.get({ id })).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
  })

  it('is filtered by who, what, which and when, page by page', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin } = await testCentre(app)
    for (const name of ['One', 'Two', 'Three']) await admin.groups.create({ name })
    clock.pass(120_000)
    const later = clock.now().toISOString()
    await admin.beneficiaries.create({ name: 'Maria' })
    const actions = async (filter: Parameters<typeof admin.activity.list>[0]) =>
      (await admin.activity.list(filter)).rows.map(({ action }) => action)

    expect(await actions({ resource: 'groups' })).toHaveLength(3)
    expect(await actions({ action: 'beneficiaries.create' })).toEqual(['beneficiaries.create'])
    expect(await actions({ from: later })).toEqual(['beneficiaries.create'])
    expect(await actions({ until: later })).toHaveLength(4)
    const { users, actions: known } = await admin.activity.choices()
    expect(known).toEqual(['beneficiaries.create', 'groups.create', 'setup.createCentre'])
    expect(await actions({ userId: users[0]?.id })).toHaveLength(5)
    const first = await admin.activity.list({ limit: 2 })
    const second = await admin.activity.list({ limit: 3, after: first.next ?? '' })
    expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual([5, 4, 3, 2, 1])
    expect(await refusalKey(admin.activity.list({ after: 'made-up' }))).toBe('door.invalidInput')
  })

  it('goes into a spreadsheet without becoming a formula, and the export is a line of its own', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const name = '=HYPERLINK("http://example.org")'
    const { id } = await admin.beneficiaries.create({ name })
    const csv = await admin.activity.export({ format: 'csv', filter: { beneficiaryId: id } })
    const text = Buffer.from(csv.base64, 'base64').toString('utf8')
    const rows = Papa.parse<string[]>(text.replace('\uFEFF', '').trim()).data
    expect(rows).toHaveLength(2)
    expect(rows[1]?.[5]).toBe(`'${name}`)
    expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([])

    const xlsx = await admin.activity.export({ format: 'xlsx', filter: {} })
    const sheet = await readSheet(Buffer.from(xlsx.base64, 'base64'))
    expect(sheet.map((row) => row[2])).toEqual([
      'action',
      'activity.export',
      'beneficiaries.create',
      'setup.createCentre',
    ])
    expect(sheet.map((row) => row[5])).toContain(`'${name}`)
    expect((await admin.activity.list({})).rows[0]).toMatchObject({
      action: 'activity.export',
      notes: { format: 'xlsx', rows: 3 },
    })
  })

  it('is verified on demand and at the next start, which finds what was altered meanwhile and tells administrators', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    await admin.groups.create({ name: 'Mornings' })
    expect(await admin.activity.verify({})).toMatchObject({ extent: 'whole', lines: 2, problem: null })
    const anchor = await admin.activity.anchor()
    expect(await admin.activity.compareAnchor({ code: anchor.code.toLowerCase().replaceAll('-', ' ') })).toEqual({
      lines: 2,
      problem: null,
    })

    await app.withDatabase(async (db) => {
      await db.deleteFrom('activity_checks').execute()
      await db
        .updateTable('organizations')
        .set({ settings: { practice: true } })
        .execute()
      await db.deleteFrom('activity_logs').where('id', '=', 2).execute()
    })
    await expect
      .poll(() => admin.activity.checks())
      .toMatchObject({ whole: { problem: { kind: 'missing', sequence: 2, activityId: 2 } } })
    const { rows } = await admin.activity.errors({ severity: 'critical' })
    expect(rows).toMatchObject([{ type: 'LogAltered', place: 'activity.verify' }])
  })
})
