import { describe, expect, it } from 'vitest'
import { registry } from '../../main/database/registry.ts'
import { type TestApp, testApp } from '../support/app.ts'
import {
  essay,
  password,
  publishedAssessment,
  seatedKiosk,
  secondCentre,
  testCentre,
  testTrainer,
} from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { acknowledged, connect, noticed } from '../support/connected.ts'
import { refusalKey } from '../support/refusal.ts'

const day = 24 * 3_600_000

/** A centre with one person, whose name two machines have written without knowing of each other. */
async function world(app: TestApp, over: Record<string, string | number | null> = {}) {
  const { admin, email } = await testCentre(app)
  const { id } = await admin.beneficiaries.create({ name: 'Amina Haddad' })
  const { userId, organizationId, conflictId } = await app.withDatabase(async (db) => {
    const person = await db
      .selectFrom('beneficiaries')
      .select(['user_id', 'organization_id'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const [rowId, organization] = [person.user_id ?? 0, person.organization_id]
    await connect(db, organization)
    const values = { kept_values: '{"name":"Amina Haddad"}', lost_values: '{"name":"Amina El Haddad"}' }
    const conflict = await noticed(db, { table: 'users', rowId, organizationId: organization, ...values, ...over })
    return { userId: rowId, organizationId: organization, conflictId: conflict }
  })
  return { admin, email, beneficiaryId: id, userId, organizationId, conflictId }
}

const rubric = [
  {
    id: 'a',
    title: 'Reasons',
    weight: 100,
    levels: [
      { id: 'a', title: 'None', share: 0 },
      { id: 'b', title: 'Hardly any', share: 18.75 },
      { id: 'c', title: 'All', share: 100 },
    ],
  },
]

/** An essay that one grader gave 0.75 points by the rubric and another one 3 by themselves, of 4. */
async function twiceGraded(app: TestApp, admin: Awaited<ReturnType<typeof world>>['admin']) {
  const { id: assessmentId, questionIds } = await publishedAssessment(admin, [{ ...essay, rubric }])
  const { kiosk } = await seatedKiosk(app, admin)
  const { attemptId } = await kiosk.delivery.begin({ assessmentId })
  await kiosk.delivery.saveAnswer({ attemptId, questionId: questionIds[0] ?? 0, answer: 'Because', edit: 1 })
  await kiosk.delivery.handIn({ attemptId })
  const responseId = (await admin.results.attempt({ attemptId })).answers[0]?.responseId ?? 0
  const trainer = await testTrainer(app, admin)
  const { beneficiaryId } = await admin.results.attempt({ attemptId })
  const { updatedAt, ...person } = await admin.beneficiaries.get({ id: beneficiaryId })
  const me = await trainer.identity.me()
  await admin.beneficiaries.update({ ...person, trainerId: me.kind === 'user' ? me.user.id : null, updatedAt })
  await trainer.results.grade({ responseId, points: 0, rubric: { a: 'b' }, comment: 'Too short.' })
  await admin.results.grade({ responseId, points: 3, comment: 'Well said.' })
  return { attemptId, responseId }
}

/** How a grade of an essay of 4 points is stored. */
function graded(points: number): string {
  return JSON.stringify({ credit: points / 4, is_correct: 0, points_earned: Math.round(points) })
}

const nameOf = async (admin: Awaited<ReturnType<typeof world>>['admin'], id: number) =>
  (await admin.beneficiaries.get({ id })).name

describe('how things stand with the centre', () => {
  it('is nothing where an installation works alone', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    expect(await admin.sync.state()).toMatchObject({ connection: null, queued: 0 })
    expect(await refusalKey(admin.sync.now())).toBe('sync.notEnrolled')
    expect(await admin.sync.conflicts({ decided: false })).toEqual([])
  })

  it('is told with what waits for a person', async () => {
    await using app = await testApp()
    const { admin } = await world(app)
    expect(await admin.sync.state()).toMatchObject({
      connection: { organizationName: 'Centre', scope: 'organization', address: 'https://127.0.0.1:9' },
      conflicts: 1,
      refused: 0,
    })
  })

  it('is not told to those who work in another organization', async () => {
    await using app = await testApp()
    const { conflictId } = await world(app)
    const { admin: other } = await secondCentre(app)
    expect(await other.sync.state()).toMatchObject({ connection: null, conflicts: 0 })
    expect(await other.sync.conflicts({ decided: false })).toEqual([])
    const decided = other.sync.decide({ id: conflictId, decision: 'taken' })
    expect(await refusalKey(decided)).toBe('sync.conflictNotFound')
  })

  it('is a trainer’s to see, and the decisions are not', async () => {
    await using app = await testApp()
    const { admin, beneficiaryId } = await world(app)
    const trainer = await testTrainer(app, admin)
    expect(await trainer.sync.state()).toMatchObject({ connection: { organizationName: 'Centre' } })
    expect(await refusalKey(trainer.sync.conflicts({ decided: false }))).toBe('door.forbidden')
    const foreign = trainer.sync.ledger({ kind: 'beneficiaries', id: beneficiaryId })
    expect(await refusalKey(foreign)).toBe('beneficiary.notFound')
  })
})

describe('what has come and cannot stand here yet', () => {
  it('is told with what it waits for, and to nobody but administrators', async () => {
    await using app = await testApp()
    const { admin, userId } = await world(app)
    expect(await admin.sync.parked()).toEqual([])
    await app.withDatabase(async (db) => {
      const parked = (table_number: number, id: number, why: 'children' | 'unknown') =>
        db.insertInto('sync_parked').values({ table_number, id, why, record: '{}' }).execute()
      await parked(registry.users.number, userId, 'children')
      await parked(999, 7, 'unknown')
    })
    expect(await admin.sync.parked()).toEqual([
      { kind: 'users', id: userId, name: 'Amina Haddad', why: 'children' },
      { kind: 'other', id: 7, name: null, why: 'unknown' },
    ])
    expect(await admin.sync.state()).toMatchObject({ parked: 2 })
    const trainer = await testTrainer(app, admin)
    expect(await refusalKey(trainer.sync.parked())).toBe('door.forbidden')
  })
})

describe('the name of this computer', () => {
  it('is what an administrator calls it, before the centre has heard of it', async () => {
    await using app = await testApp()
    const { admin } = await world(app)
    const named = async () => (await admin.sync.state()).connection?.machine
    expect(await named()).toBeNull()
    await admin.sync.rename({ machine: '  Front office · مكتب ' })
    expect(await named()).toBe('Front office · مكتب')
    await admin.sync.rename({ machine: 'Reception' })
    expect(await named()).toBe('Reception')
    const told = await admin.activity.list({ action: 'sync.rename' })
    expect(told.rows.map(({ userName }) => userName)).toEqual(['Ada Admin', 'Ada Admin'])
  })

  it('is no empty one, none beyond a hundred characters, and nobody else’s to give', async () => {
    await using app = await testApp()
    const { admin } = await world(app)
    for (const machine of ['', '   ', 'x'.repeat(101), 'two\nlines', 'nothing\0', 'half \ud83d'])
      expect(await refusalKey(admin.sync.rename({ machine }))).toBe('door.invalidInput')
    const trainer = await testTrainer(app, admin)
    expect(await refusalKey(trainer.sync.rename({ machine: 'Mine' }))).toBe('door.forbidden')
    await app.withDatabase((db) => db.deleteFrom('sync_state').execute())
    expect(await refusalKey(admin.sync.rename({ machine: 'Alone' }))).toBe('sync.notEnrolled')
  })
})

describe('the conflict desk', () => {
  it('shows both values, who is meant, when and on which machine', async () => {
    await using app = await testApp()
    const { admin } = await world(app)
    await app.withDatabase((db) =>
      db.insertInto('sync_machines').values({ site: 3, name: 'Field laptop', number: 5 }).execute(),
    )
    expect(await admin.sync.conflicts({ decided: false })).toMatchObject([
      {
        kind: 'concurrentEdit',
        table: 'users',
        name: 'Amina Haddad',
        kept: { values: { name: 'Amina Haddad' }, site: 2, machine: null, at: '2024-01-01T00:01:00.000Z' },
        lost: {
          values: { name: 'Amina El Haddad' },
          site: 3,
          machine: 'Field laptop',
          at: '2024-01-01T00:00:30.000Z',
        },
        needsPerson: false,
        decision: null,
      },
    ])
  })

  it('never shows a secret', async () => {
    await using app = await testApp()
    const secrets = { register: 'password_hash', lost_values: '{"password_hash":"$2b$12$secret"}' }
    const { admin } = await world(app, secrets)
    expect(JSON.stringify(await admin.sync.conflicts({ decided: false }))).not.toContain('$2b$')
  })

  it('takes the other value, in the list of people too, and gives the first one back', async () => {
    await using app = await testApp()
    const { admin, beneficiaryId, conflictId } = await world(app)
    await admin.sync.decide({ id: conflictId, decision: 'taken' })
    expect(await nameOf(admin, beneficiaryId)).toBe('Amina El Haddad')
    expect((await admin.beneficiaries.list({ search: 'el haddad' })).rows).toHaveLength(1)
    expect(await admin.sync.conflicts({ decided: false })).toEqual([])
    expect(await admin.sync.conflicts({ decided: true })).toMatchObject([
      { decision: { what: 'taken', byName: 'Ada Admin', canUndo: true } },
    ])
    const again = admin.sync.decide({ id: conflictId, decision: 'kept' })
    expect(await refusalKey(again)).toBe('sync.alreadyDecided')

    await admin.sync.undoDecision({ id: conflictId })
    expect(await nameOf(admin, beneficiaryId)).toBe('Amina Haddad')
    expect(await admin.sync.conflicts({ decided: false })).toHaveLength(1)
  })

  it('keeps what counts without writing it anew', async () => {
    await using app = await testApp()
    const { admin, beneficiaryId, conflictId } = await world(app)
    const before = await admin.beneficiaries.get({ id: beneficiaryId })
    await admin.sync.decide({ id: conflictId, decision: 'kept' })
    expect(await admin.beneficiaries.get({ id: beneficiaryId })).toEqual(before)
    expect(await admin.sync.conflicts({ decided: true })).toMatchObject([{ decision: { what: 'kept' } }])
  })

  it('puts nothing over what somebody has written since', async () => {
    await using app = await testApp()
    const { admin, beneficiaryId, conflictId } = await world(app)
    const { updatedAt, ...person } = await admin.beneficiaries.get({ id: beneficiaryId })
    await admin.beneficiaries.update({ ...person, id: beneficiaryId, name: 'Amina H.', updatedAt })
    const late = admin.sync.decide({ id: conflictId, decision: 'taken' })
    expect(await refusalKey(late)).toBe('sync.changedSince')
    expect(await nameOf(admin, beneficiaryId)).toBe('Amina H.')
    expect(await admin.sync.conflicts({ decided: false })).toHaveLength(1)
  })

  it('shows what has come to count since and who wrote it, and puts the other value over what was seen alone', async () => {
    await using app = await testApp()
    const { admin, beneficiaryId, conflictId } = await world(app)
    const rename = async (name: string) => {
      const { updatedAt, ...person } = await admin.beneficiaries.get({ id: beneficiaryId })
      await admin.beneficiaries.update({ ...person, id: beneficiaryId, name, updatedAt })
    }
    const card = async () => (await admin.sync.conflicts({ decided: false }))[0]
    expect(await card()).toMatchObject({ current: null })
    await rename('Amina H.')
    const { site } = (await admin.sync.state()).connection ?? {}
    expect(await card()).toMatchObject({
      kept: { values: { name: 'Amina Haddad' } },
      current: { values: { name: 'Amina H.' }, byName: 'Ada Admin', site, machine: null },
    })
    const seen = (await card())?.current?.values
    await rename('Amina Ha.')
    const late = admin.sync.decide({ id: conflictId, decision: 'taken', seen })
    expect(await refusalKey(late)).toBe('sync.changedSince')
    expect(await nameOf(admin, beneficiaryId)).toBe('Amina Ha.')
    await admin.sync.decide({ id: conflictId, decision: 'taken', seen: (await card())?.current?.values })
    expect(await nameOf(admin, beneficiaryId)).toBe('Amina El Haddad')
    expect(await admin.sync.conflicts({ decided: true })).toMatchObject([{ current: null }])
  })

  it('remembers what counted when somebody kept it, and not what was written after that', async () => {
    await using app = await testApp()
    const { admin, beneficiaryId, conflictId } = await world(app)
    const rename = async (name: string) => {
      const { updatedAt, ...person } = await admin.beneficiaries.get({ id: beneficiaryId })
      await admin.beneficiaries.update({ ...person, id: beneficiaryId, name, updatedAt })
    }
    const card = async () => (await admin.sync.conflicts({ decided: true }))[0]
    await rename('Amina H.')
    await admin.sync.decide({ id: conflictId, decision: 'kept' })
    expect(await card()).toMatchObject({ decision: { what: 'kept' }, current: { values: { name: 'Amina H.' } } })
    await rename('Amina Ha.')
    expect(await card()).toMatchObject({ decision: { what: 'kept' }, current: null })
  })

  it('says what counts where that is the other value already, and leaves it so', async () => {
    await using app = await testApp()
    const { admin, beneficiaryId, conflictId } = await world(app)
    const { updatedAt, ...person } = await admin.beneficiaries.get({ id: beneficiaryId })
    await admin.beneficiaries.update({ ...person, id: beneficiaryId, name: 'Amina El Haddad', updatedAt })
    const [card] = await admin.sync.conflicts({ decided: false })
    expect(card?.current?.values).toEqual(card?.lost.values)
    await admin.sync.decide({ id: conflictId, decision: 'taken', seen: card?.current?.values })
    expect(await nameOf(admin, beneficiaryId)).toBe('Amina El Haddad')
  })

  it('tells nothing of a secret that was changed since, and puts no older one over it', async () => {
    await using app = await testApp()
    const secrets = { kept_values: '{"password_hash":"$2b$a"}', lost_values: '{"password_hash":"$2b$b"}' }
    const { admin, conflictId } = await world(app, { register: 'password_hash', ...secrets })
    expect(await admin.sync.conflicts({ decided: false })).toMatchObject([{ current: null }])
    const taken = admin.sync.decide({ id: conflictId, decision: 'taken', seen: { password_hash: '•••' } })
    expect(await refusalKey(taken)).toBe('sync.changedSince')
  })

  it('offers nothing to take where there is no second value', async () => {
    await using app = await testApp()
    const whole = { kind: 'deleteOverridden', register: '*', kept_values: null, lost_values: null }
    const { admin, conflictId } = await world(app, whole)
    const taken = admin.sync.decide({ id: conflictId, decision: 'taken' })
    expect(await refusalKey(taken)).toBe('sync.nothingToTake')
    await admin.sync.decide({ id: conflictId, decision: 'kept' })
  })

  it('undoes a decision for ninety days and no longer', async () => {
    const clock = testClock()
    await using app = await testApp({ clock })
    const { admin, email, conflictId, beneficiaryId } = await world(app)
    const notYet = admin.sync.undoDecision({ id: conflictId })
    expect(await refusalKey(notYet)).toBe('sync.notDecided')
    await admin.sync.decide({ id: conflictId, decision: 'taken' })
    clock.pass(91 * day)
    await admin.identity.signIn({ email, password })
    expect(await admin.sync.conflicts({ decided: true })).toMatchObject([{ decision: { canUndo: false } }])
    expect(await refusalKey(admin.sync.undoDecision({ id: conflictId }))).toBe('sync.notUndone')
    expect(await nameOf(admin, beneficiaryId)).toBe('Amina El Haddad')
  })

  it('says of a result that only a person decides it', async () => {
    await using app = await testApp()
    const { admin, userId, organizationId } = await world(app)
    const byHand = { kept_values: '{"score":2,"overridden_by":1}', lost_values: '{"score":3,"overridden_by":null}' }
    const result = { table: 'assessment_results', organizationId, register: 'result' } as const
    await app.withDatabase((db) => noticed(db, { ...result, rowId: userId + 1, ...byHand }))
    const shown = await admin.sync.conflicts({ decided: false })
    expect(shown.map(({ table, needsPerson }) => [table, needsPerson])).toEqual([
      ['users', false],
      ['assessment_results', true],
    ])
  })

  it('lets one of two grades count by a mark with the words and the levels of whoever gave it, and is not asked about their results', async () => {
    await using app = await testApp()
    const { admin, email, ...made } = await world(app)
    const { organizationId, conflictId } = made
    const { attemptId, responseId } = await twiceGraded(app, admin)
    const { gradeId, resultId } = await app.withDatabase(async (db) => {
      const result = await db.selectFrom('assessment_results').select('id').executeTakeFirstOrThrow()
      const grades = { table: 'responses', rowId: responseId, organizationId, register: 'grade' } as const
      const [kept_values, lost_values] = [graded(3), graded(0.75)]
      const scores = {
        kept_values: '{"score":3,"overridden_by":null}',
        lost_values: '{"score":0.75,"overridden_by":null}',
      }
      const results = { table: 'assessment_results', rowId: result.id, organizationId, register: 'result' } as const
      return {
        gradeId: await noticed(db, { ...grades, kept_values, lost_values }),
        resultId: await noticed(db, { ...results, ...scores }),
      }
    })
    await admin.identity.signIn({ email, password })
    const shown = await admin.sync.conflicts({ decided: false })
    expect(shown.map(({ id }) => id).sort()).toEqual([conflictId, gradeId].sort())
    expect(resultId).not.toBe(gradeId)
    expect(await admin.sync.state()).toMatchObject({ conflicts: 2 })
    expect(shown.find(({ id }) => id === gradeId)).toMatchObject({
      place: { kind: 'attempt', id: attemptId, title: 'Numbers' },
      kept: { values: { points_earned: 3, comment: 'Well said.' } },
      lost: { values: { points_earned: 0.75, comment: 'Too short.' } },
      needsPerson: true,
    })

    const standing = async () => {
      const { score, state, answers } = await admin.results.attempt({ attemptId })
      return { score, state, points: answers[0]?.points, comment: answers[0]?.comment }
    }
    await admin.sync.decide({ id: gradeId, decision: 'taken' })
    expect(await standing()).toEqual({ score: 0.75, state: 'graded', points: 0.75, comment: 'Too short.' })
    await admin.sync.undoDecision({ id: gradeId })
    expect(await standing()).toEqual({ score: 3, state: 'graded', points: 3, comment: 'Well said.' })
    await admin.sync.decide({ id: gradeId, decision: 'kept' })
    expect(await standing()).toEqual({ score: 3, state: 'graded', points: 3, comment: 'Well said.' })
    const marks = await app.withDatabase((db) => db.selectFrom('marks').select('rubric').orderBy('id').execute())
    expect(marks.map((mark) => mark.rubric)).toEqual([{ a: 'b' }, null, { a: 'b' }, null, null])
  })
})

describe('the delivery ledger', () => {
  it('says where a record is safe, and nothing where there is no centre', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const { id } = await admin.beneficiaries.create({ name: 'Alone' })
    expect(await admin.sync.ledger({ kind: 'beneficiaries', id })).toBeNull()
    await app.withDatabase(async (db) =>
      connect(db, (await db.selectFrom('organizations').select('id').executeTakeFirstOrThrow()).id),
    )
    expect(await admin.sync.ledger({ kind: 'beneficiaries', id })).toMatchObject({ isAtCentre: true })
    const { updatedAt, ...person } = await admin.beneficiaries.get({ id })
    await admin.beneficiaries.update({ ...person, id, name: 'Changed', updatedAt })
    expect(await admin.sync.ledger({ kind: 'beneficiaries', id })).toMatchObject({ isAtCentre: false })
    expect((await admin.sync.state()).queued).toBeGreaterThan(0)
  })

  it('counts all that is theirs as a part of a person, and says where the centre has not taken some of it', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const [one, other] = [
      await admin.beneficiaries.create({ name: 'Amina' }),
      await admin.beneficiaries.create({ name: 'Somebody else' }),
    ]
    await app.withDatabase(async (db) =>
      connect(db, (await db.selectFrom('organizations').select('id').executeTakeFirstOrThrow()).id),
    )
    const safety = ({ id }: { id: number }) => admin.sync.ledger({ kind: 'beneficiaries', id })
    const { id } = await admin.goals.create({ beneficiaryId: one.id, title: 'Reads a map' })
    expect(await safety(one)).toMatchObject({ isAtCentre: false, isRefused: false })
    expect(await safety(other)).toMatchObject({ isAtCentre: true, isRefused: false })

    await app.withDatabase((db) => acknowledged(db))
    expect(await safety(one)).toMatchObject({ isAtCentre: true, isRefused: false })
    await app.withDatabase((db) => acknowledged(db, { table: 'goals', id }))
    expect(await safety(one)).toMatchObject({ isAtCentre: false, isRefused: true })
    expect(await safety(other)).toMatchObject({ isAtCentre: true, isRefused: false })
    const [goal] = await admin.goals.list({ beneficiaryId: one.id })
    await admin.goals.setStatus({ id, updatedAt: goal?.updatedAt ?? '', status: 'reached' })
    expect(await safety(one)).toMatchObject({ isAtCentre: false, isRefused: false })
  })
})

