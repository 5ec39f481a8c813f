import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type CompiledQuery, Kysely, NoResultError } from 'kysely'
import { expect, it, onTestFinished } from 'vitest'
import type { Writer } from '../../main/database/database.ts'
import { dialectOf } from '../../main/database/dialect.ts'
import { migrateUp } from '../../main/database/migrate.ts'
import type { Connection } from '../../main/database/open.ts'
import type { Database } from '../../main/database/tables.ts'
import { toStored } from '../../main/database/values.ts'
import { appointmentsAt, marksOf, seriesIn } from '../../main/domains/appointments/queries.ts'
import { assessmentById, assessmentsOf, paperOf, questionsOf } from '../../main/domains/assessments/queries.ts'
import { listQuestions } from '../../main/domains/bank/list.ts'
import { categoriesOf, categorisedIn, questionRows, usesOf } from '../../main/domains/bank/queries.ts'
import { listBeneficiaries } from '../../main/domains/beneficiaries/list.ts'
import { beneficiaryOf, trainersOf } from '../../main/domains/beneficiaries/queries.ts'
import { answersOf, attemptById, attemptsOf, menuOf, savePoint } from '../../main/domains/delivery/queries.ts'
import { groupsOf, membersOf } from '../../main/domains/groups/queries.ts'
import { deleteExpiredSessions, deleteSessionsOf, userByEmail, whoIs } from '../../main/domains/identity/queries.ts'
import { countUnread, rowsIn } from '../../main/domains/messages/queries.ts'
import { threadPage } from '../../main/domains/messages/thread-page.ts'
import { notificationsOf, unreadNotifications } from '../../main/domains/notifications/queries.ts'
import { countWaiting, listResults, reportOf } from '../../main/domains/results/queries.ts'
import { attemptsInGroup, recentGroups } from '../../main/domains/today/group-queries.ts'
import { countOfferedTo, countRequests } from '../../main/domains/today/queries.ts'
import { wholeOrganization } from '../../main/scope.ts'
import { temporaryFolder } from '../support/folder.ts'

type Ask = (db: Writer) => Promise<unknown>

/** How SQLite goes about every statement that `ask` makes. The database is empty, so that nothing may be found. */
async function plansOf(ask: Ask, isMeant = (_: string) => true): Promise<string[]> {
  const connection = await migrateUp(join(temporaryFolder(), 'bdc.db'), randomBytes(32))
  onTestFinished(() => void connection.close())
  const asked: CompiledQuery[] = []
  const db = new Kysely<Database>({
    dialect: dialectOf(() => connection),
    log({ query }) {
      asked.push(query)
    },
  })
  await ask(db).catch((error: unknown) => expect(error).toBeInstanceOf(NoResultError))
  return asked.filter(({ sql }) => isMeant(sql)).flatMap((query) => planOf(connection, query))
}

function planOf(connection: Connection, { sql, parameters }: CompiledQuery): string[] {
  const lines = connection.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
  return lines.all(...parameters.map(toStored)).map(({ detail }) => detail)
}

const self = { userId: 1, organizationId: 1, kind: 'admin' } as const
const people = { search: '', limit: 50 } as const
const bankPage = { search: '', source: 'bank', limit: 100 } as const
const week = { from: '2026-03-02T00:00:00.000Z', until: '2026-03-09T00:00:00.000Z' }
const page = { search: '', limit: 100 } as const
const all = wholeOrganization(1)

