import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { keyFile } from '../../main/database/key.ts'
import { migrateDown } from '../../main/database/migrate.ts'
import { openConnection } from '../../main/database/open.ts'
import { migrationsFolder, stepsIn } from '../../main/database/steps.ts'
import { mostNames } from '../../shared/contract/beneficiaries.ts'
import { type Client, type TestApp, testApp } from '../support/app.ts'
import { password, testCentre, testTrainer } from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { refusalKey } from '../support/refusal.ts'

async function people(...names: string[]) {
  const app = await testApp()
  const { admin } = await testCentre(app)
  for (const name of names) await admin.beneficiaries.create({ name })
  const found = async (search: string) => (await admin.beneficiaries.list({ search })).rows.map((row) => row.name)
  return { app, admin, found }
}

describe('the list', () => {
  it('finds people by the beginnings of their names, without accents, in any script', async () => {
    const { app, found } = await people('Élodie Nguyễn', 'أحمد الحسن', 'Ольга Петрова', 'Ann-Marie O’Neill')
    await using _ = app
    expect(await found('nguyen')).toEqual(['Élodie Nguyễn'])
    expect(await found('ng elo')).toEqual(['Élodie Nguyễn'])
    expect(await found('احمد')).toEqual(['أحمد الحسن'])
    expect(await found('петр')).toEqual(['Ольга Петрова'])
    expect(await found('marie')).toEqual(['Ann-Marie O’Neill'])
    expect(await found('"*( OR NEAR')).toEqual([])
    expect(await found('lodie')).toEqual([])
  })

  it('finds people whose names were written on another keyboard, and orders them by the letters that people read', async () => {
    const { app, admin, found } = await people('Zoé', 'Łukasz Großmann', 'Adam', 'علی رضایی')
    await using _ = app
    expect(await found('علي')).toEqual(['علی رضایی'])
    expect(await found('lukasz grossm')).toEqual(['Łukasz Großmann'])
    const { rows } = await admin.beneficiaries.list({})
    expect(rows.map(({ name }) => name)).toEqual(['Adam', 'Łukasz Großmann', 'Zoé', 'علی رضایی'])
  })

  it('orders names as people do and pages without gaps or repetitions', async () => {
    const names = ['Zoé', 'Émile', 'Adam', 'Eva', 'Bob', 'adam', 'Åsa']
    const { app, admin } = await people(...names)
    await using _ = app
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await admin.beneficiaries.list({ limit: 2, after })
      seen.push(...page.rows.map((row) => row.name))
      after = page.next ?? undefined
    } while (after)
    expect(seen).toEqual(['Adam', 'adam', 'Åsa', 'Bob', 'Émile', 'Eva', 'Zoé'])
    expect(await refusalKey(admin.beneficiaries.list({ after: 'made-up' }))).toBe('door.invalidInput')
  })

  it('follows a new name and a new status', async () => {
    const { app, admin, found } = await people('Maria Old')
    await using _ = app
    const [row] = (await admin.beneficiaries.list({})).rows
    const person = await admin.beneficiaries.get({ id: row?.id ?? 0 })
    await admin.beneficiaries.update({ ...person, name: 'Maria New', status: 'completed' })
    expect(await found('old')).toEqual([])
    expect(await found('new')).toEqual(['Maria New'])
    expect(await admin.beneficiaries.list({ status: 'active' })).toMatchObject({ rows: [], total: 0 })
    expect(await admin.beneficiaries.list({ status: 'completed' })).toMatchObject({ total: 1 })
  })
})

