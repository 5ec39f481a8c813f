import { describe, expect, it } from 'vitest'
import { type Client, type TestApp, testApp } from '../../support/app.ts'
import { password, testCentre, testTrainer } from '../../support/centre.ts'
import { testClock } from '../../support/clock.ts'
import { addDocument } from '../../support/documents.ts'
import { refusalKey } from '../../support/refusal.ts'

const everything = {
  name: 'Maria',
  number: '2026-014',
  state: 'Occitanie',
  postalCode: '31000',
  language: 'Arabic',
  guardianName: 'Fatima Haddad',
  guardianRelation: 'Mother',
  guardianPhone: '+33 6 12 34 56 78',
  completedOn: '2026-06-30',
}

async function centre(app: TestApp) {
  const { admin } = await testCentre(app)
  const { key: shoes } = await admin.ownFields.add({ name: 'Size of shoes', kind: 'number' })
  const { key: bus } = await admin.ownFields.add({ name: 'Bus line', kind: 'choice', choices: ['12', '14'] })
  return { admin, shoes, bus }
}

/** Saves one change over the newest version. */
async function change(client: Client, id: number, fields: object) {
  const person = await client.beneficiaries.get({ id })
  return client.beneficiaries.update({ ...person, ...fields })
}

describe('a file', () => {
  it('keeps every column of the person, the guardian and the number of the centre', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { id } = await admin.beneficiaries.create(everything)
    expect(await admin.beneficiaries.get({ id })).toMatchObject(everything)
    await change(admin, id, { guardianPhone: '', guardianName: '', guardianRelation: '', number: '' })
    expect(await admin.beneficiaries.get({ id })).toMatchObject({
      guardianName: '',
      number: '',
      completedOn: '2026-06-30',
    })
  })

  it('says on which day somebody has finished, and forgets it when they go on', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin } = await testCentre(app)
    const { id } = await admin.beneficiaries.create({ name: 'Maria', number: '7' })
    await admin.beneficiaries.setStatus({ id, status: 'completed' })
    const today = clock.now().toISOString().slice(0, 10)
    expect(await admin.beneficiaries.get({ id })).toMatchObject({ completedOn: today, number: '7' })
    await admin.beneficiaries.setStatus({ id, status: 'active' })
    expect(await admin.beneficiaries.get({ id })).toMatchObject({ completedOn: null, number: '7' })
  })
})

