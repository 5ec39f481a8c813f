import Papa from 'papaparse'
import readExcelFile from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import type { Question } from '../../shared/contract/questions.ts'
import { type SheetFile, type SheetWords, sheetWords } from '../../shared/contract/reports.ts'
import { type Client, testApp } from '../support/app.ts'
import {
  choice,
  essay,
  password,
  publishedAssessment,
  seatedKiosk,
  secondCentre,
  testCentre,
  testTrainer,
  trueFalse,
} from '../support/centre.ts'
import { refusalKey } from '../support/refusal.ts'

/** Each word stands for itself, so that a test finds a cell by its name. */
const words = Object.fromEntries(sheetWords.map((word) => [word, word])) as SheetWords
const questions: Question[] = [
  { ...choice, category: 'Maths', required: false },
  { ...trueFalse, category: 'Physics' },
  { ...essay, category: 'Maths' },
]

/** Lina has everything right, Omar one thing wrong, Sami has handed in nothing, Zoe sits at it, Nour has not begun. */
async function takenByAClass() {
  const app = await testApp()
  const { admin } = await testCentre(app)
  const assessment = await publishedAssessment(admin, questions, { passingScore: 60, attemptsAllowed: 2 })
  const { id: assessmentId } = assessment
  const lina = await taken(admin, app, assessment, 'Lina', ['b', 'true', 'Because'])
  const omar = await taken(admin, app, assessment, '=Omar()', ['b', 'false', 'No idea'])
  const sami = await taken(admin, app, assessment, 'Sami', ['a', 'true', 'Who knows'])
  const { kiosk, beneficiaryId: zoe } = await seatedKiosk(app, admin, 'Zoe')
  await kiosk.delivery.begin({ assessmentId })
  const { id: nour } = await admin.beneficiaries.create({ name: 'Nour' })
  await gradeEssay(admin, lina.attemptId, 4, 'Well said.')
  await gradeEssay(admin, omar.attemptId, 1)
  const { id: groupId } = await admin.groups.create({ name: 'Class A' })
  await admin.groups.addMembers({ id: groupId, beneficiaryIds: [lina.beneficiaryId, nour] })
  return { app, admin, assessment, assessmentId, lina, omar, sami, zoe, nour, groupId }
}

async function taken(
  admin: Client,
  app: Awaited<ReturnType<typeof testApp>>,
  { id, questionIds }: { id: number; questionIds: number[] },
  name: string,
  answers: string[],
) {
  const { kiosk, beneficiaryId } = await seatedKiosk(app, admin, name)
  const attemptId = await handedIn(kiosk, { id, questionIds }, answers)
  return { kiosk, beneficiaryId, attemptId }
}

async function handedIn(kiosk: Client, { id, questionIds }: { id: number; questionIds: number[] }, answers: string[]) {
  const { attemptId } = await kiosk.delivery.begin({ assessmentId: id })
  for (const [index, answer] of answers.entries()) {
    const questionId = questionIds[index] ?? 0
    if (answer !== '') await kiosk.delivery.saveAnswer({ attemptId, questionId, answer, edit: 1 })
  }
  await kiosk.delivery.handIn({ attemptId })
  return attemptId
}

async function anotherAdmin(app: Awaited<ReturnType<typeof testApp>>, admin: Client) {
  await admin.identity.createUser({ name: 'Tom', email: 'tom@example.org', role: 'admin', password })
  const tom = app.visitor()
  await tom.identity.signIn({ email: 'tom@example.org', password })
  return tom
}

async function gradeEssay(staff: Client, attemptId: number, points: number, comment?: string) {
  const { answers } = await staff.results.attempt({ attemptId })
  await staff.results.grade({ responseId: answers[2]?.responseId ?? 0, points, comment })
}

/** The tables of a file by their names; the first row of each is the heading. */
async function tablesOf({ fileName, base64 }: SheetFile): Promise<Record<string, unknown[][]>> {
  const bytes = Buffer.from(base64, 'base64')
  if (fileName.endsWith('.xlsx')) {
    return Object.fromEntries((await readExcelFile(bytes)).map(({ sheet, data }) => [sheet, data]))
  }
  const { data } = Papa.parse<string[]>(bytes.toString('utf8').replace('\uFEFF', ''), { newline: '\r\n' })
  const tables: Record<string, unknown[][]> = {}
  let table: unknown[][] = []
  for (const [index, row] of data.entries()) {
    if (row.length === 1 && row[0] === '') continue
    const isName = row.length === 1 && (index === 0 || data[index - 1]?.[0] === '')
    if (isName) tables[row[0] ?? ''] = table = []
    else table.push(row)
  }
  return tables
}