describe('accounts of the staff', () => {
  it('are left as they are on the laptop of a trainer but for its own password, and at a kiosk', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const trainer = await testTrainer(app, admin)
    const userId = (await admin.identity.listUsers()).find(({ name }) => name === 'Tom Trainer')?.id ?? 0
    await app.withDatabase(async (db) => {
      const { id } = await db.selectFrom('organizations').select('id').executeTakeFirstOrThrow()
      await connect(db, id, { scope: 'trainer', trainer_id: userId })
    })
    const colleague = {
      name: 'New',
      email: 'new@centre.example',
      role: 'trainer',
      password: 'a longer sentence',
    } as const
    const next = 'another long sentence'
    for (const change of [
      () => admin.identity.createUser(colleague),
      () => admin.identity.setUserRole({ id: userId, role: 'admin' }),
      () => admin.identity.setUserActive({ id: userId, isActive: false }),
      () => admin.identity.changePassword({ current: password, next }),
    ])
      expect(await refusalKey(change())).toBe('sync.accountElsewhere')
    await trainer.identity.changePassword({ current: password, next })
    await app.withDatabase((db) => db.updateTable('sync_state').set({ scope: 'kiosk', trainer_id: null }).execute())
    const again = trainer.identity.changePassword({ current: next, next: password })
    expect(await refusalKey(again)).toBe('sync.accountElsewhere')
  })
})