describe('a field of the organization', () => {
  it('refuses a name that is taken, a choice without choices, and what does not fit it', async () => {
    await using app = await testApp()
    const { admin, shoes, bus } = await centre(app)
    expect(await refusalKey(admin.ownFields.add({ name: 'size of SHOES', kind: 'text' }))).toBe('ownField.nameTaken')
    expect(await refusalKey(admin.ownFields.add({ name: 'Class', kind: 'choice' }))).toBe('ownField.noChoices')
    expect(await refusalKey(admin.ownFields.add({ name: 'Class', kind: 'text', choices: ['A'] }))).toBe(
      'ownField.noChoices',
    )
    const create = (own: Record<string, string | number>) => admin.beneficiaries.create({ name: 'Maria', own })
    expect(await refusalKey(create({ [shoes]: 'large' }))).toBe('ownField.doesNotFit')
    expect(await refusalKey(create({ [bus]: '13' }))).toBe('ownField.doesNotFit')
    expect(await refusalKey(create({ deadbeef: 'x' }))).toBe('ownField.notFound')
    expect(await admin.beneficiaries.list({})).toMatchObject({ total: 0 })
  })

  it('finds people by what stands in it, and follows a change', async () => {
    await using app = await testApp()
    const { admin, shoes, bus } = await centre(app)
    const { id } = await admin.beneficiaries.create({ name: 'Maria', own: { [shoes]: 38, [bus]: '12' } })
    await admin.beneficiaries.create({ name: 'Mario', own: { [bus]: '14' } })
    const found = async (key: string, value: string, search = '') =>
      (await admin.beneficiaries.list({ own: { key, value }, search })).rows.map(({ name }) => name)
    expect(await found(bus, '12')).toEqual(['Maria'])
    expect(await found(bus, '12', 'mario')).toEqual([])
    expect(await found(shoes, '38', 'mar')).toEqual(['Maria'])
    await change(admin, id, { own: { [bus]: '14' } })
    expect(await found(bus, '12')).toEqual([])
    expect(await found(bus, '14')).toEqual(['Maria', 'Mario'])
    expect(await found(shoes, '38')).toEqual([])
  })

  it('is one organization’s, and a trainer does not define it', async () => {
    await using app = await testApp()
    const { admin, bus } = await centre(app)
    const tom = await testTrainer(app, admin)
    expect(await tom.ownFields.list()).toHaveLength(2)
    expect(await refusalKey(tom.ownFields.remove({ key: bus }))).toBe('door.forbidden')
  })

  it('stays in the files when it is removed, whatever is saved meanwhile', async () => {
    await using app = await testApp()
    const { admin, bus } = await centre(app)
    const { id } = await admin.beneficiaries.create({ name: 'Maria', own: { [bus]: '12' } })
    await admin.ownFields.remove({ key: bus })
    expect(await refusalKey(admin.ownFields.remove({ key: bus }))).toBe('ownField.notFound')
    await change(admin, id, { phone: '1', own: {} })
    expect((await admin.beneficiaries.get({ id })).own).toEqual({ [bus]: '12' })
  })
})

