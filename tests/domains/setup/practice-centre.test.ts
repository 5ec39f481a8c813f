import { describe, expect, it } from 'vitest'
import { practiceAssessments } from '../../../main/domains/setup/practice/content.ts'
import { practiceLearners, secondTrainer } from '../../../main/domains/setup/practice/people.ts'
import { practicePassword } from '../../../main/domains/setup/practice.ts'
import { AssessmentFields } from '../../../shared/contract/assessments.ts'
import { BeneficiaryFields } from '../../../shared/contract/beneficiaries.ts'
import { Question, questionTypes } from '../../../shared/contract/questions.ts'
import { testApp } from '../../support/app.ts'
import { testClock } from '../../support/clock.ts'

async function practiceCentre(clock = testClock()) {
  const app = await testApp({ clock })
  const trainer = app.visitor()
  await trainer.setup.openPractice()
  return { app, trainer, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

describe('the content of the practice centre', () => {
  it('is what its screens would accept', () => {
    for (const { fields } of practiceLearners) expect(BeneficiaryFields.parse(fields)).toEqual(fields)
    for (const { fields, questions } of practiceAssessments) {
      expect(AssessmentFields.parse(fields)).toEqual(fields)
      for (const question of questions) expect(Question.parse(question)).toEqual(question)
    }
  })

  it('can be answered in full', () => {
    const questions = practiceAssessments.flatMap((assessment) => assessment.questions)
    expect(questions.map(bestCredit).filter((best) => best < 100)).toEqual([])
    expect(new Set(questions.map((question) => question.type))).toEqual(new Set(questionTypes))
  })

  it('has one telephone number for each person, in the range kept free for fiction', () => {
    const numbers = practiceLearners.map(({ fields }) => fields.phone)
    expect(new Set(numbers).size).toBe(numbers.length)
    for (const phone of numbers) expect(phone).toMatch(/^\+33 6 39 98 \d\d \d\d$/)
  })
})

describe('the practice centre', () => {
  it('has people who are found in their own script and without accents', async () => {
    await using centre = await practiceCentre()
    const found = async (search: string) => {
      const { rows } = await centre.trainer.beneficiaries.list({ search })
      return rows.map((person) => person.name)
    }

    expect(await centre.trainer.beneficiaries.list({})).toMatchObject({ total: practiceLearners.length })
    expect(await found('lefevre')).toEqual(['Zoé Lefèvre'])
    expect(await found('nguyen huong')).toEqual(['Nguyễn Thị Hương'])
    expect(await found('فاطمه')).toEqual(['فاطمة الزهراء بناني'])
    expect(await found('петров')).toEqual(['Иван Петров'])
    expect(await found('chloe martin')).toEqual(['Chloé Martin', 'Chloé Martin'])
  })

  it('has assessments in every state, and knows what waits for whom', async () => {
    await using centre = await practiceCentre()

    const assessments = await centre.trainer.assessments.list({})
    const states = assessments.map((one) => [one.title, one.status, one.attemptCount, one.waitingForGrading])
    expect(new Set(states)).toEqual(
      new Set([
        ['Primeros pasos con el ordenador', 'draft', 0, 0],
        ['Everyday numbers', 'published', 0, 0],
        ['Workshop safety: entrance check', 'in_progress', 17, 0],
        ['Le français au travail', 'in_progress', 8, 4],
        ['الحساب: اختبار تحديد المستوى', 'completed', 5, 0],
      ]),
    )
    expect(await centre.trainer.results.waiting()).toEqual({ attempts: 4 })
  })

  it('has results that agree with the answers they stand on', async () => {
    await using centre = await practiceCentre()

    const { rows } = await centre.trainer.results.list({ state: 'graded', limit: 200 })
    expect(rows).toHaveLength(25)
    for (const row of rows) {
      const { answers } = await centre.trainer.results.attempt({ attemptId: row.attemptId })
      const points = answers.reduce((sum, answer) => sum + (answer.points ?? 0), 0)
      expect(row.score).toBeCloseTo(points, 2)
    }
    expect(rows.some((row) => row.passed === false) && rows.some((row) => row.passed)).toBe(true)
  })

  it('lets the trainer grade an essay that waits', async () => {
    await using centre = await practiceCentre()
    const { rows } = await centre.trainer.results.list({ state: 'handed_in' })
    const attemptId = rows[0]?.attemptId ?? 0
    const { answers } = await centre.trainer.results.attempt({ attemptId })
    const responseId = answers.find((answer) => answer.isWaiting)?.responseId ?? 0

    expect(await centre.trainer.results.grade({ responseId, points: 4 })).toEqual({ state: 'graded' })
    expect(await centre.trainer.results.waiting()).toEqual({ attempts: 3 })
  })

  it('lets the learner who sits there go on where they are, with the time that is left', async () => {
    await using centre = await practiceCentre()
    const { rows } = await centre.trainer.results.list({ state: 'running' })
    const [running] = rows
    await centre.trainer.identity.openKiosk()
    await centre.trainer.delivery.sitDown({ beneficiaryId: running?.beneficiaryId ?? 0 })

    const attempt = await centre.trainer.delivery.attempt({ attemptId: running?.attemptId ?? 0 })
    expect(attempt).toMatchObject({ state: 'running', remainingMs: 15 * 60_000 })
    expect(attempt.currentQuestionId).toBe(attempt.questions[5]?.id)
    expect(attempt.answers.length).toBeGreaterThan(0)
  })

  it('lets its second trainer in', async () => {
    await using centre = await practiceCentre()
    const tomas = centre.app.visitor()
    await tomas.identity.signIn({ email: secondTrainer.email, password: practicePassword })

    expect(await tomas.identity.me()).toMatchObject({
      user: { name: 'Tomás Herrera', role: 'trainer' },
      isPractice: true,
    })
  })

  it.each(['2026-03-01T00:00:00.000Z', '2028-02-29T23:59:59.999Z'])('has nothing in the future at %s', async (now) => {
    await using centre = await practiceCentre(testClock(now))
    const later = await centre.app.withDatabase(async (db) => {
      const rows = [
        ...(await db.selectFrom('attempts').select(['started_at as from', 'updated_at as to']).execute()),
        ...(await db.selectFrom('responses').select(['created_at as from', 'updated_at as to']).execute()),
        ...(await db.selectFrom('assessments').select(['created_at as from', 'updated_at as to']).execute()),
        ...(await db.selectFrom('assessment_results').select(['created_at as from', 'updated_at as to']).execute()),
        ...(await db.selectFrom('beneficiaries').select(['created_at as from', 'updated_at as to']).execute()),
      ]
      return rows.filter(({ from, to }) => from > to || to > now)
    })

    expect(later).toEqual([])
  })
})

function bestCredit(question: Question): number {
  if (question.type === 'short_answer') return Math.max(...question.accepted.map((answer) => answer.credit))
  if (question.type !== 'multiple_choice') return 100
  const credits = question.options.map((option) => Math.max(0, option.credit))
  return question.selection === 'one' ? Math.max(...credits) : credits.reduce((sum, credit) => sum + credit, 0)
}
