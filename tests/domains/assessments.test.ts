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
    for (const change of [
      admin.assessments.update({ id, title: 'New', type: 'summative' }),
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
