import type { Replay, ResultRow } from '../../../shared/contract/results.ts'
import type { Reader } from '../../database/database.ts'
import { incidentsOf } from '../delivery/incidents.ts'
import { type AttemptRecord, answersOf } from '../delivery/queries.ts'
import { editsOf } from './replay-queries.ts'

/** What was typed when, as this machine has written it down, and what happened in between. */
export async function replayOf(db: Reader, report: Pick<ResultRow, 'beneficiaryName'>, attempt: AttemptRecord) {
  const edits = await editsOf(db, attempt.id)
  const answers = new Map((await answersOf(db, attempt.id)).map((answer) => [answer.questionId, answer]))
  const newest = new Map(edits.map((edit) => [edit.questionId, edit]))
  const states = edits.map(({ edit: _, ...state }) => state)
  const { title, attemptNumber, startedAt, submittedAt, usedMs } = attempt
  return {
    title,
    beneficiaryName: report.beneficiaryName,
    attemptNumber,
    startedAt,
    submittedAt,
    usedMs: Math.max(usedMs, states.at(-1)?.usedMs ?? 0),
    questions: attempt.questions.map(({ id, question }) => {
      const answer = answers.get(id)
      const isJournalled = !answer || newest.get(id)?.edit === answer.edit
      return { id, question, answer: answer?.answer ?? '', isJournalled }
    }),
    states,
    incidents: await placedIncidents(db, attempt, states),
  } satisfies Replay
}

/** Incidents know the time of day; the last state that was saved before one tells how far the exam was. */
async function placedIncidents(db: Reader, { organizationId, id }: AttemptRecord, states: Replay['states']) {
  const incidents = await incidentsOf(db, organizationId, id)
  return incidents.map((incident) => {
    const before = states.filter(({ savedAt }) => savedAt <= incident.happenedAt).map(({ usedMs }) => usedMs)
    return { ...incident, usedMs: Math.max(0, ...before) }
  })
}