/** Whatever grows with the years is found by an index; the lists of an organization are also in its order. */
it.each<[string, string[], Ask]>([
  ['a session', [], (db) => whoIs(db, 1)],
  ['an account by its address', ['idx_users_email'], (db) => userByEmail(db, 'a@b.example')],
  ['the sessions of a user', ['idx_sessions_user_id'], (db) => deleteSessionsOf(db, 1)],
  ['expired sessions', ['idx_sessions_expires_at'], (db) => deleteExpiredSessions(db, '2026-01-01T00:00:00.000Z')],
  [
    'the calendar of an organization',
    ['idx_appointments_organization_start'],
    (db) => appointmentsAt(db, { organizationId: 1 }, week, 1),
  ],
  [
    'the calendar of a trainer',
    ['idx_appointments_trainer_start'],
    (db) => appointmentsAt(db, { organizationId: 1, trainerId: 1 }, week, 1),
  ],
  [
    'the series that go on',
    ['idx_appointments_organization_series_end'],
    (db) => seriesIn(db, { organizationId: 1 }, week),
  ],
  ['the rows of a series', ['idx_appointments_series'], (db) => marksOf(db, [1])],
  ['the appointments of a learner', [], (db) => appointmentsAt(db, { organizationId: 1, beneficiaryId: 1 }, week, 1)],
  [
    'the conversations of somebody',
    ['idx_messages_received', 'idx_messages_sent'],
    (db) => threadPage(db, self, { box: 'all', search: '' }),
  ],
  ['a conversation', ['idx_messages_thread'], (db) => rowsIn(db, self, ['x'])],
  ['the unread messages', ['idx_messages_organization_recipient_read'], (db) => countUnread(db, self)],
  [
    'the groups of the newest attempts',
    ['idx_attempts_organization_started'],
    (db) => recentGroups(db, all, week.from),
  ],
  ['what a group took', [], (db) => attemptsInGroup(db, all, 1, week.from)],
  ['offers to a trainer', ['idx_handovers_to'], (db) => countOfferedTo(db, all, 1)],
  ['open requests', ['idx_privacy_requests_organization'], (db) => countRequests(db, 1, '2026-03-02')],
  ['the notifications', ['idx_notifications_organization'], (db) => notificationsOf(db, self, 1)],
  ['how many are unread', [], (db) => unreadNotifications(db, self)],
  [
    'the people of an organization',
    ['idx_people_index_name'],
    (db) => listBeneficiaries(db, wholeOrganization(1), people),
  ],
  [
    'the active people of an organization',
    ['idx_people_index_status'],
    (db) => listBeneficiaries(db, wholeOrganization(1), { ...people, status: 'active' }),
  ],
  [
    'the people of a trainer',
    ['idx_people_index_trainer'],
    (db) => listBeneficiaries(db, wholeOrganization(1), { ...people, trainerId: 1 }),
  ],
  ['a person', ['idx_profiles_user_id'], (db) => beneficiaryOf(db, wholeOrganization(1), 1)],
  ['the staff', ['idx_users_organization_role'], (db) => trainersOf(db, 1)],
  [
    'the assessments of an organization',
    ['idx_assessments_organization_status'],
    (db) => assessmentsOf(db, wholeOrganization(1), {}),
  ],
  ['an assessment', [], (db) => assessmentById(db, wholeOrganization(1), 1)],
  ['the questions of an assessment in their order', ['idx_questions_assessment_order'], (db) => questionsOf(db, 1)],
  [
    'the questions of the bank',
    ['idx_questions_organization'],
    (db) => listQuestions(db, wholeOrganization(1), bankPage),
  ],
  [
    'the questions of a category',
    ['idx_questions_organization_category'],
    (db) => listQuestions(db, wholeOrganization(1), { ...bankPage, category: 'Maths' }),
  ],
  [
    'a word in the bank',
    ['idx_questions_organization'],
    (db) => listQuestions(db, wholeOrganization(1), { ...bankPage, search: 'a' }),
  ],
  ['the categories of the bank', ['idx_questions_organization'], (db) => categoriesOf(db, 1)],
  ['a category with all below it', ['idx_questions_organization_category'], (db) => categorisedIn(db, 1, 'Maths')],
  ['where a question is used', ['idx_questions_origin'], (db) => usesOf(db, wholeOrganization(1), 1)],
  ['how often questions are used', ['idx_questions_origin'], (db) => questionRows(db, wholeOrganization(1), [1])],
  ['the groups of an organization', ['idx_groups_organization'], (db) => groupsOf(db, wholeOrganization(1))],
  ['the people of a group', ['idx_group_members_one'], (db) => membersOf(db, wholeOrganization(1), 1)],
  ['the paper of an assessment', ['idx_papers_assessment'], (db) => paperOf(db, 1)],
  ['what a learner may take', ['idx_assessments_organization_status'], (db) => menuOf(db, 1, 1)],
  ['the attempts of a learner', ['idx_attempts_beneficiary_state'], (db) => attemptsOf(db, 1)],
  ['an attempt', [], (db) => attemptById(db, 1)],
  [
    'where an answer is saved',
    ['idx_responses_attempt_question'],
    (db) => savePoint(db, { attemptId: 1, questionId: 1 }),
  ],
  ['the answers of an attempt', ['idx_responses_attempt_question'], (db) => answersOf(db, 1)],
  ['the newest results', ['idx_attempts_organization_started'], (db) => listResults(db, wholeOrganization(1), page)],
  [
    'the results that wait',
    ['idx_attempts_organization_state'],
    (db) => listResults(db, wholeOrganization(1), { ...page, state: 'handed_in' }),
  ],
  ['how many results wait', ['idx_attempts_organization_state'], (db) => countWaiting(db, wholeOrganization(1))],
  ['the report of an attempt', ['idx_assessment_results_attempt'], (db) => reportOf(db, wholeOrganization(1), 1)],
])('finds %s without reading a whole table', async (_, indexes, ask) => {
  const plans = await plansOf(ask)
  expect(plans).not.toEqual([])
  expect(plans.filter((line) => /^SCAN (?!(people_search|json_each) VIRTUAL TABLE)/.test(line))).toEqual([])
  for (const index of indexes) expect(plans.join('\n')).toContain(index)
})

it.each<[string, string, Ask]>([
  ['people', 'idx_people_index_name', (db) => listBeneficiaries(db, wholeOrganization(1), people)],
  [
    'active people',
    'idx_people_index_status',
    (db) => listBeneficiaries(db, wholeOrganization(1), { ...people, status: 'active' }),
  ],
  [
    'the people of a trainer',
    'idx_people_index_trainer',
    (db) => listBeneficiaries(db, wholeOrganization(1), { ...people, trainerId: 1 }),
  ],
  ['results', 'idx_attempts_organization_started', (db) => listResults(db, wholeOrganization(1), page)],
  [
    'results that wait',
    'idx_attempts_organization_state',
    (db) => listResults(db, wholeOrganization(1), { ...page, state: 'handed_in' }),
  ],
  ['questions', 'idx_questions_assessment_order', (db) => questionsOf(db, 1)],
])('reads a page of %s in the order of its index', async (_, index, ask) => {
  const plan = (await plansOf(ask, (sql) => sql.includes('order by'))).join('\n')
  expect(plan).toContain(index)
  expect(plan).not.toContain('TEMP B-TREE')
})
