import { strFromU8, unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import { monthAfter } from '../../../main/domains/privacy/requests.ts'
import { testApp } from '../../support/app.ts'
import { secondCentre, testCentre, testTrainer } from '../../support/centre.ts'
import { testClock } from '../../support/clock.ts'
import { refusalKey } from '../../support/refusal.ts'

it('keeps every version of a consent text, and who wrote it', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  const trainer = await testTrainer(app, admin)
  const photos = { topic: 'Photos', text: 'On our walls.' }
  expect(await refusalKey(trainer.privacy.writeConsentText(photos))).toBe('door.forbidden')
  await admin.privacy.writeConsentText(photos)
  expect(await refusalKey(admin.privacy.writeConsentText(photos))).toBe('privacy.consentTextSame')
  await admin.privacy.writeConsentText({ topic: 'photos', text: 'On our walls and on our page.' })
  expect(await admin.privacy.consentTexts()).toMatchObject([
    { topic: 'Photos', version: 2, text: 'On our walls and on our page.', writtenBy: 'Ada Admin', given: 0 },
    { topic: 'Photos', version: 1, text: 'On our walls.' },
  ])
})

it('records who said yes to which version, and their no, without touching what was said before', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  const trainer = await testTrainer(app, admin)
  const { id: beneficiaryId } = await trainer.beneficiaries.create({ name: 'Maria' })
  const theirs = await admin.beneficiaries.create({ name: 'Not Tom’s' })
  const { id: textId } = await admin.privacy.writeConsentText({ topic: 'Photos', text: 'On our walls.' })
  const word = { beneficiaryId, textId }

  const stranger = { ...word, beneficiaryId: theirs.id, kind: 'given' as const }
  expect(await refusalKey(trainer.privacy.recordConsent(stranger))).toBe('beneficiary.notFound')
  expect(await refusalKey(trainer.privacy.recordConsent({ ...word, textId: 99, kind: 'given' }))).toBe(
    'privacy.consentTextNotFound',
  )
  expect(await refusalKey(trainer.privacy.recordConsent({ ...word, kind: 'withdrawn' }))).toBe(
    'privacy.consentNotGiven',
  )
  await trainer.privacy.recordConsent({ ...word, kind: 'given' })
  expect(await refusalKey(trainer.privacy.recordConsent({ ...word, kind: 'given' }))).toBe('privacy.consentSame')
  expect(await admin.privacy.consentTexts()).toMatchObject([{ given: 1 }])
  await admin.privacy.recordConsent({ ...word, kind: 'withdrawn' })

  expect((await trainer.privacy.consentsOf({ beneficiaryId })).consents).toMatchObject([
    { kind: 'withdrawn', topic: 'Photos', version: 1, recordedBy: 'Ada Admin' },
    { kind: 'given', topic: 'Photos', version: 1, recordedBy: 'Tom Trainer' },
  ])
  expect(await admin.privacy.consentTexts()).toMatchObject([{ given: 0 }])
  const { base64 } = await admin.privacy.export({ beneficiaryId })
  const data = strFromU8(unzipSync(Buffer.from(base64, 'base64'))['data.json'] ?? new Uint8Array())
  expect(JSON.parse(data).tables.consents).toHaveLength(2)

  const overwrite = app.withDatabase((db) => db.updateTable('consents').set({ kind: 'given' }).execute())
  await expect(overwrite).rejects.toThrow('only ever added to')
  await expect(app.withDatabase((db) => db.deleteFrom('consents').execute())).rejects.toThrow('only ever added to')
  const rewrite = app.withDatabase((db) => db.updateTable('consent_texts').set({ text: 'Anything.' }).execute())
  await expect(rewrite).rejects.toThrow('only ever added to')
  await admin.privacy.erase({ person: { beneficiaryId }, name: 'Maria' })
  expect(await app.withDatabase((db) => db.selectFrom('consents').selectAll().execute())).toEqual([])
})

