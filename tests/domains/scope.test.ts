import { describe, expect, it } from 'vitest'
import { anyNetwork } from '../support/any-network.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { essay, password, publishedAssessment, testCentre, testTrainer } from '../support/centre.ts'
import { refusalKey } from '../support/refusal.ts'

/** Two trainers with one learner each, who are in one group. */
async function twoTrainers(app: TestApp) {
  const { admin } = await testCentre(app)
  const tom = await testTrainer(app, admin)
  const tina = await testTrainer(app, admin, 'Tina Teacher')
  const { id: lina } = await tom.beneficiaries.create({ name: 'Lina Learner' })
  const { id: omar } = await tina.beneficiaries.create({ name: 'Omar Other' })
  const { id: groupId } = await admin.groups.create({ name: 'Class' })
  await admin.groups.addMembers({ id: groupId, beneficiaryIds: [lina, omar] })
  return { admin, tom, tina, lina, omar, groupId }
}

describe('a trainer', () => {
  it('cannot give people to somebody else, and has those they write down', async () => {
    await using app = await testApp()
    const { admin, tom, lina, omar } = await twoTrainers(app)
    const trainers = await tom.beneficiaries.trainers()
    const tinaId = trainers.find(({ name }) => name === 'Tina Teacher')?.id ?? 0
    const person = await tom.beneficiaries.get({ id: lina })
    expect(person).toMatchObject({ trainerName: 'Tom Trainer' })
    expect(await refusalKey(tom.beneficiaries.create({ name: 'X', trainerId: tinaId }))).toBe(
      'beneficiary.trainerByAdmin',
    )
    expect(await refusalKey(tom.beneficiaries.update({ ...person, trainerId: tinaId }))).toBe(
      'beneficiary.trainerByAdmin',
    )
    expect(await refusalKey(tom.beneficiaries.update({ ...person, id: omar }))).toBe('beneficiary.notFound')
    await admin.beneficiaries.update({ ...person, trainerId: tinaId })
    expect(await tom.beneficiaries.list({})).toMatchObject({ rows: [], total: 0 })
  })

  it('sees their own people of a group, and leaves the others in it', async () => {
    await using app = await testApp()
    const { tom, admin, groupId, lina, omar } = await twoTrainers(app)
    expect((await tom.groups.get({ id: groupId })).members).toMatchObject([{ name: 'Lina Learner' }])
    expect(await tom.groups.list()).toMatchObject([{ memberCount: 1 }])
    expect(await refusalKey(tom.groups.removeMembers({ id: groupId, beneficiaryIds: [lina, omar] }))).toBe(
      'beneficiary.notFound',
    )
    expect(await refusalKey(tom.groups.remove({ id: groupId }))).toBe('group.hasOthers')
    expect((await admin.groups.get({ id: groupId })).members).toHaveLength(2)
  })

  it('does not see an assessment that is for somebody else’s learner alone, nor its questions', async () => {
    await using app = await testApp()
    const { tom, tina, omar } = await twoTrainers(app)
    const { id, questionIds } = await publishedAssessment(tina, undefined, { title: 'For Omar', beneficiaryId: omar })
    expect(await tom.assessments.list({})).toEqual([])
    expect(await refusalKey(tom.assessments.get({ id }))).toBe('assessment.notFound')
    expect(await refusalKey(tom.bank.keep({ questionIds }))).toBe('question.notFound')
    expect(await tom.bank.list({ source: 'all' })).toMatchObject({ rows: [], total: 0 })
    expect(await tina.assessments.list({})).toHaveLength(1)
  })

  it('counts and grades what their own learners handed in, and gives second opinions without a name', async () => {
    await using app = await testApp()
    const { admin, tom, tina, omar } = await twoTrainers(app)
    const { id: assessmentId, questionIds } = await publishedAssessment(tom, [essay])
    const kiosk = await testTrainer(app, admin, 'Kim Kiosk')
    await kiosk.identity.openKiosk()
    await kiosk.delivery.sitDown({ beneficiaryId: omar })
    const { attemptId } = await kiosk.delivery.begin({ assessmentId })
    await kiosk.delivery.saveAnswer({ attemptId, questionId: questionIds[0] ?? 0, answer: 'So.', edit: 1 })
    await kiosk.delivery.handIn({ attemptId })

    const queue = { assessmentId, by: 'question', isAnonymous: false } as const
    expect([await tom.results.waiting(), await tina.results.waiting()]).toEqual([{ attempts: 0 }, { attempts: 1 }])
    expect(await tom.assessments.list({})).toMatchObject([{ waitingForGrading: 0 }])
    expect((await tom.grading.queue(queue)).answers).toEqual([])
    const [waiting] = (await tina.grading.queue(queue)).answers
    const responseId = waiting?.responseId ?? 0
    expect(await refusalKey(tom.results.grade({ responseId, points: 1 }))).toBe('response.notFound')

    await tina.results.grade({ responseId, points: 1 })
    await tina.grading.askSecondOpinion({ assessmentId, responseId })
    expect((await tom.grading.queue(queue)).answers).toMatchObject([
      { responseId, learnerName: null, isMineToGive: true },
    ])
    await tom.results.grade({ responseId, points: 1 })
    expect(await refusalKey(tom.results.grade({ responseId, points: 2 }))).toBe('response.notFound')
  })

  it('supervises whoever sits in the room they hold, as long as it is open', async () => {
    await using app = await testApp({ roomListener: anyNetwork })
    const { tom, tina, omar } = await twoTrainers(app)
    const { id: assessmentId } = await publishedAssessment(tina, [essay])
    await tom.classroom.start({ assessmentIds: [assessmentId], address: '127.0.0.1', port: 4190 })
    expect(await tina.classroom.current()).toBeNull()
    expect(await refusalKey(tina.classroom.end())).toBe('classroom.notOpen')
    const phone = app.visitor()
    await phone.classroom.join({ code: (await tom.classroom.current())?.code ?? '', deviceName: 'Phone' })
    await phone.delivery.sitDown({ beneficiaryId: omar })
    const { attemptId } = await phone.delivery.begin({ assessmentId })

    expect(await tom.classroom.seats()).toMatchObject([{ learner: { name: 'Omar Other' } }])
    expect(await tom.supervision.pause({ attemptId })).toEqual({ attempts: 1 })
    expect(await refusalKey(tom.results.attempt({ attemptId }))).toBe('attempt.notFound')
    await tom.classroom.end()
    expect(await refusalKey(tom.supervision.resume({ attemptId }))).toBe('attempt.notFound')
    expect(await tina.supervision.resume({ attemptId })).toEqual({ attempts: 1 })
  })
})

