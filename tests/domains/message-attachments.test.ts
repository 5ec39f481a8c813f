import { describe, expect, it } from 'vitest'
import { type Client, type TestApp, testApp } from '../support/app.ts'
import { password, testCentre, testTrainer } from '../support/centre.ts'
import { addDocument, contentOf } from '../support/documents.ts'
import { refusalKey } from '../support/refusal.ts'

/** Two trainers; Lina learns with the first and signs in on her own. */
async function centre(app: TestApp) {
  const { admin } = await testCentre(app)
  const tom = await testTrainer(app, admin)
  const tina = await testTrainer(app, admin, 'Tina Teacher')
  const email = 'lina@example.org'
  const { id: linaId } = await tom.beneficiaries.create({ name: 'Lina Learner', email })
  await tom.identity.setLearnerPassword({ beneficiaryId: linaId, password })
  const lina = app.visitor()
  await lina.identity.signIn({ email, password })
  return { admin, tom, tina, lina, linaId }
}

async function idOf(of: Client) {
  const me = await of.identity.me()
  if (me.kind !== 'user') throw new Error('Nobody is signed in.')
  return me.user.id
}

async function write(from: Client, to: readonly Client[], attachments: number[], name = 'new-1') {
  const people = await Promise.all(to.map(idOf))
  await from.messages.saveDraft({ name, recipients: { people }, content: 'Look at this', attachments, edit: 1 })
  return from.messages.send({ name, edit: 1 })
}

const attachedTo = async (reader: Client, thread: string) =>
  (await reader.messages.thread({ thread })).messages[0]?.attachments

describe('a document attached to a message', () => {
  it('must be one that the writer may share, and learners attach nothing', async () => {
    await using app = await testApp()
    const { tom, tina, lina, linaId } = await centre(app)
    const { id: hers } = await addDocument(tina, Buffer.from('Private'), { filename: 'Private.txt' })
    expect(await refusalKey(write(tom, [lina], [hers]))).toBe('document.notFound')
    await tina.documents.share({ documentId: hers, userId: await idOf(tom) })
    expect(await refusalKey(write(tom, [lina], [hers], 'new-2'))).toBe('document.notYours')
    const { id } = await addDocument(tom, Buffer.from('Dear Lina'), { filename: 'Letter.txt', beneficiaryId: linaId })
    expect(await refusalKey(write(lina, [tom], [id]))).toBe('document.notFound')
    const { updatedAt } = await tom.documents.get({ id })
    await tom.documents.remove({ id, updatedAt })
    expect(await refusalKey(write(tom, [lina], [id], 'new-3'))).toBe('document.notFound')
    expect(await lina.documents.mine()).toEqual([])
    expect((await lina.messages.threads({})).rows).toEqual([])
    expect(await tom.messages.draft({ name: 'new-3' })).toMatchObject({ attachments: [id] })
  })

  it('is opened by those who get the message, until the share is taken back', async () => {
    await using app = await testApp()
    const { admin, tom, tina, lina, linaId } = await centre(app)
    const { id } = await addDocument(tom, Buffer.from('Dear Lina'), { filename: 'Letter.txt', beneficiaryId: linaId })
    expect(await refusalKey(contentOf(tina, id))).toBe('document.notFound')
    const { thread } = await write(tom, [tina, lina], [id])
    for (const reader of [tina, lina]) {
      expect(await attachedTo(reader, thread)).toMatchObject([{ id, filename: 'Letter.txt', size: 9 }])
      expect((await contentOf(reader, id)).toString()).toBe('Dear Lina')
    }
    expect(await refusalKey(admin.messages.thread({ thread }))).toBe('message.notFound')
    const { sharedWith } = await tom.documents.get({ id })
    expect(sharedWith).toMatchObject([
      { name: 'Lina Learner', permission: 'view', expiresAt: null },
      { name: 'Tina Teacher', permission: 'view', expiresAt: null },
    ])
    for (const share of sharedWith) await tom.documents.revoke({ id: share.id })
    for (const reader of [tina, lina]) {
      expect(await attachedTo(reader, thread)).toEqual([null])
      expect(await refusalKey(contentOf(reader, id))).toBe('document.notFound')
    }
    expect(await attachedTo(tom, thread)).toMatchObject([{ id }])
  })

  it('leaves what was shared before as it was, also when the message is taken back', async () => {
    await using app = await testApp()
    const { tom, tina, lina, linaId } = await centre(app)
    const { id } = await addDocument(tom, Buffer.from('Dear Lina'), { filename: 'Letter.txt', beneficiaryId: linaId })
    await tom.documents.share({ documentId: id, userId: await idOf(tina), permission: 'edit' })
    const before = (await tom.documents.get({ id })).sharedWith
    const { sending } = await write(tom, [tina, lina], [id])
    expect((await tom.documents.get({ id })).sharedWith).toHaveLength(2)
    const { name } = await tom.messages.takeBack({ sending })
    expect((await tom.documents.get({ id })).sharedWith).toEqual(before)
    expect(await tom.messages.draft({ name })).toMatchObject({
      attachments: [id],
      known: { documents: [{ id, name: 'Letter.txt' }] },
    })
  })
})