describe('a file', () => {
  it('refuses to overwrite what somebody else has written meanwhile', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin } = await testCentre(app)
    const { id } = await admin.beneficiaries.create({ name: 'Maria', phone: '1' })
    const onScreen = await admin.beneficiaries.get({ id })
    clock.pass(1000)
    await admin.beneficiaries.update({ ...onScreen, phone: '2' })
    expect(await refusalKey(admin.beneficiaries.update({ ...onScreen, phone: '3' }))).toBe(
      'beneficiary.changedMeanwhile',
    )
    expect(await admin.beneficiaries.get({ id })).toMatchObject({ phone: '2' })
  })

  it('does without an e-mail address, and gives none away', async () => {
    const { app, admin } = await people('Maria', 'Mario')
    await using _ = app
    const { rows } = await admin.beneficiaries.list({})
    expect(rows.map((row) => row.email)).toEqual([null, null])
  })

  it('refuses an address that somebody has, and changes nothing', async () => {
    const { app, admin } = await people()
    await using _ = app
    await admin.beneficiaries.create({ name: 'Maria', email: 'maria@example.org' })
    const twin = admin.beneficiaries.create({ name: 'Twin', email: 'Maria@Example.org' })
    expect(await refusalKey(twin)).toBe('identity.emailTaken')
    expect(await admin.beneficiaries.list({})).toMatchObject({ total: 1 })
  })

  it('refuses a birthday that is still to come and a year of another century, and leaves alone what is there', async () => {
    const { app, admin } = await people()
    await using _ = app
    const { id } = await admin.beneficiaries.create({ name: 'Ann', dateOfBirth: '1993-12-14' })
    const { updatedAt, ...person } = await admin.beneficiaries.get({ id })
    const slips = [
      { dateOfBirth: '2999-01-01' },
      { dateOfBirth: '0193-12-14' },
      { enrollmentDate: '0201-01-01' },
      { completedOn: '2100-01-01' },
    ]
    for (const slip of slips) {
      expect(await refusalKey(admin.beneficiaries.create({ name: 'Other', ...slip }))).toBe('door.invalidInput')
      expect(await refusalKey(admin.beneficiaries.update({ ...person, ...slip, id, updatedAt }))).toBe(
        'door.invalidInput',
      )
    }
    expect(await admin.beneficiaries.get({ id })).toEqual({ ...person, updatedAt })
    // What is there already, as from another computer, is shown as it is.
    await app.withDatabase((db) => db.updateTable('profiles').set({ date_of_birth: '2999-01-01' }).execute())
    expect(await admin.beneficiaries.get({ id })).toMatchObject({ dateOfBirth: '2999-01-01' })
  })

  it('keeps every field', async () => {
    const { app, admin } = await people()
    await using _ = app
    const fields = {
      name: 'Maria',
      email: 'maria@example.org',
      phone: '+33 1 23',
      address: '1 rue A',
      city: 'Paris',
      country: 'France',
      dateOfBirth: '2001-02-28',
      emergencyContact: 'Mother',
      emergencyPhone: '112',
      trainerId: (await admin.beneficiaries.trainers())[0]?.id ?? null,
      enrollmentDate: '2026-01-31',
      status: 'active' as const,
      notes: 'Long note',
      number: 'N-7',
    }
    const { id } = await admin.beneficiaries.create(fields)
    expect(await admin.beneficiaries.get({ id })).toMatchObject(fields)
    // What tells people of one name apart where somebody is chosen.
    const { rows } = await admin.beneficiaries.list({})
    expect(rows).toMatchObject([{ dateOfBirth: '2001-02-28', number: 'N-7', city: 'Paris' }])
  })
})

it('makes the list anew when somebody is missing from it', async () => {
  const { app, admin, found } = await people('Élodie Nguyễn', 'Adam')
  await using _ = app
  await app.withDatabase((db) => db.deleteFrom('people_index').where('sort_name', '=', 'adam').execute())
  expect(await found('adam')).toEqual(['Adam'])
  expect(await admin.beneficiaries.list({})).toMatchObject({ total: 2 })
})

it('makes the list anew, and what it is searched by, where an older version folded names in its own way', async () => {
  const { app, found } = await people('Łukasz')
  await using _ = app
  await app.pause()
  const path = join(app.dataDir, 'bdc.db')
  const key = (await keyFile(join(app.dataDir, 'bdc.key')).load()) ?? Buffer.alloc(32)
  const steps = stepsIn(migrationsFolder('sqlite'))
  await migrateDown(path, key, (steps.find(({ name }) => name.endsWith('folded-anew'))?.number ?? 0) - 1)
  const connection = openConnection(path, key)
  connection.exec(`
    INSERT INTO people_index SELECT id, organization_id, trainer_id, status, 'łukasz' FROM beneficiaries;
    INSERT INTO people_keys SELECT organization_id, 'sound', 'ks', id FROM beneficiaries`)
  connection.close()
  await app.resume()
  expect(await found('lukasz')).toEqual(['Łukasz'])
  const sounds = await app.withDatabase((db) =>
    db.selectFrom('people_keys').select('value').where('kind', '=', 'sound').execute(),
  )
  expect(sounds).toEqual([{ value: 'lks' }])
})

/** Every page as it is when decrypted. */
async function pagesOf(app: TestApp): Promise<string> {
  await app.pause()
  const key = await keyFile(join(app.dataDir, 'bdc.key')).load()
  const connection = openConnection(join(app.dataDir, 'bdc.db'), key ?? Buffer.alloc(32))
  const pages = connection.serialize().toString('latin1')
  connection.close()
  await app.resume()
  return pages
}

