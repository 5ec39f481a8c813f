import { join } from 'node:path'
import { digestOf } from '../../main/actor.ts'
import { createApp } from '../../main/app.ts'
import { type DatabaseFile, openDatabase } from '../../main/database/database.ts'
import { keyFile } from '../../main/database/key.ts'
import { memoryCredentials, quickPasswords, visitorOf } from '../support/app.ts'
import { answerOf } from './marks.ts'
import type { Promises } from './promises.ts'

/** What is wrong after a power cut. */
export interface Fault {
  kind: 'unopenable' | 'corrupt' | 'lost' | 'stuck'
  what: string
}

interface StoredAnswer {
  attempt: number
  question: number
  edit: number
  answer: string
}

/** Opens the data as the program does after a power cut, and compares it with everything that was acknowledged. */
export async function inspect(dataDir: string, promises: Promises): Promise<Fault[]> {
  try {
    const database = await openDatabase(join(dataDir, 'bdc.db'), keyFile(join(dataDir, 'bdc.key')))
    try {
      return faultsIn(database.connection, promises)
    } finally {
      await database.close()
    }
  } catch (error) {
    return [{ kind: isDamage(error) ? 'corrupt' : 'unopenable', what: String(error) }]
  }
}

function isDamage(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: { code?: string } }
  return ['SQLITE_CORRUPT', 'SQLITE_NOTADB'].some((damage) =>
    [code, cause?.code].some((one) => one?.startsWith(damage)),
  )
}

type Connection = DatabaseFile['connection']

function faultsIn(connection: Connection, promises: Promises): Fault[] {
  return [
    ...damage(connection),
    ...lostRows(connection, promises),
    ...lostAnswers(connection, promises),
    ...lostFlags(connection, promises),
    ...stuckAttempts(connection),
  ]
}

function damage(connection: Connection): Fault[] {
  const result = connection.pragma('integrity_check(1)', { simple: true })
  const orphans = connection.pragma('foreign_key_check') as unknown[]
  return [
    ...(result === 'ok' ? [] : [{ kind: 'corrupt' as const, what: String(result) }]),
    ...(orphans.length === 0 ? [] : [{ kind: 'corrupt' as const, what: `${orphans.length} rows refer to nothing` }]),
  ]
}

function lostRows(connection: Connection, promises: Promises): Fault[] {
  const seated = connection.prepare('SELECT 1 FROM sessions WHERE token = ? AND beneficiary_id = ?')
  const handedIn =
    connection.prepare(`SELECT 1 FROM attempts JOIN attempt_receipts ON attempt_receipts.attempt_id = attempts.id
    JOIN assessment_results ON assessment_results.attempt_id = attempts.id
    WHERE attempts.id = ? AND state <> 'running' AND submitted_at IS NOT NULL`)
  const has = (sql: string) => {
    const statement = connection.prepare(sql)
    return (value: unknown) => statement.get(value) !== undefined
  }
  const missing = <T>(what: string, promised: Iterable<T>, isThere: (one: T) => boolean): Fault[] =>
    [...promised].filter((one) => !isThere(one)).map((one) => ({ kind: 'lost', what: `${what} ${one}` }))
  return [
    ...missing('the account', promises.emails, has('SELECT 1 FROM users WHERE email = ?')),
    ...missing('the assessment', promises.published, has(`SELECT 1 FROM papers WHERE assessment_id = ?`)),
    ...missing('the attempt', promises.begun, has('SELECT 1 FROM attempts WHERE id = ?')),
    ...missing('the hand-in of', promises.handedIn, (id) => handedIn.get(id) !== undefined),
    ...missing('the seat of', promises.seats, ([token, id]) => seated.get(digestOf(token), id) !== undefined),
  ]
}

/** Each acknowledged answer is there, or a newer one; and each that is there is the text of one edit, whole. */
function lostAnswers(connection: Connection, promises: Promises): Fault[] {
  const rows = connection
    .prepare<[], StoredAnswer>('SELECT attempt_id AS attempt, question_id AS question, edit, answer FROM responses')
    .all()
  const stored = new Map(rows.map((row) => [`${row.attempt} ${row.question}`, row.edit]))
  const lost = [...promises.edits].filter(([place, { edit }]) => (stored.get(place) ?? 0) < edit)
  const torn = rows.filter(({ edit, answer }) => answer !== answerOf(edit))
  return [
    ...lost.map(([place, { edit }]) => ({ kind: 'lost' as const, what: `edit ${edit} of the answer ${place}` })),
    ...torn.map(({ edit }) => ({ kind: 'corrupt' as const, what: `the text of edit ${edit}` })),
  ]
}

