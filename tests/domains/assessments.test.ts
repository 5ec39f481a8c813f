import { describe, expect, it } from 'vitest'
import type { Question } from '../../shared/contract/questions.ts'
import { testApp } from '../support/app.ts'
import { choice, essay, publishedAssessment, shortAnswer, testCentre, trueFalse } from '../support/centre.ts'
import { refusalKey } from '../support/refusal.ts'

async function draft(questions: Question[] = [choice, essay]) {
  const app = await testApp()
  const { admin } = await testCentre(app)
  const { id } = await admin.assessments.create({ title: 'Draft', type: 'summative' })
  const { questionIds } = await admin.assessments.addQuestions({ id, questions })
  return { app, admin, id, questionIds }
}

describe('questions', () => {
  it('come back as they were written, of every type', async () => {
    const written: Question[] = [
      { ...choice, name: 'Primes', feedback: 'Only 1 and itself.' },
      { ...choice, selection: 'many', options: choice.options.map((option) => ({ ...option, credit: 50 })) },
      trueFalse,
      {
        ...shortAnswer,
        accepted: [
          { text: 'Paris', credit: 100, feedback: 'Oui' },
          { min: 1, max: 2.5, credit: 50 },
        ],
      },
      essay,
    ]
    const { app, admin, id } = await draft(written)
    await using _ = app
    const { questions } = await admin.assessments.get({ id })
    expect(questions.map(({ question }) => question)).toEqual(written)
  })

  it('keep the order they are given, and refuse one that forgets or repeats a question', async () => {
    const { app, admin, id, questionIds } = await draft()
    await using _ = app
    const [first = 0, second = 0] = questionIds
    for (const wrong of [[first], [first, first], [first, second, 99], []]) {
      expect(await refusalKey(admin.assessments.reorderQuestions({ id, questionIds: wrong }))).toBe(
        'assessment.questionsChanged',
      )
    }
    await admin.assessments.reorderQuestions({ id, questionIds: [second, first] })
    expect((await admin.assessments.get({ id })).questions.map((question) => question.id)).toEqual([second, first])
  })

  it('refuse what nobody could answer', async () => {
    const { app, admin, id } = await draft()
    await using _ = app
    for (const broken of [
      { ...choice, options: [choice.options[0]] },
      { ...choice, options: [choice.options[0], choice.options[0]] },
      { ...shortAnswer, accepted: [] },
      { ...shortAnswer, accepted: [{ min: 2, max: 1, credit: 100 }] },
      { ...essay, points: -1 },
      { ...essay, text: '  ' },
    ]) {
      expect(await refusalKey(admin.assessments.addQuestions({ id, questions: [broken as Question] }))).toBe(
        'door.invalidInput',
      )
    }
    expect((await admin.assessments.get({ id })).questions).toHaveLength(2)
  })
})

describe('a published assessment', () => {
  it('cannot be changed in any way', async () => {
    const { app, admin, id, questionIds } = await draft()
    await using _ = app
    await admin.assessments.publish({ id })
    const [questionId = 0] = questionIds
    const { updatedAt } = await admin.assessments.get({ id })
    for (const change of [
      admin.assessments.update({ id, title: 'New', type: 'summative', updatedAt }),
      admin.assessments.setPool({ id, questionIds, pool: { name: 'Some', draw: 1 } }),
      admin.assessments.addQuestions({ id, questions: [essay] }),
      admin.assessments.updateQuestion({ questionId, question: essay }),
      admin.assessments.removeQuestion({ questionId }),
      admin.assessments.reorderQuestions({ id, questionIds }),
      admin.assessments.remove({ id }),
      admin.assessments.publish({ id }),
    ]) {
      expect(await refusalKey(change)).toBe('assessment.notDraft')
    }
  })

  it('becomes a draft again as long as nobody has begun, and then takes the new questions', async () => {
    const { app, admin, id } = await draft()
    await using _ = app
    await admin.assessments.publish({ id })
    await admin.assessments.unpublish({ id })
    await admin.assessments.addQuestions({ id, questions: [trueFalse] })
    await admin.assessments.publish({ id })
    expect(await admin.assessments.list({})).toMatchObject([{ status: 'published', questionCount: 3, totalPoints: 7 }])
  })

  it('needs questions that are worth something', async () => {
    const { app, admin } = await draft()
    await using _ = app
    const { id } = await admin.assessments.create({ title: 'Empty', type: 'formative' })
    expect(await refusalKey(admin.assessments.publish({ id }))).toBe('assessment.noQuestions')
    await admin.assessments.addQuestions({ id, questions: [{ ...essay, points: 0 }] })
    expect(await refusalKey(admin.assessments.publish({ id }))).toBe('assessment.noPoints')
  })
})

it('removes a draft with its questions', async () => {
  const { app, admin, id, questionIds } = await draft()
  await using _ = app
  await admin.assessments.remove({ id })
  expect(await admin.assessments.list({})).toEqual([])
  const gone = admin.assessments.removeQuestion({ questionId: questionIds[0] ?? 0 })
  expect(await refusalKey(gone)).toBe('question.notFound')
})