async function lineOf(admin: Client, action: string) {
  const line = (await admin.activity.list({})).rows.find((row) => row.action === action)
  if (!line) throw new Error(`Nothing in the log is called ${action}.`)
  return line
}

describe('a list of names', () => {
  it('refuses an empty name and a trainer who is not there, and registers nobody', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    expect(await refusalKey(admin.beneficiaries.registerMany({ names: ['Amina', ' '] }))).toBe('door.invalidInput')
    expect(await refusalKey(admin.beneficiaries.registerMany({ names: ['Amina'], trainerId: 12 }))).toBe(
      'user.notFound',
    )
    expect(await admin.beneficiaries.list({})).toMatchObject({ rows: [], total: 0 })
  })

  it('registers everybody at once, and takes them back while nothing has been done with them', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    await admin.beneficiaries.create({ name: 'Stays Here' })
    const { ids } = await admin.beneficiaries.registerMany({ names: ['Amina Haddad', 'أحمد الحسن', 'Amina Haddad'] })
    expect(ids).toHaveLength(3)
    expect(await admin.beneficiaries.list({ search: 'amina' })).toMatchObject({ total: 2 })

    await admin.beneficiaries.withdrawMany({ ids })
    const { rows } = await admin.beneficiaries.list({})
    expect(rows.map(({ name }) => name)).toEqual(['Stays Here'])
    expect(JSON.stringify(await admin.activity.list({}))).not.toContain('Haddad')
    expect(await admin.activity.verify({})).toMatchObject({ problem: null })
  })

  it('stands in the log with everybody in it, however long it is', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const names = Array.from({ length: mostNames }, (_, index) => `Learner CANARY ${index}`)
    await admin.beneficiaries.registerMany({ names, enrollmentDate: '2026-03-01' })
    const line = await lineOf(admin, 'beneficiaries.registerMany')
    expect(line.unlisted).toBe(0)
    expect(line.notes).toMatchObject({ people: mostNames })
    for (const name of names) expect(JSON.stringify(line.changes)).toContain(`"${name}"`)
    expect(line.changes.filter(({ table }) => table === 'beneficiaries')).toHaveLength(mostNames)
    expect(await admin.activity.verify({})).toMatchObject({ problem: null })
  })

  it('gives up whoever is taken back, and says how many and which files those were', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { ids } = await admin.beneficiaries.registerMany({ names: ['Amina CANARY', 'Bilal Stays', 'Clara CANARY'] })
    const [amina = 0, bilal = 0, clara = 0] = ids
    expect(JSON.stringify(await admin.activity.list({}))).toContain('Amina CANARY')
    await admin.beneficiaries.withdrawMany({ ids: [amina, clara] })
    const told = JSON.stringify(await admin.activity.list({}))
    expect(told).not.toContain('CANARY')
    expect(told).toContain('Bilal Stays')
    const withdrawn = await lineOf(admin, 'beneficiaries.withdrawMany')
    expect(withdrawn.notes).toMatchObject({ people: 2, files: `${amina} ${clara}` })
    expect(await admin.activity.verify({})).toMatchObject({ problem: null })
    expect(await pagesOf(app)).not.toMatch(/canary/i)

    await admin.privacy.erase({ person: { beneficiaryId: bilal }, name: 'Bilal Stays' })
    expect(JSON.stringify(await admin.activity.list({}))).not.toContain('Bilal Stays')
    expect(await admin.activity.verify({})).toMatchObject({ problem: null })
    expect(await pagesOf(app)).not.toMatch(/bilal/i)
  })

  it('keeps people with whom something has been done, who are older than an hour, or who are another trainer’s', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin } = await testCentre(app)
    const trainer = await testTrainer(app, admin)
    const { ids } = await admin.beneficiaries.registerMany({ names: ['Amina', 'Bilal'] })
    const [amina = 0, bilal = 0] = ids
    const { id: groupId } = await admin.groups.create({ name: 'Evening' })
    await admin.groups.addMembers({ id: groupId, beneficiaryIds: [amina] })

    expect(await refusalKey(trainer.beneficiaries.withdrawMany({ ids }))).toBe('beneficiary.notFound')
    expect(await refusalKey(admin.beneficiaries.withdrawMany({ ids }))).toBe('beneficiary.inUse')
    clock.pass(3_600_001)
    await admin.identity.unlock({ password })
    expect(await refusalKey(admin.beneficiaries.withdrawMany({ ids: [bilal] }))).toBe('beneficiary.inUse')
    expect(await admin.beneficiaries.list({})).toMatchObject({ total: 2 })
  })
})
