import { registry, type TableName } from '../../../main/database/registry.ts'
import { registerOf, rulesOf } from '../../../main/sync/rules.ts'
import { RefusedByDatabase, type Transaction, type Values } from './machine.ts'
import type { Random } from './random.ts'
import type { Whom } from './scope.ts'
import { type Doings, insertWith, noDoings, placeOf, removeOne, tableNamed, type User, updateText } from './user.ts'

/** Somebody at a device of some scope: they do what the screens of the program let them do there. */
export interface ScopedUser extends User {
  whom: Whom
  /** What was said of one person is never said of another. */
  staysWithWhom: boolean
}

const atKiosk: readonly TableName[] = ['attempts', 'responses', 'assessment_results', 'attempt_incidents']
const aboutPeople: readonly TableName[] = [
  'users',
  'beneficiaries',
  'profiles',
  'goals',
  'goals',
  'attendance',
  'appointments',
  'documents',
  'document_shares',
  'attempts',
  'responses',
  'assessment_results',
  'marks',
  'group_members',
  'learner_credentials',
  'messages',
  'notifications',
  'handovers',
  'assessments',
  'questions',
  'groups',
]
const byAdministrators: readonly TableName[] = ['settings', 'legal_holds']

/** Two trainers, a learner of each and one of nobody's, and a paper to sit. */
export function firstPeople(transaction: Transaction, user: ScopedUser): Doings {
  const doings = noDoings()
  const add = (table: TableName, values: Values) =>
    insertWith(transaction, user, doings, tableNamed(user, table), values)
  const trainers = [add('users', { role: 'trainer' }), add('users', { role: 'trainer' })]
  add('users', { role: 'admin' })
  for (const trainer of [...trainers, null]) {
    const account = add('users', { role: 'student' })
    add('beneficiaries', { ...noMerge, user_id: account, trainer_id: trainer })
    add('profiles', { user_id: account })
  }
  add('beneficiaries', { ...noMerge, user_id: null, trainer_id: trainers[0] ?? null })
  add('groups', {})
  const assessment = add('assessments', { beneficiary_id: null, trainer_id: null, group_id: null })
  add('questions', { assessment_id: assessment, origin_id: null })
  add('papers', { assessment_id: assessment })
  return doings
}

const noMerge: Values = { merged_into: null, merged_at: null, merge_record: null, deleted_by: null }

/** One transaction of a few statements. */
export function actAmongPeople(transaction: Transaction, user: ScopedUser): Doings {
  const doings = noDoings()
  const { random } = user
  for (let left = 1 + random.below(4); left > 0; left -= 1) {
    const kind = random.below(20)
    try {
      if (kind < 11) insertSome(transaction, user, doings)
      else if (kind < 17) editSome(transaction, user, doings)
      else if (kind < 18) moveSome(transaction, user, doings)
      else if (kind < 19) shareSome(transaction, user, doings)
      else removeSome(transaction, user, doings)
    } catch (error) {
      if (!(error instanceof RefusedByDatabase)) throw error
    }
  }
  return doings
}

/** Another trainer, or none, for one learner. */
export function handOver(transaction: Transaction, { random }: ScopedUser): Doings {
  const doings = noDoings()
  const files = [...transaction.rows('beneficiaries').keys()]
  const trainers = idsOf(transaction, 'users', ({ role }) => role === 'trainer')
  if (files.length === 0) return doings
  const to = random.chance(0.2) || trainers.length === 0 ? null : random.pick(trainers)
  transaction.update('beneficiaries', random.pick(files), { trainer_id: to })
  return doings
}

/** The account of a trainer ends, or is given back. */
export function endOrGiveBack(transaction: Transaction, { random }: ScopedUser, trainers: readonly number[]): Doings {
  const doings = noDoings()
  const accounts = transaction.rows('users')
  const id = someOf(
    random,
    trainers.filter((trainer) => accounts.has(trainer)),
  )
  if (id === null) return doings
  transaction.update('users', id, { is_active: 1 - Number(accounts.get(id)?.['is_active']) })
  doings.silent.push(placeOf('users', id, registerOf(rulesOf('users'), 'is_active')))
  return doings
}