describe('the history of a file', () => {
  it('has each field with before and after, and who changed it', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin, bus } = await centre(app)
    const { id } = await admin.beneficiaries.create({ name: 'Maria', city: 'Sfax', own: { [bus]: '12' } })
    clock.pass(1000)
    await change(admin, id, { city: 'Tunis', number: '9', own: { [bus]: '14' } })
    const { rows } = await admin.beneficiaries.history({ id })
    expect(rows.map(({ field, before, after }) => [field, before, after]).toSorted()).toEqual([
      ['city', 'Sfax', 'Tunis'],
      ['number', '', '9'],
      [`own.${bus}`, '12', '14'],
    ])
    expect(rows[0]).toMatchObject({ byName: 'Ada Admin', isRestorable: true })
  })

  it('gives an earlier value back, and nothing else', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin, bus } = await centre(app)
    const { id } = await admin.beneficiaries.create({ name: 'Maria', city: 'Sfax', own: { [bus]: '12' } })
    clock.pass(1000)
    await change(admin, id, { city: 'Tunis', phone: '1', own: { [bus]: '14' } })
    const { rows } = await admin.beneficiaries.history({ id })
    const activityId = rows[0]?.activityId ?? 0
    const { updatedAt } = await admin.beneficiaries.get({ id })
    const restore = (field: string, version = updatedAt) =>
      admin.beneficiaries.restoreField({ id, updatedAt: version, activityId, field })
    expect(await refusalKey(restore('city', '2020-01-01T00:00:00.000Z'))).toBe('beneficiary.changedMeanwhile')
    expect(await refusalKey(restore('email'))).toBe('beneficiary.changeNotFound')
    clock.pass(1000)
    const after = await restore('city')
    expect(await admin.beneficiaries.get({ id })).toMatchObject({ city: 'Sfax', phone: '1', own: { [bus]: '14' } })
    await restore(`own.${bus}`, after.updatedAt)
    expect(await admin.beneficiaries.get({ id })).toMatchObject({ city: 'Sfax', own: { [bus]: '12' } })
  })

  it('knows since when somebody has had which status, and gives a status back with its day of completion', async () => {
    const clock = testClock('2026-03-01T23:59:30.000Z')
    await using app = await testApp({ clock })
    const { admin } = await testCentre(app)
    const tina = await testTrainer(app, admin, 'Tina Teacher')
    const { id } = await admin.beneficiaries.create({ name: 'Maria' })
    expect(await refusalKey(tina.beneficiaries.statusHistory({ id }))).toBe('beneficiary.notFound')
    expect(await admin.beneficiaries.statusHistory({ id })).toEqual([])
    await admin.beneficiaries.setStatus({ id, status: 'completed' })
    clock.pass(60_000)
    await admin.beneficiaries.setStatus({ id, status: 'active' })
    const changes = await admin.beneficiaries.statusHistory({ id })
    expect(changes).toMatchObject([
      { before: 'completed', after: 'active', at: '2026-03-02T00:00:30.000Z' },
      { before: 'active', after: 'completed', at: '2026-03-01T23:59:30.000Z' },
    ])
    const { rows } = await admin.beneficiaries.timeline({ id, kinds: ['change'] })
    expect(rows.map(({ state }) => state)).toEqual(['active', 'completed', null])

    const restore = async (activityId = 0) => {
      const { updatedAt } = await admin.beneficiaries.get({ id })
      await admin.beneficiaries.restoreField({ id, updatedAt, activityId, field: 'status' })
      return admin.beneficiaries.get({ id })
    }
    expect(await restore(changes[0]?.activityId)).toMatchObject({ status: 'completed', completedOn: '2026-03-01' })
    expect(await restore(changes[1]?.activityId)).toMatchObject({ status: 'active', completedOn: null })
    expect(await admin.beneficiaries.statusHistory({ id })).toHaveLength(4)

    // The line says nothing of a day, and whoever has finished has done so on one.
    for (const status of ['completed', 'inactive', 'active'] as const)
      await admin.beneficiaries.setStatus({ id, status })
    const [, stopped] = await admin.beneficiaries.statusHistory({ id })
    expect(await restore(stopped?.activityId)).toMatchObject({ status: 'completed', completedOn: '2026-03-02' })
  })

  it('gives nothing back from the file of somebody else', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin } = await testCentre(app)
    const { id } = await admin.beneficiaries.create({ name: 'Maria', city: 'Sfax' })
    const other = await admin.beneficiaries.create({ name: 'Mario', city: 'Gafsa' })
    clock.pass(1000)
    await change(admin, id, { city: 'Tunis' })
    const activityId = (await admin.beneficiaries.history({ id })).rows[0]?.activityId ?? 0
    const { updatedAt } = await admin.beneficiaries.get({ id: other.id })
    const stolen = admin.beneficiaries.restoreField({ id: other.id, updatedAt, activityId, field: 'city' })
    expect(await refusalKey(stolen)).toBe('beneficiary.changeNotFound')
  })
})

describe('the timeline', () => {
  it('has what happened, newest first, page by page without gaps or repetitions', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin } = await testCentre(app)
    const { id } = await admin.beneficiaries.create({ name: 'Maria' })
    for (const day of ['10', '11', '12']) {
      const times = { startTime: `2026-12-${day}T09:00:00.000Z`, endTime: `2026-12-${day}T10:00:00.000Z` }
      await admin.appointments.create({ title: `Talk ${day}`, beneficiaryId: id, ...times })
    }
    clock.pass(1000)
    const { id: groupId } = await admin.groups.create({ name: 'Morning' })
    await admin.groups.addMembers({ id: groupId, beneficiaryIds: [id] })
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await admin.beneficiaries.timeline({ id, limit: 2, after })
      seen.push(...page.rows.map(({ kind, title }) => `${kind} ${title}`))
      after = page.next ?? undefined
    } while (after)
    expect(seen).toEqual([
      'appointment Talk 12',
      'appointment Talk 11',
      'appointment Talk 10',
      'group Morning',
      'change beneficiaries.create',
    ])
    const { rows } = await admin.beneficiaries.timeline({ id, kinds: ['group'] })
    expect(rows).toMatchObject([{ kind: 'group', title: 'Morning' }])
    expect(await refusalKey(admin.beneficiaries.timeline({ id, after: 'made-up' }))).toBe('door.invalidInput')
  })

  it('leaves out what another trainer has with the person', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const tom = await testTrainer(app, admin)
    const { id } = await tom.beneficiaries.create({ name: 'Lina' })
    const times = { startTime: '2026-12-10T09:00:00.000Z', endTime: '2026-12-10T10:00:00.000Z' }
    await admin.appointments.create({ title: 'With the director', beneficiaryId: id, ...times })
    expect((await tom.beneficiaries.timeline({ id, kinds: ['appointment'] })).rows).toEqual([])
    expect((await admin.beneficiaries.timeline({ id, kinds: ['appointment'] })).rows).toHaveLength(1)
  })
})

