import { describe, expect, it } from 'vitest'
import { type Client, type TestApp, testApp } from '../support/app.ts'
import { choice, essay, publishedAssessment, secondCentre, testCentre, testTrainer } from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { addDocument } from '../support/documents.ts'
import { refusalKey } from '../support/refusal.ts'

const day = { from: '2026-03-01T00:00:00.000Z', until: '2026-03-02T00:00:00.000Z' }
const dayMs = 86_400_000

/** Two trainers, each with a learner of the same group. */
async function team(app: TestApp) {
  const { admin } = await testCentre(app)
  const tom = await testTrainer(app, admin)
  const tina = await testTrainer(app, admin, 'Tina Teacher')
  const { id: lina } = await tom.beneficiaries.create({ name: 'Lina Learner' })
  const { id: omar } = await tina.beneficiaries.create({ name: 'Omar Other' })
  const { id: groupId } = await admin.groups.create({ name: 'Evening class' })
  await admin.groups.addMembers({ id: groupId, beneficiaryIds: [lina, omar] })
  return { admin, tom, tina, lina, omar, groupId }
}

/** At a kiosk of an administrator, so that any learner may sit down. */
async function take(
  kiosk: Client,
  beneficiaryId: number,
  assessment: { id: number; questionIds: number[] },
  answer: string,
) {
  await kiosk.delivery.sitDown({ beneficiaryId })
  const { attemptId } = await kiosk.delivery.begin({ assessmentId: assessment.id })
  for (const questionId of assessment.questionIds) {
    await kiosk.delivery.saveAnswer({ attemptId, questionId, answer, edit: 1 })
  }
  await kiosk.delivery.handIn({ attemptId })
  await kiosk.delivery.standUp()
}