it('counts the last word on a topic: a no to the newest version is a no to all', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  const { id: beneficiaryId } = await admin.beneficiaries.create({ name: 'Maria' })
  const first = await admin.privacy.writeConsentText({ topic: 'Photos', text: 'On our walls.' })
  await admin.privacy.recordConsent({ beneficiaryId, textId: first.id, kind: 'given' })
  const next = await admin.privacy.writeConsentText({ topic: 'Photos', text: 'On our page.' })
  const given = async () => (await admin.privacy.consentTexts()).map((text) => text.given)
  expect(await given()).toEqual([0, 1])
  await admin.privacy.recordConsent({ beneficiaryId, textId: next.id, kind: 'given' })
  expect(await given()).toEqual([1, 0])
  const earlier = admin.privacy.recordConsent({ beneficiaryId, textId: first.id, kind: 'withdrawn' })
  expect(await refusalKey(earlier)).toBe('privacy.consentNotGiven')
  await admin.privacy.recordConsent({ beneficiaryId, textId: next.id, kind: 'withdrawn' })
  expect(await given()).toEqual([0, 0])
})

it.each([
  ['2026-01-31', '2026-02-28'],
  ['2028-01-31', '2028-02-29'],
  ['2026-12-15', '2027-01-15'],
])('is to be answered, when received on %s, until %s', (received, due) => {
  expect(monthAfter(received)).toBe(due)
})

it('notes requests with the day they are due, and an erasure is done when the person is gone', async () => {
  const clock = testClock('2026-03-05T09:00:00.000Z')
  await using app = await testApp({ clock })
  const { admin, email } = await testCentre(app)
  const { id: beneficiaryId } = await admin.beneficiaries.create({ name: 'Maria Canary', city: 'Lyon', number: 'A-7' })
  const person = { beneficiaryId }
  const request = { person, kind: 'erasure' as const, receivedFrom: 'CANARY brother', receivedOn: '2026-03-01' }
  expect(await refusalKey(admin.privacy.receiveRequest({ ...request, receivedOn: '2026-03-09' }))).toBe(
    'privacy.inFuture',
  )
  const { id } = await admin.privacy.receiveRequest(request)
  expect(await refusalKey(admin.privacy.receiveRequest(request))).toBe('privacy.requestOpen')
  expect(await admin.privacy.requests()).toMatchObject([
    {
      kind: 'erasure',
      dueOn: '2026-04-01',
      isLate: false,
      person: { name: 'Maria Canary', city: 'Lyon', number: 'A-7', isErased: false },
    },
  ])
  const { admin: other } = await secondCentre(app)
  expect(await other.privacy.requests()).toEqual([])
  expect(await refusalKey(other.privacy.closeRequest({ id, outcome: 'done', note: '' }))).toBe(
    'privacy.requestNotFound',
  )

  clock.pass(30 * 24 * 3_600_000)
  const later = app.visitor()
  await later.identity.signIn({ email, password: 'correct horse' })
  expect(await later.privacy.requests()).toMatchObject([{ isLate: true }])
  expect(await refusalKey(later.privacy.closeRequest({ id, outcome: 'done', note: '' }))).toBe('privacy.notErasedYet')
  await later.privacy.erase({ person, name: 'Maria Canary' })
  await later.privacy.closeRequest({ id, outcome: 'done', note: 'Told Maria by phone' })
  expect(await refusalKey(later.privacy.closeRequest({ id, outcome: 'done', note: '' }))).toBe('privacy.requestClosed')
  const [done] = await later.privacy.requests()
  expect(done).toMatchObject({
    outcome: 'done',
    doneBy: 'Ada Admin',
    receivedFrom: null,
    note: null,
    person: { isErased: true, beneficiaryId: null },
  })
  expect(JSON.stringify(await later.activity.list({}))).not.toMatch(/canary/i)
})

it('shows the register of processing, a line for each table with personal data', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  const { markdown, lines } = await admin.privacy.register()
  expect(markdown).toContain('# Register of processing')
  expect(lines.map(({ table }) => table)).toEqual(expect.arrayContaining(['users', 'profiles', 'consents']))
})
