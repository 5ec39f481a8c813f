import { describe, expect, it } from 'vitest'
import { testApp } from '../support/app.ts'
import { choice, essay, shortAnswer, testCentre, trueFalse } from '../support/centre.ts'
import { refusalKey } from '../support/refusal.ts'

async function filledBank() {
  const app = await testApp()
  const { admin } = await testCentre(app)
  const { questionIds } = await admin.bank.add({
    questions: [
      { ...choice, category: 'Maths', tags: ['easy', 'primes'] },
      { ...shortAnswer, category: 'Maths/Géographie', name: 'Capitale' },
      { ...trueFalse, category: 'Maths//Physics', tags: ['easy'] },
      essay,
    ],
  })
  const [prime = 0, capital = 0, boiling = 0, why = 0] = questionIds
  return { app, admin, prime, capital, boiling, why }
}

type Filled = Awaited<ReturnType<typeof filledBank>>

async function found({ admin }: Filled, filter: Parameters<Filled['admin']['bank']['list']>[0]) {
  return (await admin.bank.list(filter)).rows.map(({ id }) => id)
}

describe('the list', () => {
  it('finds by parts of text, name, category and tag without accents', async () => {
    const bank = await filledBank()
    await using _ = bank.app
    const { prime, capital, boiling } = bank
    expect(await found(bank, { search: 'GEOGRAPHIE france' })).toEqual([capital])
    expect(await found(bank, { search: 'capitale' })).toEqual([capital])
    expect(await found(bank, { search: 'easy' })).toEqual([boiling, prime])
    expect(await found(bank, { search: 'easy nowhere' })).toEqual([])
  })

  it('narrows to a category with all below it, a tag, and a type', async () => {
    const bank = await filledBank()
    await using _ = bank.app
    const { prime, capital, boiling, why } = bank
    expect(await found(bank, { category: 'Maths' })).toEqual([capital, prime])
    expect(await found(bank, { category: 'Maths//Physics' })).toEqual([boiling])
    expect(await found(bank, { tag: 'easy', type: 'true_false' })).toEqual([boiling])
    expect(await found(bank, { type: 'essay' })).toEqual([why])
  })

  it('goes on page by page without a gap, with and without a search', async () => {
    const bank = await filledBank()
    await using _ = bank.app
    const all = await found(bank, {})
    for (const search of ['', '?']) {
      const walked: number[] = []
      let after: string | undefined
      do {
        const page = await bank.admin.bank.list({ search, limit: 1, after })
        walked.push(...page.rows.map(({ id }) => id))
        after = page.next ?? undefined
      } while (after)
      expect(walked).toEqual(search === '' ? all : await found(bank, { search }))
    }
  })

  it('counts categories and tags of the bank alone', async () => {
    const { app, admin } = await filledBank()
    await using _ = app
    const { id } = await admin.assessments.create({ title: 'Other', type: 'formative' })
    await admin.assessments.addQuestions({ id, questions: [{ ...choice, category: 'Maths', tags: ['easy'] }] })
    expect(await admin.bank.categories()).toContainEqual({ category: 'Maths', count: 1 })
    expect(await admin.bank.tags()).toEqual([
      { tag: 'easy', count: 2 },
      { tag: 'primes', count: 1 },
    ])
    expect((await admin.bank.list({ source: 'assessments' })).rows).toMatchObject([{ assessmentTitle: 'Other' }])
    expect((await admin.bank.list({ source: 'all' })).total).toBe(5)
  })
})