describe('what waits today', () => {
  it('refuses a span that is no day', async () => {
    await using app = await testApp({ clock: testClock() })
    const { admin } = await testCentre(app)
    for (const span of [
      { from: day.until, until: day.from },
      { from: day.from, until: '2026-03-04T00:00:00.000Z' },
    ]) {
      expect(await refusalKey(admin.today.waiting(span))).toBe('door.invalidInput')
    }
  })

  it('says of an empty centre that nothing has been begun, and notices each beginning', async () => {
    await using app = await testApp({ clock: testClock() })
    const { admin } = await testCentre(app)
    const begun = async () => (await admin.today.waiting(day)).begun
    expect(await begun()).toEqual({ people: false, assessments: false, attempts: false })
    const { id } = await admin.beneficiaries.create({ name: 'Lina Learner' })
    expect(await begun()).toEqual({ people: true, assessments: false, attempts: false })
    await admin.assessments.create({ title: 'A draft', type: 'formative' })
    expect(await begun()).toMatchObject({ assessments: false })
    const assessment = await publishedAssessment(admin)
    const kiosk = await testTrainer(app, admin)
    await kiosk.identity.openKiosk()
    await kiosk.delivery.sitDown({ beneficiaryId: id })
    await kiosk.delivery.begin({ assessmentId: assessment.id })
    expect(await begun()).toEqual({ people: true, assessments: true, attempts: true })
  })

  it('counts answers to mark, offers and messages of whoever asks, and of nobody else', async () => {
    await using app = await testApp({ clock: testClock() })
    const { admin, tom, tina, lina } = await team(app)
    const kiosk = await testTrainer(app, admin, 'Kim Kiosk')
    await kiosk.identity.openKiosk()
    await take(kiosk, lina, await publishedAssessment(admin, [essay, { ...essay, text: 'How?' }]), 'So.')
    const tinaId = (await tom.beneficiaries.trainers()).find(({ name }) => name === 'Tina Teacher')?.id ?? 0
    await tom.handovers.offer({ beneficiaryId: lina, toTrainerId: tinaId })
    await tom.messages.saveDraft({ name: 'new-1', recipients: { people: [tinaId] }, content: 'Look at Lina', edit: 1 })
    await tom.messages.send({ name: 'new-1', edit: 1 })
    const { admin: other } = await secondCentre(app)
    const counted = async (who: Client) => {
      const { answers, handovers, messages } = await who.today.waiting(day)
      return { answers, handovers, messages }
    }
    expect(await counted(tom)).toEqual({ answers: 2, handovers: 0, messages: 0 })
    expect(await counted(tina)).toEqual({ answers: 0, handovers: 1, messages: 1 })
    expect(await counted(admin)).toEqual({ answers: 2, handovers: 0, messages: 0 })
    expect(await counted(other)).toEqual({ answers: 0, handovers: 0, messages: 0 })
    expect((await tom.grading.waiting()).map(({ mark }) => mark)).toEqual([2])
  })

  it('tells administrators alone of accounts and requests that wait for them', async () => {
    await using app = await testApp({ clock: testClock() })
    const { admin, tom, lina } = await team(app)
    const person = { beneficiaryId: lina }
    await admin.privacy.receiveRequest({
      person,
      kind: 'access',
      receivedFrom: 'Their mother',
      receivedOn: '2026-01-05',
    })
    await admin.privacy.receiveRequest({
      person,
      kind: 'erasure',
      receivedFrom: 'Their mother',
      receivedOn: '2026-02-27',
    })
    const una = (await admin.identity.listUsers()).find(({ name }) => name === 'Tina Teacher')
    await admin.identity.setVerified({ id: una?.id ?? 0, isVerified: false })
    expect((await admin.today.waiting(day)).centre).toEqual({ unverified: 1, requests: 2, lateRequests: 1 })
    expect((await tom.today.waiting(day)).centre).toBeNull()
    const { admin: other } = await secondCentre(app)
    expect((await other.today.waiting(day)).centre).toEqual({ unverified: 0, requests: 0, lateRequests: 0 })
  })

  it('names shares that end within three days to both sides, while both may see the document', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin, tom, tina, lina } = await team(app)
    const tinaId = (await tom.beneficiaries.trainers()).find(({ name }) => name === 'Tina Teacher')?.id ?? 0
    const { id } = await addDocument(tom, Buffer.from('Dear Lina'), { filename: 'Letter.txt', beneficiaryId: lina })
    const share = async (days: number) =>
      tom.documents.share({
        documentId: id,
        userId: tinaId,
        expiresAt: new Date(clock.now().getTime() + days * dayMs).toISOString(),
      })
    const ending = async (who: Client) => (await who.today.waiting(day)).sharesEnding
    await share(4)
    expect(await ending(tina)).toEqual([])
    await share(2)
    expect(await ending(tina)).toMatchObject([{ documentId: id, filename: 'Letter.txt', withName: null }])
    expect(await ending(tom)).toMatchObject([{ documentId: id, withName: 'Tina Teacher' }])
    expect(await ending(admin)).toEqual([])
    await tom.handovers.offer({ beneficiaryId: lina, toTrainerId: tinaId })
    const [offer] = await tina.handovers.list()
    await tina.handovers.accept({ id: offer?.id ?? 0 })
    expect(await ending(tom)).toEqual([])
    await app.withDatabase((db) =>
      db.updateTable('document_shares').set({ expires_at: clock.now().toISOString() }).execute(),
    )
    expect(await ending(tina)).toEqual([])
  })

  it('shows what opens or closes on the day, and of a single learner only to their trainer', async () => {
    await using app = await testApp({ clock: testClock() })
    const { tom, tina, lina } = await team(app)
    const noon = '2026-03-01T12:00:00.000Z'
    await publishedAssessment(tina, [choice], { title: 'Opens', opensAt: noon })
    await publishedAssessment(tina, [choice], { title: 'Closes', closesAt: '2026-03-01T23:59:00.000Z' })
    await publishedAssessment(tina, [choice], { title: 'Tomorrow', opensAt: day.until })
    await publishedAssessment(tom, [choice], { title: 'For Lina', opensAt: noon, beneficiaryId: lina })
    await tina.assessments.create({ title: 'A draft', type: 'formative', opensAt: noon })
    const titles = async (who: Client) => (await who.today.waiting(day)).assessments.map(({ title }) => title)
    expect(await titles(tina)).toEqual(['Opens', 'Closes'])
    expect(await titles(tom)).toEqual(['Opens', 'For Lina', 'Closes'])
  })
})

describe('how the groups do', () => {
  it('counts the results of four weeks of people within reach, and names who did not pass last', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin, tom, tina, lina, omar, groupId } = await team(app)
    const kiosk = await testTrainer(app, admin, 'Kim Kiosk')
    await kiosk.identity.openKiosk()
    const fields = { passingScore: 50, attemptsAllowed: 9 }
    const quiz = await publishedAssessment(admin, [choice], fields)
    expect(await admin.today.groups()).toEqual([])
    await take(kiosk, lina, quiz, 'a')
    await take(kiosk, omar, quiz, 'a')
    clock.pass(1000)
    await take(kiosk, omar, quiz, 'b')
    const named = { beneficiaryId: lina, name: 'Lina Learner' }
    const all = { id: groupId, name: 'Evening class', members: 2, active: 2, judged: 3, passed: 1 }
    expect(await admin.today.groups()).toEqual([{ ...all, behind: { count: 1, people: [named] } }])
    const own = { id: groupId, name: 'Evening class', members: 1, active: 1 }
    expect(await tom.today.groups()).toEqual([{ ...own, judged: 1, passed: 0, behind: { count: 1, people: [named] } }])
    expect(await tina.today.groups()).toEqual([{ ...own, judged: 2, passed: 1, behind: { count: 0, people: [] } }])
    const { admin: other } = await secondCentre(app)
    expect(await other.today.groups()).toEqual([])
    const longAgo = new Date(clock.now().getTime() - 29 * dayMs).toISOString()
    await app.withDatabase((db) => db.updateTable('attempts').set({ started_at: longAgo }).execute())
    expect(await admin.today.groups()).toEqual([])
  })
})