it('lists by status and by parts of the title without accents', async () => {
  const { app, admin } = await draft()
  await using _ = app
  await publishedAssessment(admin, [choice], { title: 'Sécurité au travail' })
  expect(await admin.assessments.list({ search: 'securite' })).toMatchObject([{ title: 'Sécurité au travail' }])
  expect(await admin.assessments.list({ status: 'draft' })).toMatchObject([{ title: 'Draft' }])
})

describe('the details of a draft', () => {
  it('are refused when somebody has written since they were read', async () => {
    const { app, admin, id } = await draft()
    await using _ = app
    const read = await admin.assessments.get({ id })
    await admin.assessments.update({ ...read, title: 'Mine' })
    expect(await refusalKey(admin.assessments.update({ ...read, title: 'Late' }))).toBe('assessment.changedMeanwhile')
    expect(await admin.assessments.get({ id })).toMatchObject({ title: 'Mine' })
  })

  it('cannot close before they open, nor be for a group and one person', async () => {
    const { app, admin, id } = await draft()
    await using _ = app
    const read = await admin.assessments.get({ id })
    const opensAt = '2026-03-01T10:00:00.000Z'
    const upsideDown = admin.assessments.update({ ...read, opensAt, closesAt: opensAt })
    expect(await refusalKey(upsideDown)).toBe('assessment.closesTooEarly')
    const { id: groupId } = await admin.groups.create({ name: 'Class' })
    const { id: beneficiaryId } = await admin.beneficiaries.create({ name: 'Lina' })
    expect(await refusalKey(admin.assessments.update({ ...read, groupId, beneficiaryId }))).toBe('door.invalidInput')
    await admin.assessments.update({ ...read, groupId, opensAt, closesAt: '2026-03-01T11:00:00.000Z' })
    expect(await admin.assessments.get({ id })).toMatchObject({ groupName: 'Class', beneficiaryId: null, opensAt })
  })
})

describe('a pool', () => {
  it('counts only what is drawn, and is checked before publishing', async () => {
    const { app, admin, id, questionIds } = await draft([choice, choice, choice, essay])
    await using _ = app
    const [first = 0, second = 0, third = 0, last = 0] = questionIds
    const pooled = { id, questionIds: [first, second, last], pool: { name: 'Primes', draw: 2 } }
    const { poolId } = await admin.assessments.setPool(pooled)
    expect(await refusalKey(admin.assessments.publish({ id }))).toBe('assessment.poolPointsDiffer')
    await admin.assessments.setPool({ id, questionIds: [last], pool: null })
    const pool = { id: poolId ?? '', name: 'Primes', draw: 4 }
    await admin.assessments.setPool({ id, questionIds: [third], pool })
    expect(await refusalKey(admin.assessments.publish({ id }))).toBe('assessment.poolTooSmall')
    await admin.assessments.setPool({ id, questionIds: [], pool: { ...pool, draw: 2 } })
    await admin.assessments.publish({ id })
    const papers = await app.withDatabase((db) => db.selectFrom('papers').select('max_score').execute())
    expect(papers).toEqual([{ max_score: 8 }])
  })

  it('is not lost when the details are saved, and goes with its last question', async () => {
    const { app, admin, id, questionIds } = await draft()
    await using _ = app
    await admin.assessments.setPool({ id, questionIds, pool: { name: 'All', draw: 1 } })
    const read = await admin.assessments.get({ id })
    await admin.assessments.update({ ...read, settings: { ...read.settings, shuffleOptions: true, pools: [] } })
    expect((await admin.assessments.get({ id })).settings).toMatchObject({
      shuffleOptions: true,
      pools: [{ name: 'All', draw: 1 }],
    })
    await admin.assessments.setPool({ id, questionIds, pool: null })
    expect((await admin.assessments.get({ id })).settings.pools).toEqual([])
  })

  it('takes only questions of its own assessment', async () => {
    const { app, admin, id, questionIds } = await draft()
    await using _ = app
    const { id: other } = await admin.assessments.create({ title: 'Other', type: 'formative' })
    const stolen = admin.assessments.setPool({ id: other, questionIds, pool: { name: 'X', draw: 1 } })
    expect(await refusalKey(stolen)).toBe('question.notFound')
    const gone = admin.assessments.setPool({ id, questionIds, pool: { id: 'gone', name: 'X', draw: 1 } })
    expect(await refusalKey(gone)).toBe('assessment.poolNotFound')
  })
})

it('duplicates an assessment as a draft whose questions know their origin', async () => {
  const { app, admin, id, questionIds } = await draft()
  await using _ = app
  await admin.assessments.setPool({ id, questionIds, pool: { name: 'All', draw: 1 } })
  const original = await admin.assessments.get({ id })
  const { id: copyId } = await admin.assessments.duplicate({ id, title: 'Draft (copy)' })
  const copy = await admin.assessments.get({ id: copyId })
  expect(copy).toMatchObject({ title: 'Draft (copy)', status: 'draft', settings: original.settings })
  expect(copy.questions.map(({ originId }) => originId)).toEqual(questionIds)
  expect(copy.questions.map(({ question, pool }) => [question, pool])).toEqual(
    original.questions.map(({ question, pool }) => [question, pool]),
  )
})