describe('the class report', () => {
  it('is missing for another organization, as are its group and the report of a learner', async () => {
    const { app, admin, assessmentId, lina, groupId } = await takenByAClass()
    await using _ = app
    const { admin: stranger } = await secondCentre(app)
    const file = { format: 'csv', words } as const
    const { beneficiaryId } = lina
    expect(await refusalKey(stranger.reports.class({ assessmentId }))).toBe('assessment.notFound')
    expect(await refusalKey(stranger.reports.classFile({ assessmentId, ...file }))).toBe('assessment.notFound')
    expect(await refusalKey(stranger.reports.analysisFile({ assessmentId, ...file }))).toBe('assessment.notFound')
    expect(await refusalKey(stranger.reports.learner({ beneficiaryId }))).toBe('beneficiary.notFound')
    expect(await refusalKey(stranger.reports.learnerFile({ beneficiaryId, ...file }))).toBe('beneficiary.notFound')
    const own = await publishedAssessment(stranger)
    expect(await refusalKey(stranger.reports.class({ assessmentId: own.id, groupId }))).toBe('group.notFound')
    expect(await admin.reports.class({ assessmentId, groupId })).toMatchObject({ groupName: 'Class A' })
  })

  it('is not for learners', async () => {
    const { app, assessmentId, lina } = await takenByAClass()
    await using _ = app
    expect(await refusalKey(lina.kiosk.reports.class({ assessmentId }))).toBe('door.forbidden')
    const { beneficiaryId } = lina
    expect(await refusalKey(lina.kiosk.reports.learner({ beneficiaryId }))).toBe('door.forbidden')
  })

  it('of a trainer knows their own learners, in every part and in the file', async () => {
    const { app, admin, assessmentId, lina } = await takenByAClass()
    await using _ = app
    const tom = await testTrainer(app, admin)
    const { id: own } = await tom.beneficiaries.create({ name: 'Own Learner' })
    const report = await tom.reports.class({ assessmentId })
    expect(report.learners.map(({ beneficiaryId }) => beneficiaryId)).toEqual([own])
    expect(report).toMatchObject({ mean: null, counts: { expected: 1, missing: 1 } })
    expect(report.items.map(({ attempts }) => attempts)).toEqual([0, 0, 0])
    const { base64 } = await tom.reports.classFile({ assessmentId, format: 'csv', words })
    expect(Buffer.from(base64, 'base64').toString('utf8')).not.toMatch(/Lina|Omar|Sami|Zoe|Nour/)
    const { beneficiaryId, attemptId } = lina
    expect(await refusalKey(tom.reports.learner({ beneficiaryId }))).toBe('beneficiary.notFound')
    expect(await refusalKey(tom.results.replay({ attemptId }))).toBe('attempt.notFound')
  })

  it('says who passed, who failed, who waits, who sits at it, and who is missing', async () => {
    const { app, admin, assessmentId } = await takenByAClass()
    await using _ = app
    const report = await admin.reports.class({ assessmentId })
    expect(report.counts).toEqual({ expected: 5, passed: 1, failed: 1, graded: 0, waiting: 1, running: 1, missing: 1 })
    expect(report.learners).toMatchObject([
      { name: '=Omar()', standing: 'failed', score: 3, maxScore: 7, percentage: 42.86 },
      { name: 'Lina', standing: 'passed', score: 7, percentage: 100 },
      { name: 'Sami', standing: 'waiting', percentage: null },
      { name: 'Zoe', standing: 'running', score: null },
      { name: 'Nour', standing: 'missing', attemptId: null },
    ])
    expect(report).toMatchObject({ lowest: 42.86, highest: 100, mean: 71.43, median: 71.43, missingNotListed: 0 })
    expect(report.distribution.filter(({ count }) => count > 0)).toEqual([
      { from: 40, to: 50, count: 1 },
      { from: 90, to: 100, count: 1 },
    ])
    expect(report.categories).toEqual([
      { category: 'Maths', answers: 4, points: 9, maxPoints: 12, share: 0.75 },
      { category: 'Physics', answers: 2, points: 1, maxPoints: 2, share: 0.5 },
    ])
  })

  it('of a group knows nobody else', async () => {
    const { app, admin, assessmentId, groupId } = await takenByAClass()
    await using _ = app
    const { counts, learners, items } = await admin.reports.class({ assessmentId, groupId })
    expect(counts).toMatchObject({ expected: 2, passed: 1, missing: 1 })
    expect(learners.map(({ name }) => name)).toEqual(['Lina', 'Nour'])
    expect(items.map(({ attempts }) => attempts)).toEqual([1, 1, 1])
  })

  it('takes the attempt that is asked for, and no practice', async () => {
    const { app, admin, assessment, omar } = await takenByAClass()
    await using _ = app
    const again = await handedIn(omar.kiosk, assessment, ['b', 'true', 'Now I know'])
    await gradeEssay(admin, again, 4)
    const of = async (attempts: 'first' | 'last' | 'best') => {
      const { learners } = await admin.reports.class({ assessmentId: assessment.id, attempts })
      return learners.find(({ beneficiaryId }) => beneficiaryId === omar.beneficiaryId)
    }
    expect(await of('first')).toMatchObject({ percentage: 42.86, standing: 'failed', attempts: 2 })
    expect(await of('last')).toMatchObject({ percentage: 100, attemptId: again })
    expect(await of('best')).toMatchObject({ percentage: 100, standing: 'passed' })
  })

  it('follows a mark, an override, a corrected key and a reopening in the same moment', async () => {
    const { app, admin, assessmentId, assessment, omar, sami } = await takenByAClass()
    await using _ = app
    const standing = async (beneficiaryId: number) => {
      const { learners } = await admin.reports.class({ assessmentId })
      return learners.find((one) => one.beneficiaryId === beneficiaryId)?.standing
    }
    await gradeEssay(admin, sami.attemptId, 0)
    expect(await standing(sami.beneficiaryId)).toBe('failed')
    await admin.results.override({ attemptId: sami.attemptId, score: 7, reason: 'Oral exam' })
    expect(await standing(sami.beneficiaryId)).toBe('passed')
    const [, questionId = 0] = assessment.questionIds
    const question = { ...trueFalse, category: 'Physics', correct: false }
    await admin.results.correctKey({ assessmentId, questionId, question, reason: 'Not on a mountain' })
    expect((await admin.reports.class({ assessmentId })).categories[1]).toMatchObject({ points: 1, maxPoints: 3 })
    await admin.supervision.reopen({ attemptId: omar.attemptId, reason: 'Power cut' })
    expect(await standing(omar.beneficiaryId)).toBe('running')
  })

  it.each(['csv', 'xlsx'] as const)('is the same as a file: %s', async (format) => {
    const { app, admin, assessmentId } = await takenByAClass()
    await using _ = app
    const report = await admin.reports.class({ assessmentId })
    const tables = await tablesOf(await admin.reports.classFile({ assessmentId, format, words }))
    const same = (value: unknown) => (format === 'csv' ? String(value ?? '') : (value ?? null))
    const [heading, ...rows] = tables['sheet.learners'] ?? []
    expect(heading?.[4]).toBe('column.percent')
    expect(rows.map((row) => [row[1], row[2], row[4]])).toEqual(
      report.learners.map(({ standing, score, percentage }) => [`state.${standing}`, same(score), same(percentage)]),
    )
    const facts = new Map((tables['sheet.summary'] ?? []).map(([name, value]) => [name, value]))
    expect(facts.get('fact.passed')).toEqual(same(report.counts.passed))
    expect(facts.get('fact.mean')).toEqual(same(report.mean))
    const parts = (tables['sheet.categories'] ?? []).slice(1).map(([category, , points]) => [category, points])
    expect(parts).toEqual(report.categories.map(({ category, points }) => [category, same(points)]))
  })
})

