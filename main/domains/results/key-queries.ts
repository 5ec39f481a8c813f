import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import { KeyChange } from '../../../shared/contract/results.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import { reachesAssessment, type Scope } from '../../scope.ts'
import { PaperQuestions } from '../delivery/paper.ts'

/** The newest paper of an assessment with its questions. */
export async function newestPaper(db: Reader, scope: Scope, assessmentId: Id) {
  const paper = await db
    .selectFrom('papers')
    .selectAll()
    .where('organization_id', '=', scope.organizationId)
    .where('assessment_id', '=', assessmentId)
    .where(reachesAssessment(scope, 'papers.assessment_id'))
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return paper && { ...paper, questions: PaperQuestions.parse(paper.questions) }
}
export type Paper = NonNullable<Awaited<ReturnType<typeof newestPaper>>>

/** A paper is never changed: a corrected one takes its place. */
export async function insertCorrectedPaper(db: Writer, paper: Paper, questions: PaperQuestions, now: string) {
  const id = await mintId(db, 'papers')
  await db
    .insertInto('papers')
    .values({ ...paper, rules: paper.rules as never, id, questions, created_at: now })
    .execute()
  return id
}

/** Running attempts as well: only the key differs, never what the learner sees. */
export function pointAttemptsAt(db: Writer, assessmentId: Id, paperId: Id, now: string) {
  return db
    .updateTable('attempts')
    .set({ paper_id: paperId, updated_at: now })
    .where('assessment_id', '=', assessmentId)
    .execute()
}

/** Answers to a question in ended attempts that no person has marked. */
export function machineMarked(db: Reader, organizationId: Id, assessmentId: Id, questionId: Id) {
  return (
    db
      .selectFrom('responses')
      .innerJoin('attempts', 'attempts.id', 'responses.attempt_id')
      .innerJoin('beneficiaries', 'beneficiaries.id', 'attempts.beneficiary_id')
      .innerJoin('users', 'users.id', 'beneficiaries.user_id')
      .select([
        'responses.id as responseId',
        'attempts.id as attemptId',
        'attempts.attempt_number as attemptNumber',
        'users.name as beneficiaryName',
        'responses.credit',
        sql<string>`coalesce(responses.answer, '')`.as('answer'),
      ])
      .where('attempts.organization_id', '=', organizationId)
      .where('attempts.assessment_id', '=', assessmentId)
      .where('attempts.state', '!=', 'running')
      .where('responses.question_id', '=', questionId)
      .where('responses.credit', 'is not', null)
      // What has grown old and was taken out cannot be marked anew.
      .where('responses.answer', 'is not', null)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('marks')
              .select('marks.id')
              .whereRef('marks.response_id', '=', 'responses.id')
              .where('marks.kind', 'in', ['mark', 'second', 'final']),
          ),
        ),
      )
      .orderBy('users.name')
      .orderBy('attempts.id')
      .execute()
  )
}

interface NewCorrection {
  organizationId: Id
  assessmentId: Id
  questionId: Id
  paperBefore: Id
  paperAfter: Id
  reason: string
  changed: KeyChange[]
  userId: Id | null
}

export async function insertCorrection(db: Writer, correction: NewCorrection, now: string) {
  await db
    .insertInto('key_corrections')
    .values({
      id: await mintId(db, 'key_corrections'),
      organization_id: correction.organizationId,
      assessment_id: correction.assessmentId,
      question_id: correction.questionId,
      paper_before: correction.paperBefore,
      paper_after: correction.paperAfter,
      reason: correction.reason,
      changed: correction.changed,
      user_id: correction.userId,
      created_at: now,
    })
    .execute()
}

/** Newest first. */
export async function correctionsOf(db: Reader, scope: Scope, assessmentId: Id) {
  const rows = await db
    .selectFrom('key_corrections')
    .leftJoin('users', 'users.id', 'key_corrections.user_id')
    .leftJoin('questions', 'questions.id', 'key_corrections.question_id')
    .leftJoin('papers as before', 'before.id', 'key_corrections.paper_before')
    .leftJoin('papers as after', 'after.id', 'key_corrections.paper_after')
    .select((eb) => [
      'key_corrections.id',
      'key_corrections.question_id as questionId',
      'questions.text as questionText',
      'before.questions as questionsBefore',
      'after.questions as questionsAfter',
      eb.fn.coalesce('key_corrections.reason', eb.val('')).as('reason'),
      'users.name as userName',
      'key_corrections.changed',
      'key_corrections.created_at as createdAt',
    ])
    .where('key_corrections.organization_id', '=', scope.organizationId)
    .where(reachesAssessment(scope, 'key_corrections.assessment_id'))
    .where('key_corrections.assessment_id', '=', assessmentId)
    .orderBy('key_corrections.id', 'desc')
    .execute()
  return rows.map(({ questionsBefore, questionsAfter, ...row }) => ({
    ...row,
    before: questionIn(questionsBefore, row.questionId),
    after: questionIn(questionsAfter, row.questionId),
    changed: KeyChange.array().parse(row.changed),
  }))
}

function questionIn(questions: unknown, questionId: Id | null): Question | null {
  const paper = PaperQuestions.nullable().parse(questions)
  return paper?.find(({ id }) => id === questionId)?.question ?? null
}