function insertSome(transaction: Transaction, user: ScopedUser, doings: Doings) {
  const { scope } = user.whom
  const tables = { organization: [...aboutPeople, ...byAdministrators], trainer: aboutPeople, kiosk: atKiosk }[scope]
  const name = user.random.pick(tables)
  if (name === 'users') return addPerson(transaction, user, doings)
  const values = fitting(transaction, user, name)
  if (values) insertWith(transaction, user, doings, tableNamed(user, name), values)
}

/** The account and, of a learner, the file, as the program makes them together. */
function addPerson(transaction: Transaction, user: ScopedUser, doings: Doings) {
  const { random, whom } = user
  const own = whom.scope === 'trainer' ? whom.trainerId : null
  const isLearner = own !== null || random.chance(0.7)
  const role = isLearner ? 'student' : 'trainer'
  const id = insertWith(transaction, user, doings, tableNamed(user, 'users'), { role })
  const trainer =
    own ??
    someOf(
      random,
      idsOf(transaction, 'users', (values) => values['role'] === 'trainer'),
    )
  const file = { ...noMerge, user_id: id, trainer_id: trainer }
  if (isLearner) insertWith(transaction, user, doings, tableNamed(user, 'beneficiaries'), file)
}

/** References that the program would write together; undefined where there is nothing yet to refer to. */
function fitting(transaction: Transaction, user: ScopedUser, table: TableName): Values | undefined {
  const { random, whom } = user
  const own = whom.scope === 'trainer' ? whom.trainerId : null
  const some = (name: TableName, condition: (values: Values) => boolean = () => true) =>
    someOf(random, idsOf(transaction, name, condition))
  const staff = () => own ?? some('users', ({ role }) => role !== 'student')
  const learner = some('beneficiaries')
  const withLearner = (values: Values): Values | undefined =>
    learner === null ? undefined : { beneficiary_id: learner, ...values }
  const onAttempt = (): Values | undefined => {
    const id = some('attempts')
    const its = id === null ? undefined : transaction.rows('attempts').get(id)
    if (!its) return undefined
    const { assessment_id, beneficiary_id } = its
    return { attempt_id: id, assessment_id: assessment_id ?? null, beneficiary_id: beneficiary_id ?? null }
  }
  switch (table) {
    case 'beneficiaries':
      return {
        ...noMerge,
        user_id: null,
        trainer_id: own ?? some('users', ({ role }) => role === 'trainer'),
      }
    case 'profiles':
    case 'notifications': {
      const account = own !== null && random.chance(0.3) ? own : some('users', ({ role }) => role === 'student')
      return account === null ? undefined : { user_id: account }
    }
    case 'legal_holds': {
      const account = some('users', ({ role }) => role === 'student')
      return account === null ? undefined : { person_id: account, placed_by: null, lifted_by: null }
    }
    case 'goals':
      return withLearner({ assessment_id: null, written_by: staff() })
    case 'attendance':
      return withLearner({ appointment_id: some('appointments'), noted_by: staff() })
    case 'group_members': {
      const group = some('groups')
      return group === null ? undefined : withLearner({ group_id: group })
    }
    case 'learner_credentials':
      return withLearner({})
    case 'handovers':
      return withLearner({ from_trainer_id: staff(), to_trainer_id: null, offered_by: staff() })
    case 'appointments':
      return {
        beneficiary_id: random.chance(0.7) ? learner : null,
        trainer_id: staff(),
        group_id: null,
        series_id: null,
      }
    case 'documents':
      return {
        beneficiary_id: random.chance(0.7) ? learner : null,
        uploaded_by: staff(),
        version_of: null,
        is_public: random.below(2),
      }
    case 'document_shares': {
      const [document, colleague] = [some('documents'), some('users', ({ role }) => role !== 'student')]
      return document === null || colleague === null
        ? undefined
        : { document_id: document, shared_with: colleague, shared_by: staff() }
    }
    case 'messages': {
      const [from, to] = [staff(), some('users')]
      return from === null || to === null ? undefined : { sender_id: from, recipient_id: to, parent_id: null }
    }
    case 'assessments':
      return { beneficiary_id: random.chance(0.3) ? learner : null, trainer_id: null, group_id: null }
    case 'questions': {
      const assessment = some('assessments')
      return assessment === null ? undefined : { assessment_id: assessment, origin_id: null }
    }
    case 'attempts': {
      const assessment = some(
        'assessments',
        ({ beneficiary_id }) => beneficiary_id === null || beneficiary_id === learner,
      )
      const paper = some('papers', ({ assessment_id }) => assessment_id === assessment)
      return assessment === null
        ? undefined
        : withLearner({
            assessment_id: assessment,
            paper_id: paper,
            classroom_session_id: null,
            current_question_id: null,
            state: random.pick(['running', 'handed_in', 'graded']),
            attempt_number: 1 + random.below(3),
          })
    }
    case 'responses': {
      const its = onAttempt()
      return (
        its && { ...its, question_id: some('questions', ({ assessment_id }) => assessment_id === its['assessment_id']) }
      )
    }
    case 'assessment_results': {
      const its = onAttempt()
      return its && { ...its, overridden_by: null }
    }
    case 'attempt_incidents': {
      const id = some('attempts')
      return id === null ? undefined : { attempt_id: id, user_id: null }
    }
    case 'marks': {
      const id = some('responses')
      const its = id === null ? undefined : transaction.rows('responses').get(id)
      return its && { response_id: id, attempt_id: its['attempt_id'] ?? null, user_id: staff() }
    }
    default:
      return {}
  }
}