describe('a question of the bank', () => {
  it('is copied into assessments, which an edit does not reach', async () => {
    const { app, admin, prime } = await filledBank()
    await using _ = app
    const ids = []
    for (const title of ['First', 'Second']) {
      const { id } = await admin.assessments.create({ title, type: 'formative' })
      await admin.bank.use({ assessmentId: id, questionIds: [prime] })
      ids.push(id)
    }
    await admin.bank.update({ id: prime, question: { ...choice, text: 'Changed' } })
    expect(await admin.bank.uses({ id: prime })).toMatchObject([{ title: 'First' }, { title: 'Second' }])
    const { questions } = await admin.assessments.get({ id: ids[0] ?? 0 })
    expect(questions).toMatchObject([{ originId: prime, question: { text: choice.text, category: 'Maths' } }])

    await admin.bank.remove({ questionIds: [prime] })
    expect((await admin.assessments.get({ id: ids[0] ?? 0 })).questions).toMatchObject([{ originId: null }])
  })

  it('comes with others as a pool', async () => {
    const { app, admin, boiling, capital } = await filledBank()
    await using _ = app
    const { id } = await admin.assessments.create({ title: 'Drawn', type: 'formative' })
    await admin.bank.use({ assessmentId: id, questionIds: [boiling, capital], pool: { name: 'Warm-up', draw: 1 } })
    const { settings, questions } = await admin.assessments.get({ id })
    expect(settings.pools).toMatchObject([{ name: 'Warm-up', draw: 1 }])
    expect(new Set(questions.map(({ pool }) => pool))).toEqual(new Set([settings.pools[0]?.id]))
    await admin.assessments.publish({ id })
    const used = admin.bank.use({ assessmentId: id, questionIds: [boiling] })
    expect(await refusalKey(used)).toBe('assessment.notDraft')
  })

  it('is changed and removed only through the bank', async () => {
    const { app, admin, prime } = await filledBank()
    await using _ = app
    const { id } = await admin.assessments.create({ title: 'Own', type: 'formative' })
    const { questionIds } = await admin.assessments.addQuestions({ id, questions: [essay] })
    expect(await refusalKey(admin.bank.remove({ questionIds: [prime, ...questionIds] }))).toBe('question.notFound')
    expect(await refusalKey(admin.assessments.removeQuestion({ questionId: prime }))).toBe('question.notFound')
    expect((await admin.bank.list({ source: 'all' })).total).toBe(5)
  })
})

it('keeps a question of an assessment once, as its origin, and again after a change', async () => {
  const { app, admin } = await filledBank()
  await using _ = app
  const { id } = await admin.assessments.create({ title: 'Own', type: 'formative' })
  const { questionIds } = await admin.assessments.addQuestions({ id, questions: [trueFalse] })
  const [questionId = 0] = questionIds
  const first = await admin.bank.keep({ questionIds })
  expect((await admin.assessments.get({ id })).questions).toMatchObject([{ originId: first.questionIds[0] }])
  expect(await admin.bank.keep({ questionIds })).toEqual(first)
  await admin.assessments.updateQuestion({ questionId, question: { ...trueFalse, correct: false } })
  expect(await admin.bank.keep({ questionIds })).not.toEqual(first)
  expect((await admin.bank.list({})).total).toBe(6)
})

it('renames a category with all below it, and leaves a longer name alone', async () => {
  const bank = await filledBank()
  await using _ = bank.app
  const tooLong = bank.admin.bank.renameCategory({ from: 'Maths', to: 'x'.repeat(250) })
  expect(await refusalKey(tooLong)).toBe('door.invalidInput')
  expect(await bank.admin.bank.renameCategory({ from: 'Maths', to: 'Science/Maths' })).toEqual({ changed: 2 })
  expect((await bank.admin.bank.categories()).map(({ category }) => category)).toEqual([
    'Maths//Physics',
    'Science/Maths',
    'Science/Maths/Géographie',
  ])
})

it('moves and tags many questions at once', async () => {
  const bank = await filledBank()
  await using _ = bank.app
  const { admin, prime, why } = bank
  await admin.bank.categorise({ questionIds: [prime, why], category: 'New' })
  await admin.bank.retag({ questionIds: [prime, why], add: ['hard'], remove: ['easy'] })
  expect(await found(bank, { category: 'New', tag: 'hard' })).toEqual([why, prime])
  expect((await admin.bank.list({ search: 'primes' })).rows).toMatchObject([{ question: { tags: ['primes', 'hard'] } }])
})