let sent = 0

async function sendTo(from: Client, to: Client, words: { subject: string; content: string }) {
  const me = await to.identity.me()
  if (me.kind !== 'user') throw new Error('Nobody is signed in.')
  const name = `sent-${++sent}`
  await from.messages.saveDraft({
    name,
    recipients: { people: [me.user.id], groups: [], roles: [] },
    ...words,
    edit: 1,
  })
  return from.messages.send({ name, edit: 1 })
}

describe('documents and messages in the timeline', () => {
  it('are those about the person, and of the messages only those with whoever looks', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin } = await testCentre(app)
    const tom = await testTrainer(app, admin)
    const email = 'lina@example.org'
    const { id } = await tom.beneficiaries.create({ name: 'Lina', email })
    const other = await tom.beneficiaries.create({ name: 'Omar' })
    await tom.identity.setLearnerPassword({ beneficiaryId: id, password })
    const lina = app.visitor()
    await lina.identity.signIn({ email, password })
    const letter = await addDocument(tom, Buffer.from('words'), { filename: 'letter.txt', beneficiaryId: id })
    await addDocument(tom, Buffer.from('other words'), { filename: 'other.txt', beneficiaryId: other.id })
    const gone = await addDocument(tom, Buffer.from('gone'), { filename: 'gone.txt', beneficiaryId: id })
    const { updatedAt } = await tom.documents.get({ id: gone.id })
    await tom.documents.remove({ id: gone.id, updatedAt })
    clock.pass(1000)
    const { thread } = await sendTo(tom, lina, { subject: 'Tuesday', content: 'Come at nine' })
    clock.pass(1000)
    await sendTo(lina, tom, { subject: '', content: 'I will' })
    await sendTo(admin, lina, { subject: 'Of the director', content: 'Only for Lina' })

    const seenBy = async (somebody: Client) => {
      const { rows } = await somebody.beneficiaries.timeline({ id, kinds: ['document', 'message'] })
      return rows.map(({ kind, title, byName }) => [kind, title, byName])
    }
    expect(await seenBy(tom)).toEqual([
      ['message', 'I will', 'Lina'],
      ['message', 'Tuesday', 'Tom Trainer'],
      ['document', 'letter.txt', 'Tom Trainer'],
    ])
    expect(await seenBy(admin)).toEqual([
      ['message', 'Of the director', 'Ada Admin'],
      ['document', 'letter.txt', 'Tom Trainer'],
    ])
    const { rows } = await tom.beneficiaries.timeline({ id, kinds: ['document', 'message'] })
    expect(rows.at(-1)).toMatchObject({ id: letter.id, thread: null })
    expect(rows[1]).toMatchObject({ kind: 'message', thread })
    await tom.messages.setDeleted({ thread, isDeleted: true })
    expect((await seenBy(tom)).map(([, title]) => title)).not.toContain('Tuesday')
  })
})