function editSome(transaction: Transaction, user: ScopedUser, doings: Doings) {
  const row = ownRow(transaction, user)
  if (row) updateText(transaction, user, doings, tableNamed(user, row.table), row.id)
}

/** A file that turned out to be about somebody else, as where two files of one person are joined. */
function moveSome(transaction: Transaction, user: ScopedUser, { silent }: Doings) {
  if (user.whom.scope !== 'organization' || user.staysWithWhom) return
  const table = user.random.pick(['goals', 'attendance', 'documents'] as const)
  const [id, learner] = [
    someOf(user.random, [...transaction.rows(table).keys()]),
    someOf(user.random, [...transaction.rows('beneficiaries').keys()]),
  ]
  if (id === null || learner === null) return
  transaction.update(table, id, { beneficiary_id: learner })
  silent.push(`${table}:${id}:beneficiary_id`)
}

function shareSome(transaction: Transaction, user: ScopedUser, { silent }: Doings) {
  if (user.whom.scope !== 'organization') return
  const id = someOf(user.random, idsOf(transaction, 'documents'))
  if (id === null) return
  transaction.update('documents', id, { is_public: user.random.below(2) })
  silent.push(`documents:${id}:is_public`)
}

function removeSome(transaction: Transaction, user: ScopedUser, doings: Doings) {
  if (user.whom.scope === 'kiosk') return
  const row = ownRow(transaction, user)
  // A trainer who is gone has no laptop any more.
  if (!row || row.table === 'users') return
  removeOne(transaction, user, doings, row.table, row.id)
}

/** What the screens of this device let somebody change. */
function ownRow(transaction: Transaction, { random, whom }: ScopedUser): { table: TableName; id: number } | undefined {
  const tables = { organization: [...aboutPeople, ...byAdministrators], trainer: aboutPeople, kiosk: atKiosk }[
    whom.scope
  ]
  const table = random.pick(tables.filter((name) => registry[name].sync !== 'append' && name !== 'learner_credentials'))
  const isTheirs = (values: Values, id: number) =>
    whom.scope !== 'trainer' || table !== 'users' || values['role'] === 'student' || id === whom.trainerId
  const id = someOf(random, idsOf(transaction, table, isTheirs))
  return id === null ? undefined : { table, id }
}

function idsOf(
  transaction: Transaction,
  table: TableName,
  condition: (values: Values, id: number) => boolean = () => true,
) {
  return [...transaction.rows(table)].filter(([id, values]) => condition(values, id)).map(([id]) => id)
}

function someOf(random: Random, ids: readonly number[]): number | null {
  return ids.length === 0 ? null : random.pick(ids)
}