describe('joining a centre', () => {
  it('asks for the own password, a whole invitation, and a centre that answers', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const text = 'https://127.0.0.1:9/#/sync?code=00000000000000000'
    const join = { invitation: text, machine: 'Laptop', password }
    expect(await refusalKey(admin.sync.enrol({ ...join, password: 'wrong' }))).toBe('identity.wrongPassword')
    const cut = admin.sync.enrol({ ...join, invitation: text.slice(0, -2) })
    expect(await refusalKey(cut)).toBe('sync.notAnInvitation')
    expect(await refusalKey(admin.sync.enrol(join))).toBe('sync.unreachable')
    expect(await admin.sync.state()).toMatchObject({ connection: null })
  })

  it('is refused where there are several organizations, in the practice centre, and to a stranger', async () => {
    await using app = await testApp()
    const join = { invitation: 'https://127.0.0.1:9/#/sync?code=00000000000000000', machine: 'Laptop' }
    const trainer = app.visitor()
    await trainer.setup.openPractice()
    expect(await refusalKey(trainer.sync.join(join))).toBe('door.forbidden')
    expect(await refusalKey(app.visitor().sync.join(join))).toBe('setup.alreadyDone')
    expect(await refusalKey(app.visitor().sync.enrol({ ...join, password }))).toBe('door.signInFirst')
    await trainer.setup.removePractice()
    const { admin } = await testCentre(app)
    await secondCentre(app)
    const several = admin.sync.enrol({ ...join, password })
    expect(await refusalKey(several)).toBe('sync.severalOrganizations')
  })
})