describe('somebody who may be here already', () => {
  it('is found across scripts and spellings, by number, and by birth or phone with a part of the name', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    await admin.beneficiaries.create({ name: 'محمد بن علي حداد', dateOfBirth: '2001-02-03' })
    await admin.beneficiaries.create({ name: 'Yusuf Karim', phone: '+216 20 123 456', number: 'A-7' })
    const found = async (wanted: Parameters<typeof admin.beneficiaries.alike>[0]) =>
      (await admin.beneficiaries.alike(wanted)).map(({ name, causes }) => [name, ...causes])
    expect(await found({ name: 'Mohammed Ali Haddad' })).toEqual([['محمد بن علي حداد', 'name']])
    expect(await found({ name: 'Hadad, Muhamad Aly' })).toEqual([['محمد بن علي حداد', 'name']])
    expect(await found({ name: 'Sami Haddad', dateOfBirth: '2001-02-03' })).toEqual([
      ['محمد بن علي حداد', 'dateOfBirth'],
    ])
    expect(await found({ name: 'Anna Berg', dateOfBirth: '2001-02-03' })).toEqual([])
    expect(await found({ name: 'Youssef Other', phone: '20123456' })).toEqual([['Yusuf Karim', 'phone']])
    expect(await found({ name: 'Nobody', number: 'a-7' })).toEqual([['Yusuf Karim', 'number']])
  })

  it('is not told to a trainer whose people they are not, and never forbids', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    await admin.beneficiaries.create({ name: 'Maria Sol', number: '7' })
    const tom = await testTrainer(app, admin)
    expect(await tom.beneficiaries.alike({ name: 'Maria Sol', number: '7' })).toEqual([])
    await admin.beneficiaries.create({ name: 'Maria Sol', number: '7' })
    expect(await admin.beneficiaries.list({})).toMatchObject({ total: 2 })
  })
})

describe('the list as a file', () => {
  it('has whom the filters show, with guarded cells', async () => {
    await using app = await testApp()
    const { admin, bus } = await centre(app)
    await admin.beneficiaries.create({ name: '=cmd()', city: 'Sfax', own: { [bus]: '12' } })
    await admin.beneficiaries.create({ name: 'Mario' })
    const columns = ['name', 'city', `own.${bus}`].map((field) => ({ field, name: field }))
    const filter = { own: { key: bus, value: '12' } }
    const { base64, rows } = await admin.beneficiaries.export({ ...filter, format: 'csv', columns })
    expect(Buffer.from(base64, 'base64').toString()).toBe(`\uFEFFname,city,own.${bus}\r\n'=cmd(),Sfax,12\r\n`)
    expect(rows).toBe(1)
    expect(await refusalKey(admin.beneficiaries.export({ format: 'csv', columns: [] }))).toBe('door.invalidInput')
  })

  it('has who is chosen by name or as all but some, in the order of the list, and nobody who is not theirs', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const tom = await testTrainer(app, admin)
    const { ids } = await tom.beneficiaries.registerMany({ names: ['Ada', 'Bo', 'Cai'] })
    const [ada = 0, bo = 0, cai = 0] = ids
    const { id: omar } = await admin.beneficiaries.create({ name: 'Omar' })
    const columns = [{ field: 'name', name: 'name' }]
    const names = async (chosen: Partial<Parameters<typeof tom.beneficiaries.export>[0]>) => {
      const { base64, rows } = await tom.beneficiaries.export({ ...chosen, format: 'csv', columns })
      const lines = Buffer.from(base64, 'base64').toString().trim().split('\r\n').slice(1)
      expect(rows).toBe(lines.length)
      return lines
    }
    expect(await names({ ids: [cai, ada, omar] })).toEqual(['Ada', 'Cai'])
    expect(await names({ ids: [cai, ada], order: '-name' })).toEqual(['Cai', 'Ada'])
    expect(await names({ ids: [cai, bo], search: 'bo' })).toEqual(['Bo'])
    expect(await names({ except: [bo] })).toEqual(['Ada', 'Cai'])
    expect(await names({ ids: [omar] })).toEqual([])
    expect(await refusalKey(names({ ids: [] }))).toBe('door.invalidInput')
  })
})