describe('a file', () => {
  it.each(['csv', 'xlsx'] as const)('holds no text that a spreadsheet program would work out: %s', async (format) => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { id: assessmentId } = await publishedAssessment(admin, questions)
    const dangerous = ['=1+1', '+1', '-1', '@SUM(A1)', '＝1']
    for (const name of dangerous) await admin.beneficiaries.create({ name })
    const tables = await tablesOf(await admin.reports.classFile({ assessmentId, format, words }))
    const names = (tables['sheet.learners'] ?? []).slice(1).map(([name]) => String(name))
    expect(names.toSorted()).toEqual(dangerous.map((name) => `'${name}`).toSorted())
  })

  it('is refused without a word for each of its headings', async () => {
    const { app, admin, assessmentId } = await takenByAClass()
    await using _ = app
    const { 'sheet.learners': _left, ...others } = words
    const file = admin.reports.classFile({ assessmentId, format: 'csv', words: others as SheetWords })
    expect(await refusalKey(file)).toBe('door.invalidInput')
  })

  it('keeps numbers as numbers, in a CSV with a point', async () => {
    const { app, admin, assessmentId } = await takenByAClass()
    await using _ = app
    const { base64, fileName } = await admin.reports.classFile({ assessmentId, format: 'csv', words })
    expect(fileName).toBe('Numbers.csv')
    expect(Buffer.from(base64, 'base64').toString('utf8')).toContain("'=Omar(),state.failed,3,7,42.86,word.no,1,")
  })

  it('of the item analysis says what the screen says', async () => {
    const { app, admin, assessmentId } = await takenByAClass()
    await using _ = app
    const { items, test } = await admin.analytics.items({ assessmentId })
    const tables = await tablesOf(await admin.reports.analysisFile({ assessmentId, format: 'xlsx', words }))
    const rows = (tables['sheet.items'] ?? []).slice(1)
    expect(rows.map((row) => row[4])).toEqual(items.map(({ facility }) => Math.round((facility ?? 0) * 10_000) / 100))
    expect(tables['sheet.summary']).toContainEqual(['fact.attempts', test.attempts])
    const answers = (tables['sheet.answers'] ?? []).slice(1)
    expect(answers.slice(0, 3).map((row) => row.slice(0, 4))).toEqual([
      [1, 'Four', 0, 0],
      [1, 'Five', 100, 2],
      [1, 'word.empty', 0, 0],
    ])
  })
})

