import { expect, it } from 'vitest'
import { attemptById } from '../../../main/domains/delivery/queries.ts'
import { settle } from '../../../main/domains/results/settle.ts'
import { fillGenerated } from '../../../main/domains/setup/fill.ts'
import { generatedPerson } from '../../../main/domains/setup/generated/people.ts'
import { type TestApp, testApp } from '../../support/app.ts'
import { testCentre, testTrainer } from '../../support/centre.ts'

const now = '2026-11-23T10:00:00.000Z'
const size = { people: 600, responses: 3000, seed: 1 }

function fill(app: TestApp, filling: Partial<typeof size> = {}) {
  return app.withDatabase(async (db) => {
    const { id } = await db.selectFrom('organizations').select('id').executeTakeFirstOrThrow()
    return fillGenerated(db, id, { ...size, ...filling }, now)
  })
}

it('adds the people and at least the answers it is asked for', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  await testTrainer(app, admin)

  const filled = await fill(app)

  expect(filled).toMatchObject({ people: 600, assessments: 1 })
  expect(filled.responses).toBeGreaterThanOrEqual(3000)
  expect(await admin.beneficiaries.list({ limit: 1 })).toMatchObject({ total: 600 })
  const { name } = generatedPerson(599, { seed: 1, today: '2026-11-23' })
  const { rows } = await admin.beneficiaries.list({ search: name })
  expect(rows.map((person) => person.name)).toContain(name)
  const written = await app.withDatabase((db) =>
    db
      .selectFrom('responses')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow(),
  )
  expect(written.count).toBe(filled.responses)
})

it('writes results that marking the answers one by one gives as well', async () => {
  await using app = await testApp()
  await testCentre(app)
  await fill(app, { people: 40, responses: 900 })

  const [before, after] = await app.withDatabase(async (db) => {
    const results = () =>
      db
        .selectFrom('assessment_results')
        .innerJoin('attempts', 'attempts.id', 'assessment_results.attempt_id')
        .select(['attempts.id', 'attempts.state', 'score', 'max_score', 'percentage', 'passed', 'time_taken'])
        .orderBy('attempts.id')
        .execute()
    const first = await results()
    for (const { id, state } of first) {
      const attempt = await attemptById(db, id)
      if (attempt) expect(await settle(db, attempt, now)).toBe(state)
    }
    return [first, await results()]
  })

  expect(before.length).toBeGreaterThan(80)
  expect(after).toEqual(before)
})

it('takes another assessment when everybody has taken the first', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  const { assessments } = await fill(app, { people: 10, responses: 300 })

  expect(assessments).toBeGreaterThan(2)
  expect(await admin.assessments.list({})).toHaveLength(assessments)
})

it('changes nothing when it fails half way', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  const late = Array.from({ length: 50 }, (_, index) => generatedPerson(550 + index, { seed: 1, today: '2026-11-23' }))
  await admin.beneficiaries.create({ name: 'Somebody', email: late.find((person) => person.email)?.email ?? null })

  await expect(fill(app)).rejects.toThrow('UNIQUE constraint failed: users.email')
  expect(await admin.beneficiaries.list({})).toMatchObject({ total: 1 })
})