/** The flag of one question may be on its way. */
function lostFlags(connection: Connection, promises: Promises): Fault[] {
  const flagsOf = connection.prepare<[number], string | null>('SELECT flags FROM attempts WHERE id = ?').pluck()
  return [...promises.flags].flatMap(([attemptId, promised]) => {
    const stored = new Set<number>(JSON.parse(flagsOf.get(attemptId) ?? '[]'))
    const missing = [...promised].filter((id) => !stored.has(id))
    const differences = missing.length + [...stored].filter((id) => !promised.has(id)).length
    return differences <= 1 ? [] : [{ kind: 'lost' as const, what: `${differences} flags of the attempt ${attemptId}` }]
  })
}

/** Commits are whole, and the next one can be made: what a running attempt needs is there, and no number is given out twice. */
function stuckAttempts(connection: Connection): Fault[] {
  const ids = connection.prepare<[], number>('SELECT id FROM attempts').pluck()
  const halves = connection
    .prepare<[], number>(
      `SELECT attempts.id FROM attempts
      LEFT JOIN papers ON papers.id = paper_id AND json_array_length(papers.questions) > 0
      LEFT JOIN attempt_seats ON attempt_seats.attempt_id = attempts.id
      LEFT JOIN sessions ON sessions.id = session_id AND sessions.beneficiary_id = attempts.beneficiary_id
      LEFT JOIN attempt_receipts ON attempt_receipts.attempt_id = attempts.id
      LEFT JOIN assessment_results ON assessment_results.attempt_id = attempts.id
      WHERE CASE state WHEN 'running' THEN papers.id IS NULL OR sessions.id IS NULL
        ELSE attempt_receipts.id IS NULL OR assessment_results.id IS NULL END`,
    )
    .pluck()
  const counters = connection.prepare<[], { table: string; next: number }>(
    `SELECT table_name AS "table", next FROM id_counters
    WHERE table_name IN ('attempts', 'responses', 'attempt_receipts', 'attempt_incidents', 'activity_logs', 'sessions')`,
  )
  const behind = counters.all().filter(({ table, next }) => {
    const last = connection.prepare<[], number | null>(`SELECT max(id) % 4294967296 FROM "${table}"`).pluck().get() ?? 0
    return last >= next
  })
  return [
    ...halves.all().map((id) => ({ kind: 'stuck' as const, what: `attempt ${id} of ${ids.all().length}` })),
    ...behind.map(({ table, next }) => ({ kind: 'stuck' as const, what: `number ${next} of ${table} is taken` })),
  ]
}

/** Every learner goes on where the cut found them: with the cookie of before, through the door, up to the hand-in. */
export async function goOn(dataDir: string, promises: Promises): Promise<Fault[]> {
  const app = await createApp({ dataDir, keys: keyFile(join(dataDir, 'bdc.key')), passwords: quickPasswords })
  try {
    const stuck: Fault[] = []
    for (const token of promises.seats.keys()) {
      const seat = memoryCredentials()
      seat.write(token, { lasting: false })
      const learner = visitorOf(app, seat)
      await finish(learner).catch((error: unknown) => stuck.push({ kind: 'stuck', what: String(error) }))
    }
    return stuck
  } finally {
    await app.close()
  }
}

async function finish({ delivery }: ReturnType<typeof visitorOf>) {
  const running = (await delivery.menu()).find(({ runningAttemptId }) => runningAttemptId !== null)
  const attemptId = running?.runningAttemptId
  if (!attemptId) return
  const { questions, answers } = await delivery.attempt({ attemptId })
  for (const { id: questionId } of questions) {
    const edit = (answers.find((answer) => answer.questionId === questionId)?.edit ?? 0) + 1
    const { isKept } = await delivery.saveAnswer({ attemptId, questionId, answer: answerOf(edit), edit })
    if (!isKept) throw new Error(`Edit ${edit} of question ${questionId} was not taken.`)
  }
  const { state } = await delivery.handIn({ attemptId })
  const { receipt } = await delivery.outcome({ attemptId })
  if (state === 'running' || receipt === null) throw new Error(`The attempt ${attemptId} could not be handed in.`)
}