describe('the report of a learner', () => {
  it('has nothing to tell of somebody who has taken nothing', async () => {
    const { app, admin, nour } = await takenByAClass()
    await using _ = app
    const report = await admin.reports.learner({ beneficiaryId: nour })
    expect(report).toMatchObject({ name: 'Nour', attempts: [], assessments: [], categories: [], comments: [] })
  })

  it('tells all attempts over time, by assessment and by category, with what was written to the learner', async () => {
    const { app, admin, assessment, lina } = await takenByAClass()
    await using _ = app
    const { beneficiaryId, attemptId } = lina
    const again = await handedIn(lina.kiosk, assessment, ['a', '', 'Because of that'])
    await gradeEssay(admin, again, 1)
    const report = await admin.reports.learner({ beneficiaryId })
    expect(report.attempts).toMatchObject([
      { attemptId, percentage: 100, passed: true },
      { attemptId: again, attemptNumber: 2, percentage: 14.29, passed: false },
    ])
    expect(report.assessments).toMatchObject([{ attempts: 2, first: 100, last: 14.29, best: 100, passed: true }])
    expect(report.categories).toEqual([
      { category: 'Maths', answers: 4, points: 7, maxPoints: 12, share: 7 / 12, standing: 'between' },
      { category: 'Physics', answers: 2, points: 1, maxPoints: 2, share: 0.5, standing: 'tooFew' },
    ])
    expect(report.comments).toEqual([{ attemptId, title: 'Numbers', question: 'Why?', comment: 'Well said.' }])
  })

  it('leaves out what runs and what waits for a person', async () => {
    const { app, admin, sami, zoe } = await takenByAClass()
    await using _ = app
    expect((await admin.reports.learner({ beneficiaryId: zoe })).attempts).toEqual([])
    const waiting = await admin.reports.learner({ beneficiaryId: sami.beneficiaryId })
    expect(waiting.attempts).toMatchObject([{ percentage: null, passed: null }])
    expect(waiting.categories).toMatchObject([
      { category: 'Maths', answers: 1, points: 0 },
      { category: 'Physics', answers: 1 },
    ])
  })

  it('is the same as a file', async () => {
    const { app, admin, lina } = await takenByAClass()
    await using _ = app
    const { beneficiaryId } = lina
    const report = await admin.reports.learner({ beneficiaryId })
    const tables = await tablesOf(await admin.reports.learnerFile({ beneficiaryId, format: 'xlsx', words }))
    const attempts = (tables['sheet.attempts'] ?? []).slice(1)
    expect(attempts.map((row) => [row[3], row[5], row[6]])).toEqual(
      report.attempts.map(({ score, percentage }) => [score, percentage, 'word.yes']),
    )
    expect((tables['sheet.comments'] ?? [])[1]).toEqual(['Numbers', 'Why?', 'Well said.'])
  })
})

describe('a second opinion on the attempt', () => {
  it('is asked of somebody else, who does not see the first mark', async () => {
    const { app, admin, assessmentId, lina } = await takenByAClass()
    await using _ = app
    const { attemptId } = lina
    const tom = await anotherAdmin(app, admin)
    const answerFor = async (staff: Client) => (await staff.results.attempt({ attemptId })).answers[2]
    expect(await answerFor(tom)).toMatchObject({ need: null, marks: [{ kind: 'mark', points: 4 }] })
    await admin.grading.askSecondOpinion({ assessmentId, responseId: (await answerFor(tom))?.responseId ?? 0 })
    expect(await answerFor(admin)).toMatchObject({ need: 'second', isMineToGive: false, marks: [{ points: 4 }] })
    expect(await answerFor(tom)).toMatchObject({ need: 'second', isMineToGive: true, marks: [] })
    await gradeEssay(tom, attemptId, 1)
    expect(await answerFor(admin)).toMatchObject({
      need: 'final',
      marks: [{ points: 4 }, { points: 1, isMine: false }],
    })
  })
})
