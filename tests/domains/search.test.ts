import { describe, expect, it } from 'vitest'
import { type Client, type TestApp, testApp } from '../support/app.ts'
import { secondCentre, testCentre, testTrainer } from '../support/centre.ts'
import { addDocument } from '../support/documents.ts'
import { refusalKey } from '../support/refusal.ts'

const names = async (client: Client, text: string) =>
  (await client.search.find({ text })).people.map(({ name }) => name)

async function staff(app: TestApp) {
  const { admin } = await testCentre(app)
  const tom = await testTrainer(app, admin)
  const tina = await testTrainer(app, admin, 'Tina Teacher')
  return { admin, tom, tina }
}

describe('the search', () => {
  it('refuses nothing at all, and finds nothing for signs alone', async () => {
    await using app = await testApp()
    const { admin } = await staff(app)
    await admin.beneficiaries.create({ name: '100% Percent' })
    expect(await refusalKey(admin.search.find({ text: ' ' }))).toBe('door.invalidInput')
    expect(await admin.search.find({ text: '%_*"' })).toEqual({
      people: [],
      groups: [],
      assessments: [],
      appointments: [],
      documents: [],
      messages: [],
    })
  })

  it('keeps everybody else to themselves', async () => {
    await using app = await testApp()
    const { admin, tom, tina } = await staff(app)
    const { id } = await tina.beneficiaries.create({ name: 'Lina Learner' })
    const hour = { startTime: '2030-03-02T09:00:00.000Z', endTime: '2030-03-02T10:00:00.000Z' }
    await tina.appointments.create({ title: 'Lina talks', ...hour, beneficiaryId: id })
    await tina.assessments.create({ title: 'Only for Lina', type: 'formative', beneficiaryId: id })
    await addDocument(tina, Buffer.from('Dear Lina'), { filename: 'Letter to Lina.txt', beneficiaryId: id })
    const { admin: other } = await secondCentre(app)
    const nothing = { people: [], groups: [], assessments: [], appointments: [], documents: [], messages: [] }
    expect(await tom.search.find({ text: 'lina' })).toEqual(nothing)
    expect(await other.search.find({ text: 'lina' })).toEqual(nothing)
    for (const client of [tina, admin]) {
      const found = await client.search.find({ text: 'lina' })
      expect(Object.values(found).map((rows) => rows.length)).toEqual([1, 0, 1, 1, 1, 0])
    }
  })

  it('finds a conversation by its words and by who is in it, for those in it alone', async () => {
    await using app = await testApp()
    const { admin, tom, tina } = await staff(app)
    const tinaId = (await admin.identity.listUsers()).find(({ name }) => name === 'Tina Teacher')?.id ?? 0
    await tom.messages.saveDraft({
      name: 'new-1',
      recipients: { people: [tinaId] },
      subject: 'Clés de l’atelier',
      content: 'They hang behind the door.',
      edit: 1,
    })
    const { thread } = await tom.messages.send({ name: 'new-1', edit: 1 })
    const found = async (client: Client, text: string) =>
      (await client.search.find({ text })).messages.map((row) => row.thread)
    for (const text of ['cles', 'behind', 'tom']) {
      expect(await found(tina, text)).toEqual([thread])
      expect(await found(admin, text)).toEqual([])
    }
    await tina.messages.setDeleted({ thread, isDeleted: true })
    expect(await found(tina, 'behind')).toEqual([])
    expect(await found(tom, 'behind')).toEqual([thread])
  })

  it('finds any part of a name, in any script, without case and accents', async () => {
    await using app = await testApp()
    const { admin } = await staff(app)
    for (const name of ['José Ángel Muñoz', 'فاطمة الزهراء', 'Trần Văn Minh', '李小明', 'Jürgen Großmann']) {
      await admin.beneficiaries.create({ name })
    }
    expect(await names(admin, 'UNOZ')).toEqual(['José Ángel Muñoz'])
    expect(await names(admin, 'munoz jose')).toEqual(['José Ángel Muñoz'])
    expect(await names(admin, 'زهرا')).toEqual(['فاطمة الزهراء'])
    expect(await names(admin, 'van')).toEqual(['Trần Văn Minh'])
    expect(await names(admin, '明')).toEqual(['李小明'])
    expect(await names(admin, 'zzz')).toEqual([])
  })

  it('shows first whose name begins as it was typed, six at most', async () => {
    await using app = await testApp()
    const { admin } = await staff(app)
    for (const name of ['Amara', 'Marek', 'Tamara', 'Zoe Marlow']) await admin.beneficiaries.create({ name })
    expect(await names(admin, 'mar')).toEqual(['Marek', 'Zoe Marlow', 'Amara', 'Tamara'])
    for (let more = 1; more <= 5; more += 1) await admin.beneficiaries.create({ name: `Maria ${more}` })
    expect(await names(admin, 'mar')).toEqual(['Marek', ...[1, 2, 3, 4, 5].map((more) => `Maria ${more}`)])
  })

  it('finds groups, assessments and appointments by title, and appointments by who comes', async () => {
    await using app = await testApp()
    const { admin } = await staff(app)
    const { id: groupId } = await admin.groups.create({ name: 'Élèves du soir' })
    const { id: assessmentId } = await admin.assessments.create({ title: 'Sécurité au travail', type: 'formative' })
    const { id: beneficiaryId } = await admin.beneficiaries.create({ name: 'Omar Other' })
    const hour = { startTime: '2030-03-02T09:00:00.000Z', endTime: '2030-03-02T10:00:00.000Z' }
    const { id: appointmentId } = await admin.appointments.create({ title: 'Interview', ...hour, beneficiaryId })
    expect((await admin.search.find({ text: 'eleve' })).groups).toEqual([{ id: groupId, name: 'Élèves du soir' }])
    expect((await admin.search.find({ text: 'travail secu' })).assessments).toMatchObject([{ id: assessmentId }])
    const byName = {
      id: appointmentId,
      title: 'Interview',
      startTime: hour.startTime,
      isSeries: false,
      personName: 'Omar Other',
    }
    expect((await admin.search.find({ text: 'omar' })).appointments).toEqual([byName])
    expect((await admin.search.find({ text: 'inter' })).appointments).toEqual([byName])
  })
})
