import { expect, it } from 'vitest'
import { systemClock } from '../../../main/clock.ts'
import { attemptById } from '../../../main/domains/delivery/queries.ts'
import { bringUpToDate } from '../../../main/domains/grading/grade.ts'
import { insertMark } from '../../../main/domains/grading/queries.ts'
import { settleAnew } from '../../../main/domains/sync/settle-anew.ts'
import { essay } from '../../support/centre.ts'
import { type Device, enrolledDevice, insertPerson } from './device.ts'
import { organizationId, smallCentre } from './small-centre.ts'

const at = '2026-11-26T10:00:00.000Z'

/** Somebody has handed two essays in, and both machines know it. */
async function handedIn() {
  const centre = smallCentre()
  const [one, other] = [await enrolledDevice(centre), await enrolledDevice(centre)]
  const { id: person } = await insertPerson(one, 'Lina Learner')
  const assessmentId = await one.insert('assessments', { title: 'Letters', type: 'formative', status: 'published' })
  const about = { assessment_id: assessmentId }
  const row = { ...about, text: essay.text, type: 'essay', points: 4 }
  const questions = [await one.insert('questions', row), await one.insert('questions', row)]
  const paper = JSON.stringify(questions.map((id) => ({ id, question: essay })))
  const paperId = await one.insert('papers', {
    ...about,
    title: 'Letters',
    max_score: 8,
    passing_score: 50,
    questions: paper,
  })
  const whose = { ...about, beneficiary_id: person }
  const sitting = { state: 'handed_in', started_at: at, submitted_at: at, attempt_number: 1 }
  const attempt = await one.insert('attempts', { ...whose, ...sitting, paper_id: paperId })
  const answers: number[] = []
  for (const question_id of questions)
    answers.push(await one.insert('responses', { ...whose, attempt_id: attempt, question_id, answer: 'Because' }))
  const result = { ...whose, attempt_id: attempt, score: 0, max_score: 8, time_taken: 0 }
  const resultId = await one.insert('assessment_results', result)
  await agree(one, other)
  return { one, other, attempt, answers, resultId }
}

async function agree(...devices: Device[]) {
  for (const { round, database } of [...devices, ...devices]) {
    expect(await round()).toBe('done')
    await settleAnew({ database, clock: systemClock })
  }
  for (const { round } of [...devices, ...devices]) await round()
}

function grade({ database }: Device, attemptId: number, responseId: number, points: number) {
  return database.write(async (db) => {
    const attempt = await attemptById(db, attemptId)
    if (!attempt) throw new Error('The attempt did not come along.')
    await insertMark(db, { organizationId, attemptId, responseId, kind: 'mark', points, userId: null }, at)
    await bringUpToDate(db, attempt, { responseId, most: 4 }, at)
  })
}

it('comes to one result where two machines have graded a part each, and settles it', async () => {
  const { one, other, attempt, answers, resultId } = await handedIn()
  const [first = 0, second = 0] = answers
  await grade(one, attempt, first, 3)
  await grade(other, attempt, second, 2)
  expect(one.row('assessment_results', resultId)).toMatchObject({ score: 3, percentage: null })
  expect(other.row('assessment_results', resultId)).toMatchObject({ score: 2, percentage: null })
  await agree(one, other)
  for (const device of [one, other]) {
    expect(device.row('assessment_results', resultId)).toMatchObject({ score: 5, percentage: 62.5, passed: 1 })
    expect(device.row('attempts', attempt)).toMatchObject({ state: 'graded' })
  }
  const changes = () => [one, other].map((device) => device.one('SELECT change FROM sync_state'))
  const before = changes()
  await agree(one, other)
  expect(changes(), 'nothing is written again').toEqual(before)
})
