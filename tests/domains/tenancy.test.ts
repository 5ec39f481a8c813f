import { expect, it } from 'vitest'
import { testApp } from '../support/app.ts'
import { choice, publishedAssessment, seatedKiosk, secondCentre, testCentre } from '../support/centre.ts'
import { refusalKey } from '../support/refusal.ts'

it('shows a trainer nothing of another organization, and reports what is there as missing', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  const { kiosk, beneficiaryId } = await seatedKiosk(app, admin)
  const { id: assessmentId, questionIds } = await publishedAssessment(admin)
  const [questionId = 0] = questionIds
  const { attemptId } = await kiosk.delivery.begin({ assessmentId })
  await kiosk.delivery.saveAnswer({ attemptId, questionId, answer: 'b', edit: 1 })
  await kiosk.delivery.handIn({ attemptId })
  const responseId = (await admin.results.attempt({ attemptId })).answers[0]?.responseId ?? 0
  const [me] = await admin.identity.listUsers()

  const kept = { ...choice, category: 'Maths', tags: ['easy'] }
  const [bankId = 0] = (await admin.bank.add({ questions: [kept] })).questionIds
  const { id: groupId } = await admin.groups.create({ name: 'Class A' })

  const { admin: stranger } = await secondCentre(app)
  const { id: ownDraft } = await stranger.assessments.create({ title: 'Own', type: 'formative' })
  expect(await stranger.bank.list({ source: 'all' })).toMatchObject({ rows: [], total: 0 })
  expect(await stranger.bank.list({ source: 'all', search: 'prime' })).toMatchObject({ rows: [] })
  expect(await stranger.bank.categories()).toEqual([])
  expect(await stranger.bank.tags()).toEqual([])
  expect(await stranger.bank.renameCategory({ from: 'Maths', to: 'X' })).toEqual({ changed: 0 })
  const { id: ownGroup } = await stranger.groups.create({ name: 'Class A' })
  expect(await stranger.groups.list()).toMatchObject([{ id: ownGroup }])
  expect(await stranger.beneficiaries.list({})).toMatchObject({ rows: [], total: 0 })
  expect(await stranger.beneficiaries.list({ search: 'lina' })).toMatchObject({ rows: [] })
  expect(await stranger.assessments.list({})).toMatchObject([{ title: 'Own' }])
  expect(await stranger.results.list({})).toMatchObject({ rows: [] })
  expect(await stranger.results.list({ assessmentId, beneficiaryId })).toMatchObject({ rows: [] })
  expect(await stranger.results.waiting()).toEqual({ attempts: 0 })
  expect(await stranger.beneficiaries.trainers()).toMatchObject([{ name: 'Bea Boss' }])
  expect(await stranger.identity.listUsers()).toMatchObject([{ name: 'Bea Boss' }])

  const person = { id: beneficiaryId, name: 'X', updatedAt: '2026-01-01T00:00:00.000Z' }
  const reaches = {
    'beneficiary.notFound': [
      stranger.beneficiaries.get({ id: beneficiaryId }),
      stranger.beneficiaries.update(person),
      stranger.beneficiaries.setStatus({ id: beneficiaryId, status: 'inactive' }),
      stranger.assessments.create({ title: 'X', type: 'formative', beneficiaryId }),
      stranger.groups.addMembers({ id: ownGroup, beneficiaryIds: [beneficiaryId] }),
    ],
    'group.notFound': [
      stranger.groups.get({ id: groupId }),
      stranger.groups.update({ id: groupId, name: 'X' }),
      stranger.groups.remove({ id: groupId }),
      stranger.groups.addMembers({ id: groupId, beneficiaryIds: [beneficiaryId] }),
      stranger.groups.removeMembers({ id: groupId, beneficiaryIds: [beneficiaryId] }),
      stranger.assessments.create({ title: 'X', type: 'formative', groupId }),
    ],
    'assessment.notFound': [
      stranger.assessments.get({ id: assessmentId }),
      stranger.assessments.update({ ...person, id: assessmentId, title: 'X', type: 'formative' }),
      stranger.bank.use({ assessmentId, questionIds: [bankId] }),
      stranger.assessments.duplicate({ id: assessmentId, title: 'X' }),
      stranger.assessments.setPool({ id: assessmentId, questionIds, pool: null }),
      stranger.assessments.remove({ id: assessmentId }),
      stranger.assessments.addQuestions({ id: assessmentId, questions: [choice] }),
      stranger.assessments.reorderQuestions({ id: assessmentId, questionIds }),
      stranger.assessments.publish({ id: assessmentId }),
      stranger.assessments.unpublish({ id: assessmentId }),
      stranger.assessments.close({ id: assessmentId }),
    ],
    'question.notFound': [
      stranger.bank.uses({ id: bankId }),
      stranger.bank.update({ id: bankId, question: choice }),
      stranger.bank.remove({ questionIds: [bankId] }),
      stranger.bank.keep({ questionIds }),
      stranger.bank.use({ assessmentId: ownDraft, questionIds: [bankId] }),
      stranger.bank.categorise({ questionIds: [bankId], category: 'X' }),
      stranger.bank.retag({ questionIds: [bankId], add: ['x'] }),
      stranger.assessments.updateQuestion({ questionId, question: choice }),
      stranger.assessments.removeQuestion({ questionId }),
    ],
    'attempt.notFound': [stranger.results.attempt({ attemptId }), stranger.results.replay({ attemptId })],
    'response.notFound': [stranger.results.grade({ responseId, points: 1 })],
    'user.notFound': [
      stranger.identity.setUserActive({ id: me?.id ?? 0, isActive: false }),
      stranger.beneficiaries.create({ name: 'X', trainerId: me?.id ?? 0 }),
    ],
  }
  for (const [key, calls] of Object.entries(reaches)) {
    for (const call of calls) expect(await refusalKey(call)).toBe(key)
  }
  expect(await admin.beneficiaries.get({ id: beneficiaryId })).toMatchObject({ name: 'Lina Learner', status: 'active' })
})

it('keeps the roster of a kiosk to its organization', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  const { id: beneficiaryId } = await admin.beneficiaries.create({ name: 'Lina Learner' })
  const { id: assessmentId } = await publishedAssessment(admin)

  const { admin: stranger } = await secondCentre(app)
  await stranger.beneficiaries.create({ name: 'Own Learner' })
  await stranger.identity.openKiosk()
  expect(await stranger.delivery.roster({})).toMatchObject({ people: [{ name: 'Own Learner' }], more: false })
  expect(await refusalKey(stranger.delivery.sitDown({ beneficiaryId }))).toBe('beneficiary.notFound')
  expect(await refusalKey(stranger.delivery.begin({ assessmentId }))).toBe('kiosk.nobodySeated')
})