describe('leaving a centre', () => {
  it('asks for the own password, and leaves everything but the connection', async () => {
    await using app = await testApp()
    const { admin, beneficiaryId } = await world(app)
    expect(await refusalKey(admin.sync.leave({ password: 'wrong' }))).toBe('identity.wrongPassword')
    await admin.sync.leave({ password })
    await app.restart()
    expect(await admin.sync.state()).toMatchObject({ connection: null })
    expect(await nameOf(admin, beneficiaryId)).toBe('Amina Haddad')
  })
})

describe('the way to the centre', () => {
  const access = 'postgres://bdc_site_1:secret@127.0.0.1:9/bdc'
  /** As an invitation leaves it behind whose way into PostgreSQL did not answer. */
  const offerAt = (app: TestApp, offer_problem: string) =>
    app.withDatabase((db) =>
      db.updateTable('sync_way').set({ offer: access, offer_host: '127.0.0.1', offer_problem }).execute(),
    )

  it('is the super administrator’s to choose, by an access that can be read and that answers', async () => {
    await using app = await testApp()
    const { admin } = await world(app)
    const trainer = await testTrainer(app, admin)
    expect(await refusalKey(trainer.sync.way())).toBe('door.forbidden')
    expect(await refusalKey(trainer.sync.checkDirect({ access, authority: null }))).toBe('door.forbidden')
    for (const unreadable of [
      'nothing',
      'https://centre.example',
      'postgres://somebody:x@centre.example/bdc',
      'postgres://bdc_site_1@centre.example/bdc',
      'postgres://bdc_site_1:%zz@centre.example/bdc',
    ])
      expect(await refusalKey(admin.sync.checkDirect({ access: unreadable, authority: null }))).toBe(
        'sync.accessUnreadable',
      )
    expect(await refusalKey(admin.sync.checkDirect({ access, authority: 'no certificate' }))).toBe(
      'sync.authorityUnreadable',
    )
    expect(await refusalKey(admin.sync.checkDirect({ access, authority: null }))).toBe('sync.accessAway')
    expect(await refusalKey(admin.sync.useDirect({ access, authority: null, password: 'wrong' }))).toBe(
      'identity.wrongPassword',
    )
    expect(await refusalKey(admin.sync.useDirect({ access, authority: null, password }))).toBe('sync.accessAway')
    expect(await admin.sync.way()).toEqual({ gateway: 'https://127.0.0.1:9', direct: null, offer: null })
  })

  it('says which way was offered and why it was not taken, until another one is chosen', async () => {
    await using app = await testApp()
    const { admin } = await world(app)
    await offerAt(app, 'sync.accessAway')
    const offer = { host: '127.0.0.1', problem: 'sync.accessAway' }
    const told = await admin.sync.way()
    expect(told).toMatchObject({ direct: null, offer })
    expect(JSON.stringify(told)).not.toContain('secret')
    await admin.sync.useGateway()
    expect(await admin.sync.way()).toMatchObject({ direct: null, offer: null })
    const rows = await app.withDatabase((db) => db.selectFrom('sync_way').selectAll().execute())
    expect(JSON.stringify(rows)).not.toContain('secret')
  })

  it('keeps what was offered, with why it does not answer now, when it is tried again in vain', async () => {
    await using app = await testApp()
    const { admin } = await world(app)
    const trainer = await testTrainer(app, admin)
    expect(await refusalKey(admin.sync.retryOffer())).toBe('sync.noOffer')
    await offerAt(app, 'sync.accessNotTrusted')
    expect(await refusalKey(trainer.sync.retryOffer())).toBe('door.forbidden')
    expect(await refusalKey(admin.sync.retryOffer())).toBe('sync.accessAway')
    const offer = { host: '127.0.0.1', problem: 'sync.accessAway' }
    expect(await admin.sync.way()).toMatchObject({ direct: null, offer })
    expect(await refusalKey(admin.sync.retryOffer())).toBe('sync.accessAway')
    await app.withDatabase((db) => db.deleteFrom('sync_state').execute())
    expect(await refusalKey(admin.sync.retryOffer())).toBe('sync.noOffer')
  })

  it('is told without its password, and given up again', async () => {
    await using app = await testApp()
    const { admin } = await world(app)
    await app.withDatabase((db) =>
      db.updateTable('sync_way').set({ direct: access, direct_authority: 'PEM' }).execute(),
    )
    const told = await admin.sync.way()
    expect(told?.direct).toEqual({ host: '127.0.0.1:9', database: 'bdc', hasAuthority: true })
    expect(JSON.stringify([told, await admin.sync.state()])).not.toContain('secret')
    await admin.sync.useGateway()
    expect(await admin.sync.way()).toEqual({ gateway: 'https://127.0.0.1:9', direct: null, offer: null })
    const { rows } = await app.withDatabase(async (db) => ({
      rows: await db.selectFrom('sync_way').selectAll().execute(),
    }))
    expect(JSON.stringify(rows)).not.toContain('secret')
  })
})

