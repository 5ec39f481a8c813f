import { attemptById } from '../../../main/domains/delivery/queries.ts'
import { bringUpToDate } from '../../../main/domains/grading/grade.ts'
import { insertMark } from '../../../main/domains/grading/queries.ts'
import { essay } from '../../support/centre.ts'
import { type Device, insertPerson } from './device.ts'

const at = '2026-11-26T10:00:00.000Z'

/** Somebody has handed two essays in at this device. */
export async function handedIn(one: Device) {
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
  return { attempt, answers, resultId }
}

/** A mark of nobody in particular, out of four. */
export function grade({ database, one }: Device, attemptId: number, responseId: number, points: number) {
  return database.write(async (db) => {
    const attempt = await attemptById(db, attemptId)
    if (!attempt) throw new Error('The attempt did not come along.')
    const organizationId = one<number>('SELECT organization_id FROM sync_state') ?? 0
    await insertMark(db, { organizationId, attemptId, responseId, kind: 'mark', points, userId: null }, at)
    await bringUpToDate(db, attempt, { responseId, most: 4 }, at)
  })
}
