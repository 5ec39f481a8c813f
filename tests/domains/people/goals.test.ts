import { expect, it } from 'vitest'
import { type TestApp, testApp } from '../../support/app.ts'
import { publishedAssessment, shortAnswer, testCentre, testTrainer } from '../../support/centre.ts'
import { refusalKey } from '../../support/refusal.ts'

const fruit = { ...shortAnswer, category: 'Geography' }

async function withPerson(app: TestApp) {
  const { admin } = await testCentre(app)
  const tom = await testTrainer(app, admin)
  const { id: beneficiaryId } = await tom.beneficiaries.create({ name: 'Lina Learner' })
  return { admin, tom, beneficiaryId }
}

it('refuses a target without results, two kinds of results, and people and assessments out of reach', async () => {
  await using app = await testApp()
  const { admin, tom, beneficiaryId } = await withPerson(app)
  const tina = await testTrainer(app, admin, 'Tina Teacher')
  const goal = { beneficiaryId, title: 'Reads a bus timetable' }
  await expect(tom.goals.create({ ...goal, target: 80 })).rejects.toThrow()
  await expect(tom.goals.create({ ...goal, category: 'Maps' })).rejects.toThrow()
  await expect(tom.goals.create({ ...goal, category: 'Maps', assessmentId: 1, target: 80 })).rejects.toThrow()
  expect(await refusalKey(tina.goals.create(goal))).toBe('beneficiary.notFound')
  expect(await refusalKey(tom.goals.create({ ...goal, assessmentId: 4_000_000_000, target: 80 }))).toBe(
    'assessment.notFound',
  )
  const { id } = await tom.goals.create(goal)
  const [kept] = await tom.goals.list({ beneficiaryId })
  expect(await refusalKey(tina.goals.remove({ id, updatedAt: kept?.updatedAt ?? '' }))).toBe('goal.notFound')
  expect(await refusalKey(tina.goals.list({ beneficiaryId }))).toBe('beneficiary.notFound')
})

it('lets nobody write over what was changed meanwhile', async () => {
  await using app = await testApp()
  const { admin, tom, beneficiaryId } = await withPerson(app)
  const { id } = await tom.goals.create({ beneficiaryId, title: 'Reads' })
  const [before] = await tom.goals.list({ beneficiaryId })
  const updatedAt = before?.updatedAt ?? ''
  await admin.goals.update({ id, updatedAt, title: 'Reads a timetable', measure: 'Three connections alone' })
  expect(await refusalKey(tom.goals.update({ id, updatedAt, title: 'Writes' }))).toBe('goal.changedMeanwhile')
  expect(await refusalKey(tom.goals.setStatus({ id, updatedAt, status: 'reached' }))).toBe('goal.changedMeanwhile')
  expect(await refusalKey(tom.goals.remove({ id, updatedAt }))).toBe('goal.changedMeanwhile')
  expect(await tom.goals.list({ beneficiaryId })).toMatchObject([
    { title: 'Reads a timetable', measure: 'Three connections alone', status: 'open', writtenBy: 'Tom Trainer' },
  ])
})

it('shows by the results how far a goal is, of an assessment or of a category', async () => {
  await using app = await testApp()
  const { admin, tom, beneficiaryId } = await withPerson(app)
  const assessment = await publishedAssessment(admin, [fruit, { ...fruit, text: 'And of Spain?' }])
  await tom.goals.create({
    beneficiaryId,
    title: 'Passes',
    assessmentId: assessment.id,
    target: 80,
    targetDate: '2030-01-01',
  })
  await tom.goals.create({ beneficiaryId, title: 'Knows places', category: 'Geography', target: 50 })
  expect(await tom.goals.list({ beneficiaryId })).toMatchObject([{ percentage: null }, { percentage: null }])

  const kiosk = await testTrainer(app, admin)
  await kiosk.identity.openKiosk()
  await kiosk.delivery.sitDown({ beneficiaryId })
  const { attemptId } = await kiosk.delivery.begin({ assessmentId: assessment.id })
  const [first = 0] = assessment.questionIds
  await kiosk.delivery.saveAnswer({ attemptId, questionId: first, answer: 'Paris', edit: 1 })
  await kiosk.delivery.handIn({ attemptId })
  expect(await tom.goals.list({ beneficiaryId })).toMatchObject([
    { title: 'Passes', assessmentTitle: 'Numbers', percentage: 50 },
    { title: 'Knows places', percentage: 50 },
  ])
})

it('puts what is done behind what is open, and takes a goal away', async () => {
  await using app = await testApp()
  const { tom, beneficiaryId } = await withPerson(app)
  await tom.goals.create({ beneficiaryId, title: 'First', targetDate: '2030-01-01' })
  await tom.goals.create({ beneficiaryId, title: 'Second' })
  const [first] = await tom.goals.list({ beneficiaryId })
  await tom.goals.setStatus({ id: first?.id ?? 0, updatedAt: first?.updatedAt ?? '', status: 'reached' })
  const after = await tom.goals.list({ beneficiaryId })
  expect(after).toMatchObject([
    { title: 'Second', status: 'open' },
    { title: 'First', status: 'reached' },
  ])
  await tom.goals.remove({ id: after[0]?.id ?? 0, updatedAt: after[0]?.updatedAt ?? '' })
  expect(await tom.goals.list({ beneficiaryId })).toMatchObject([{ title: 'First' }])
})