describe('two files with one address', () => {
  /** The centre has found that a second account was made with the address of the first, and has given it another. */
  async function twice(app: TestApp) {
    const { admin, organizationId, beneficiaryId } = await world(app, {
      decided_at: '2026-11-26T10:00:00.000Z',
      decision: 'kept',
    })
    const person = await admin.beneficiaries.get({ id: beneficiaryId })
    const known = { dateOfBirth: '2001-05-02', number: 'A-1', city: 'Marseille' }
    await admin.beneficiaries.update({ ...person, ...known, email: 'amina@example.org' })
    const { id: secondId } = await admin.beneficiaries.create({ name: 'Amina Hadad' })
    const conflictId = await app.withDatabase(async (db) => {
      const { user_id } = await db
        .selectFrom('beneficiaries')
        .select('user_id')
        .where('id', '=', secondId)
        .executeTakeFirstOrThrow()
      await db.updateTable('users').set({ email: 'dup-1.amina@example.org' }).where('id', '=', user_id).execute()
      const values = {
        kept_values: '{"email":"dup-1.amina@example.org"}',
        lost_values: '{"email":"amina@example.org"}',
      }
      return noticed(db, {
        table: 'users',
        rowId: user_id ?? 0,
        organizationId,
        kind: 'sameName',
        register: 'email',
        ...values,
      })
    })
    const version = async (id: number) => ({ id, updatedAt: (await admin.beneficiaries.get({ id })).updatedAt })
    const asked = async (decided: boolean) =>
      (await admin.sync.conflicts({ decided })).filter(({ kind }) => kind === 'sameName')
    return { admin, beneficiaryId, secondId, conflictId, version, asked }
  }

  it('are settled by putting them together, and a question again when they are taken apart', async () => {
    await using app = await testApp()
    const { admin, beneficiaryId, secondId, conflictId, version, asked } = await twice(app)
    const { site } = (await admin.sync.state()).connection ?? {}
    expect(await asked(false)).toMatchObject([
      {
        files: {
          first: {
            id: beneficiaryId,
            name: 'Amina Haddad',
            dateOfBirth: '2001-05-02',
            number: 'A-1',
            city: 'Marseille',
          },
          second: { id: secondId, name: 'Amina Hadad', dateOfBirth: null, trainerName: null, site, machine: null },
        },
      },
    ])
    await admin.merges.merge({ kept: await version(beneficiaryId), merged: await version(secondId) })
    expect(await asked(false)).toEqual([])
    expect(await asked(true)).toMatchObject([{ decision: { what: 'merged', byName: 'Ada Admin', canUndo: false } }])
    expect(await refusalKey(admin.sync.undoDecision({ id: conflictId }))).toBe('sync.undoMerge')
    await admin.merges.undo({ id: secondId })
    expect(await asked(false)).toMatchObject([{ id: conflictId, decision: null }])
  })

  it('stay two people when somebody says so, and what else is merged does not decide about them', async () => {
    await using app = await testApp()
    const { admin, beneficiaryId, secondId, conflictId, version, asked } = await twice(app)
    const { id: thirdId } = await admin.beneficiaries.create({ name: 'Somebody else' })
    await admin.merges.merge({ kept: await version(beneficiaryId), merged: await version(thirdId) })
    expect(await asked(false)).toHaveLength(1)
    await admin.sync.decide({ id: conflictId, decision: 'kept' })
    expect(await asked(true)).toMatchObject([{ decision: { what: 'kept' }, files: { second: { id: secondId } } }])
    expect(await admin.beneficiaries.get({ id: secondId })).toMatchObject({ name: 'Amina Hadad' })
  })
})