it('shows a learner with an account their own assessments and results, and nothing of the others', async () => {
  await using app = await testApp()
  const { admin, tom, lina, omar } = await twoTrainers(app)
  const { id: assessmentId, questionIds } = await publishedAssessment(tom)
  await publishedAssessment(admin, undefined, { title: 'For Omar', beneficiaryId: omar })
  const person = await tom.beneficiaries.get({ id: lina })
  await tom.beneficiaries.update({ ...person, email: 'lina@example.org' })
  await tom.identity.setLearnerPassword({ beneficiaryId: lina, password })
  const student = app.visitor()
  await student.identity.signIn({ email: 'lina@example.org', password })
  expect(await student.delivery.menu()).toMatchObject([{ title: 'Numbers' }])
  const { attemptId } = await student.delivery.begin({ assessmentId })
  await student.delivery.saveAnswer({ attemptId, questionId: questionIds[0] ?? 0, answer: 'b', edit: 1 })
  await student.delivery.handIn({ attemptId })
  expect(await student.delivery.outcome({ attemptId })).toMatchObject({ percentage: 100 })
  expect(await student.delivery.menu()).toMatchObject([{ ended: [{ attemptId, percentage: 100 }] }])
  expect(await refusalKey(student.beneficiaries.get({ id: lina }))).toBe('door.forbidden')
  expect(await refusalKey(student.results.list({}))).toBe('door.forbidden')
})
