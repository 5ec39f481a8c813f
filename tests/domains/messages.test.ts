import { describe, expect, it } from 'vitest'
import type { Recipients } from '../../shared/contract/messages.ts'
import type { Client, TestApp } from '../support/app.ts'
import { testApp } from '../support/app.ts'
import { password, secondCentre, testCentre, testTrainer } from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { refusalKey } from '../support/refusal.ts'

/** A learner of this trainer, signed in on their own. */
async function testStudent(app: TestApp, trainer: Client, name: string) {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.org`
  const { id } = await trainer.beneficiaries.create({ name, email })
  await trainer.identity.setLearnerPassword({ beneficiaryId: id, password })
  const student = app.visitor()
  await student.identity.signIn({ email, password })
  return { student, id }
}

/** An administrator, and two trainers with a learner each who signs in. */
async function centre(app: TestApp) {
  const { admin } = await testCentre(app)
  const tom = await testTrainer(app, admin)
  const tina = await testTrainer(app, admin, 'Tina Teacher')
  const { student: lina, id: linaId } = await testStudent(app, tom, 'Lina Learner')
  const { student: omar, id: omarId } = await testStudent(app, tina, 'Omar Other')
  return { admin, tom, tina, lina, omar, linaId, omarId }
}

async function idOf(of: Client) {
  const me = await of.identity.me()
  if (me.kind !== 'user') throw new Error('Nobody is signed in.')
  return me.user.id
}

interface Written {
  people?: Client[]
  groups?: number[]
  roles?: Recipients['roles']
  subject?: string
  content?: string
}

let drafts = 0

async function write(from: Client, { people = [], groups = [], roles = [], subject = '', content = 'Hello' }: Written) {
  const name = `new-${++drafts}`
  const recipients = { people: await Promise.all(people.map(idOf)), groups, roles }
  await from.messages.saveDraft({ name, recipients, subject, content, edit: 1 })
  return from.messages.send({ name, edit: 1 })
}

async function answer(from: Client, thread: string, content: string, replyTo: 'sender' | 'all' = 'sender') {
  const name = `reply-${thread}`
  await from.messages.saveDraft({ name, thread, replyTo, content, edit: 1 })
  return from.messages.send({ name, edit: 1 })
}

const unreadOf = async (of: Client) => (await of.notifications.unread()).messages

describe('whom somebody may write to', () => {
  it('is for learners their trainer and the administrators, and nobody else', async () => {
    await using app = await testApp()
    const { admin, tina, tom, lina, omar } = await centre(app)
    const found = await lina.messages.people({})
    expect(found.people.map(({ name }) => name)).toEqual(['Ada Admin', 'Tom Trainer'])
    expect(found).toMatchObject({ groups: [], roles: ['admin'] })
    for (const people of [[tina], [omar], [tom, omar]]) {
      expect(await refusalKey(write(lina, { people }))).toBe('message.recipientNotFound')
    }
    expect(await refusalKey(write(lina, { roles: ['trainer'] }))).toBe('message.recipientNotFound')
    expect(await refusalKey(write(lina, { roles: ['student'] }))).toBe('message.recipientNotFound')
    const { id } = await admin.groups.create({ name: 'Class A' })
    expect(await refusalKey(write(lina, { groups: [id] }))).toBe('group.notFound')
    expect(await unreadOf(omar)).toBe(0)
    await write(lina, { people: [tom], roles: ['admin'] })
    expect([await unreadOf(tom), await unreadOf(admin), await unreadOf(tina)]).toEqual([1, 1, 0])
  })

  it('is for trainers the staff and their own learners', async () => {
    await using app = await testApp()
    const { tom, omar, lina, tina } = await centre(app)
    const found = await tom.messages.people({})
    expect(found.people.map(({ name }) => name)).toEqual(['Ada Admin', 'Tina Teacher', 'Lina Learner'])
    expect((await tom.messages.people({ search: 'lÍna' })).people.map(({ name }) => name)).toEqual(['Lina Learner'])
    expect(await refusalKey(write(tom, { people: [omar] }))).toBe('message.recipientNotFound')
    await write(tom, { people: [lina, tina] })
    expect([await unreadOf(lina), await unreadOf(tina), await unreadOf(omar)]).toEqual([1, 1, 0])
  })

  it('ends at the organization, and with the account', async () => {
    await using app = await testApp()
    const { admin, tina, tom } = await centre(app)
    const { admin: stranger } = await secondCentre(app)
    expect(await refusalKey(write(stranger, { people: [tom] }))).toBe('message.recipientNotFound')
    expect((await stranger.messages.people({})).people).toEqual([])
    const tinaId = await idOf(tina)
    await admin.identity.setUserActive({ id: tinaId, isActive: false })
    const name = 'new-late'
    await tom.messages.saveDraft({ name, recipients: { people: [tinaId] }, content: 'Hello', edit: 1 })
    expect(await refusalKey(tom.messages.send({ name, edit: 1 }))).toBe('message.recipientNotFound')
    expect(await tom.messages.draft({ name })).toMatchObject({ content: 'Hello', known: { people: [] } })
  })

  it('says of whom nobody has given a password to that they cannot sign in yet', async () => {
    await using app = await testApp()
    const { tom } = await centre(app)
    await tom.beneficiaries.create({ name: 'Nura New' })
    const { people } = await tom.messages.people({ search: 'nura' })
    expect(people).toMatchObject([{ name: 'Nura New', signsIn: false }])
    expect((await tom.messages.people({ search: 'lina' })).people).toMatchObject([{ signsIn: true }])
  })
})

describe('a message', () => {
  it('needs words and somebody to reach, and stays a draft without them', async () => {
    await using app = await testApp()
    const { tom, tina } = await centre(app)
    expect(await refusalKey(write(tom, { people: [tina], content: ' \n ' }))).toBe('message.empty')
    expect(await refusalKey(write(tom, { content: 'Hello' }))).toBe('message.noRecipients')
    const { id } = await tom.groups.create({ name: 'Nobody yet' })
    expect(await refusalKey(write(tom, { groups: [id] }))).toBe('message.noRecipients')
    expect(await tom.messages.drafts()).toHaveLength(3)
    expect(await tom.messages.threads({})).toEqual({ rows: [], hasMore: false })
    expect(await unreadOf(tina)).toBe(0)
  })

  it('to a group is one for the sender and one for each member within reach, who see the group and not each other', async () => {
    await using app = await testApp()
    const { admin, tom, lina, omar, linaId, omarId } = await centre(app)
    const { id } = await admin.groups.create({ name: 'Class A' })
    await admin.groups.addMembers({ id, beneficiaryIds: [linaId, omarId] })
    const mine = await write(tom, { groups: [id], subject: 'Tomorrow', content: 'Bring a pen.' })
    expect([await unreadOf(lina), await unreadOf(omar)]).toEqual([1, 0])
    expect((await tom.messages.thread(mine)).messages).toMatchObject([
      { to: [], groups: ['Class A'], receipts: [{ name: 'Lina Learner', readAt: null }] },
    ])
    const all = await write(admin, { groups: [id], content: 'For all' })
    expect((await admin.messages.threads({})).rows).toMatchObject([{ messages: 1, groups: ['Class A'], others: [] }])
    const seen = await lina.messages.thread(all)
    expect(seen.messages).toMatchObject([{ from: 'Ada Admin', to: [], more: 0, groups: ['Class A'], receipts: [] }])
    expect(JSON.stringify([seen, await lina.messages.threads({})])).not.toContain('Omar')
    expect(seen.replyTo.all).toEqual({ names: ['Ada Admin'], count: 1 })
  })

  it('to several learners by name tells none of them the name of another', async () => {
    await using app = await testApp()
    const { admin, tom, lina, omar } = await centre(app)
    const sent = await write(admin, { people: [lina, omar, tom] })
    const seen = await lina.messages.thread(sent)
    expect(seen.messages).toMatchObject([{ to: ['Tom Trainer'], more: 1 }])
    expect(JSON.stringify([seen, await lina.messages.threads({})])).not.toContain('Omar')
  })

  it('reaches somebody once who is addressed in several ways', async () => {
    await using app = await testApp()
    const { admin, tom, lina, linaId } = await centre(app)
    const { id } = await admin.groups.create({ name: 'Class A' })
    await admin.groups.addMembers({ id, beneficiaryIds: [linaId] })
    const sent = await write(tom, { people: [lina], groups: [id], roles: ['student', 'admin'] })
    expect([await unreadOf(lina), await unreadOf(admin)]).toEqual([1, 1])
    expect((await tom.messages.thread(sent)).messages).toMatchObject([
      { to: ['Lina Learner'], groups: ['Class A'], roles: ['student', 'admin'] },
    ])
  })

  it('is missing for everybody else, administrators included', async () => {
    await using app = await testApp()
    const { admin, tom, tina, lina } = await centre(app)
    const sent = await write(tom, { people: [lina], content: 'Between us' })
    for (const somebody of [admin, tina]) {
      const calls = [
        somebody.messages.thread(sent),
        somebody.messages.markRead(sent),
        somebody.messages.setDeleted({ ...sent, isDeleted: true }),
        somebody.messages.setDeleted({ ...sent, isDeleted: false }),
        somebody.messages.takeBack(sent),
        somebody.messages.saveDraft({ name: `reply-${sent.thread}`, thread: sent.thread, content: 'x', edit: 1 }),
      ]
      for (const call of calls) expect(await refusalKey(call)).toBe('message.notFound')
      expect(await somebody.messages.threads({ search: 'between' })).toEqual({ rows: [], hasMore: false })
    }
    expect(await unreadOf(lina)).toBe(1)
  })

  it('is answered to its sender or to everybody in the conversation whom one may write to', async () => {
    await using app = await testApp()
    const { admin, tom, tina, lina } = await centre(app)
    const { thread } = await write(admin, { people: [tom, tina, lina], subject: 'Exam', content: 'On Monday?' })
    await answer(tom, thread, 'Yes')
    expect([await unreadOf(admin), await unreadOf(tina), await unreadOf(lina)]).toEqual([1, 1, 1])
    await answer(lina, thread, 'I can', 'all')
    expect([await unreadOf(admin), await unreadOf(tom), await unreadOf(tina)]).toEqual([2, 2, 1])
    await answer(tom, thread, 'Good', 'all')
    expect([await unreadOf(admin), await unreadOf(tina), await unreadOf(lina)]).toEqual([3, 2, 2])
    const contents = async (of: Client) => (await of.messages.thread({ thread })).messages.map(({ content }) => content)
    expect(await contents(admin)).toEqual(['On Monday?', 'Yes', 'I can', 'Good'])
    expect(await contents(tina)).toEqual(['On Monday?', 'Good'])
    expect((await tina.messages.threads({})).rows).toMatchObject([{ subject: 'Exam', messages: 2, unread: 2 }])
  })

  it('tells its sender who has read it and when, and nobody else', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { tom, tina, lina } = await centre(app)
    const sent = await write(tom, { people: [tina, lina] })
    clock.pass(90_000)
    await tina.messages.markRead(sent)
    const readAt = clock.now().toISOString()
    clock.pass(1000)
    await tina.messages.markRead(sent)
    const [message] = (await tom.messages.thread(sent)).messages
    expect(message?.receipts.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
      { name: 'Lina Learner', readAt: null },
      { name: 'Tina Teacher', readAt },
    ])
    expect((await lina.messages.thread(sent)).messages).toMatchObject([{ receipts: [], isUnread: true }])
    expect([await unreadOf(tina), await unreadOf(lina)]).toEqual([0, 1])
    expect((await tina.notifications.unread()).notifications).toBe(0)
  })

  it('deleted for oneself is there for the others, comes back, and leaves room for what follows', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { tom, tina } = await centre(app)
    const sent = await write(tom, { people: [tina], content: 'First' })
    await tina.messages.setDeleted({ ...sent, isDeleted: true })
    expect(await refusalKey(tina.messages.thread(sent))).toBe('message.notFound')
    expect([await unreadOf(tina), (await tina.notifications.unread()).notifications]).toEqual([0, 0])
    expect((await tom.messages.thread(sent)).messages).toHaveLength(1)
    await tina.messages.setDeleted({ ...sent, isDeleted: false })
    expect(await unreadOf(tina)).toBe(1)
    await tina.messages.setDeleted({ ...sent, isDeleted: true })
    clock.pass(1000)
    await answer(tom, sent.thread, 'Second')
    expect((await tina.messages.thread(sent)).messages).toMatchObject([{ content: 'Second' }])
  })

  it('can be taken back by its sender for a minute, as long as nobody has read it, and is a draft again', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin, tom, tina, lina } = await centre(app)
    const sent = await write(tom, { people: [tina], roles: ['admin'], subject: 'Oops', content: 'Wrong one' })
    expect(await refusalKey(tina.messages.takeBack(sent))).toBe('message.notSender')
    const { name } = await tom.messages.takeBack(sent)
    expect(await tom.messages.draft({ name })).toMatchObject({
      subject: 'Oops',
      content: 'Wrong one',
      recipients: { people: [await idOf(tina)], groups: [], roles: ['admin'] },
    })
    for (const reader of [tina, admin]) {
      expect(await refusalKey(reader.messages.thread(sent))).toBe('message.notFound')
      expect(await reader.notifications.unread()).toMatchObject({ messages: 0, notifications: 0 })
    }
    const read = await write(tom, { people: [tina] })
    await tina.messages.markRead(read)
    expect(await refusalKey(tom.messages.takeBack(read))).toBe('message.tooLateToTakeBack')
    const old = await write(tom, { people: [lina] })
    clock.pass(61_000)
    expect(await refusalKey(tom.messages.takeBack(old))).toBe('message.tooLateToTakeBack')
  })

  it('is found by any part of its words or of a name, without accents, in one’s own messages alone', async () => {
    await using app = await testApp()
    const { admin, tom, tina } = await centre(app)
    const sent = await write(tom, { people: [tina], subject: 'Élèves', content: 'La réunion a lieu à l’école. مدرسة' })
    await write(admin, { people: [tina], content: 'réunion secrète' })
    const find = async (search: string) => (await tom.messages.threads({ search })).rows.map(({ thread }) => thread)
    for (const search of ['eleves', 'REUNION ecole', 'union', 'tina', 'مدرسه', 'eleves teach']) {
      expect(await find(search)).toEqual([sent.thread])
    }
    for (const search of ['secrete', 'reunion secrete', 'ada', '%', '*', 'u?ion', '[a-z]', 'zzz'])
      expect(await find(search)).toEqual([])
  })

  it('is found after its words came from another machine', async () => {
    await using app = await testApp()
    const { tom, tina } = await centre(app)
    const { thread } = await write(tom, { people: [tina], content: 'Unmistakable' })
    await app.withDatabase((db) => db.deleteFrom('message_texts').execute())
    expect((await tom.messages.threads({ search: 'mistak' })).rows).toMatchObject([{ thread }])
  })

  it('is listed with the others by time, in pages, unread and sent apart', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { tom, tina } = await centre(app)
    const sent: string[] = []
    for (let count = 0; count < 45; count += 1) {
      clock.pass(1000)
      sent.unshift((await write(tom, { people: [tina], content: `Number ${count}` })).thread)
    }
    const first = await tina.messages.threads({})
    expect(first.hasMore).toBe(true)
    const last = first.rows.at(-1)
    const second = await tina.messages.threads({ after: { thread: last?.thread ?? '', lastAt: last?.lastAt ?? '' } })
    expect(second.hasMore).toBe(false)
    expect([...first.rows, ...second.rows].map(({ thread }) => thread)).toEqual(sent)
    await tina.messages.markRead({ thread: sent[0] ?? '' })
    expect((await tina.messages.threads({ box: 'unread' })).rows[0]?.thread).toBe(sent[1])
    expect((await tina.messages.threads({ box: 'sent' })).rows).toEqual([])
    expect((await tom.messages.threads({ box: 'sent' })).rows).toHaveLength(40)
  })
})

describe('a draft', () => {
  it('is kept as it was typed, over a restart, for its writer alone', async () => {
    await using app = await testApp()
    const { admin, tom, tina } = await centre(app)
    const draft = {
      name: 'new-a',
      subject: ' Half',
      content: 'a sentence \n',
      recipients: { people: [await idOf(tina)] },
    }
    await tom.messages.saveDraft({ ...draft, content: 'a', edit: 1 })
    await tom.messages.saveDraft({ ...draft, edit: 2 })
    await app.restart()
    expect(await tom.messages.draft({ name: 'new-a' })).toMatchObject({
      subject: ' Half',
      content: 'a sentence \n',
      edit: 2,
      known: { people: [{ name: 'Tina Teacher' }] },
    })
    expect(await tom.messages.drafts()).toMatchObject([{ name: 'new-a', snippet: 'a sentence ' }])
    for (const somebody of [admin, tina]) {
      expect(await somebody.messages.drafts()).toEqual([])
      expect(await somebody.messages.draft({ name: 'new-a' })).toBeNull()
    }
  })

  it('does not tell the name of somebody it may not be sent to', async () => {
    await using app = await testApp()
    const { tom, omar } = await centre(app)
    await tom.messages.saveDraft({ name: 'new-a', recipients: { people: [await idOf(omar)] }, edit: 1 })
    expect(await tom.messages.draft({ name: 'new-a' })).toMatchObject({ known: { people: [] } })
  })

  it('is not overwritten, sent or brought back by a window that saw an older text', async () => {
    await using app = await testApp()
    const { tom, tina } = await centre(app)
    const recipients = { people: [await idOf(tina)] }
    const save = (edit: number, content: string) => tom.messages.saveDraft({ name: 'new-a', recipients, content, edit })
    await save(1, 'one')
    const { savedAt } = await save(2, 'two')
    expect(await save(2, 'two')).toEqual({ savedAt })
    expect(await refusalKey(save(2, 'other'))).toBe('draft.changedMeanwhile')
    expect(await refusalKey(save(4, 'skips one'))).toBe('draft.changedMeanwhile')
    expect(await refusalKey(tom.messages.send({ name: 'new-a', edit: 1 }))).toBe('draft.changedMeanwhile')
    await tom.messages.send({ name: 'new-a', edit: 2 })
    expect(await refusalKey(tom.messages.send({ name: 'new-a', edit: 2 }))).toBe('draft.notFound')
    expect(await refusalKey(save(3, 'three'))).toBe('draft.notFound')
    expect(await unreadOf(tina)).toBe(1)
    expect((await tina.messages.threads({})).rows).toMatchObject([{ snippet: 'two' }])
  })

  it('is gone when it is thrown away', async () => {
    await using app = await testApp()
    const { tom } = await centre(app)
    await tom.messages.saveDraft({ name: 'new-a', content: 'x', edit: 1 })
    await tom.messages.discardDraft({ name: 'new-a' })
    expect(await tom.messages.drafts()).toEqual([])
    expect(await refusalKey(tom.messages.discardDraft({ name: 'new-a' }))).toBe('draft.notFound')
  })
})

describe('the messages of a person', () => {
  it('are in their copy, and go with them and nobody else', async () => {
    await using app = await testApp()
    const { admin, tom, tina, lina, linaId } = await centre(app)
    const kept = await write(tom, { people: [tina, lina], content: 'To both' })
    const asked = await write(lina, { people: [tom], content: 'Only from Lina' })
    await lina.messages.saveDraft({ name: 'new-a', content: 'Never sent', edit: 1 })
    await admin.privacy.erase({ person: { beneficiaryId: linaId }, name: 'Lina Learner' })
    expect(await refusalKey(tom.messages.thread(asked))).toBe('message.notFound')
    expect((await tina.messages.thread(kept)).messages).toMatchObject([{ content: 'To both', to: [], more: 0 }])
    expect((await tom.notifications.list({})).rows).toEqual([])
    expect((await tom.notifications.unread()).notifications).toBe(0)
    const left = await app.withDatabase(async (db) => ({
      drafts: await db.selectFrom('message_drafts').selectAll().execute(),
      texts: await db.selectFrom('message_texts').select('folded').execute(),
    }))
    expect(left).toEqual({ drafts: [], texts: [{ folded: 'to both' }] })
  })

  it('leave nothing of their words in the activity log', async () => {
    await using app = await testApp()
    const { admin, tom, tina } = await centre(app)
    await write(tom, { people: [tina], subject: 'Canary subject', content: 'Canary content' })
    const lines = JSON.stringify(await admin.activity.list({}))
    expect(lines).toContain('messages.send')
    expect(lines).not.toContain('Canary')
  })
})
