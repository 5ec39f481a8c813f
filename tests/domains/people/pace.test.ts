import { expect, it } from 'vitest'
import { fillGenerated } from '../../../main/domains/setup/fill.ts'
import { testApp } from '../../support/app.ts'
import { testCentre } from '../../support/centre.ts'
import { watchTurns } from '../../support/turns.ts'

it('writes a sheet of people without holding the process, however long it is', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  await app.withDatabase(async (db) => {
    const { id } = await db.selectFrom('organizations').select('id').executeTakeFirstOrThrow()
    await fillGenerated(db, id, { people: 2000, responses: 0, seed: 1 }, new Date().toISOString())
  })
  const columns = ['name', 'phone', 'city', 'trainer', 'groups', 'status'].map((field) => ({ field, name: field }))
  // The first one of a program makes the statements ready.
  await admin.beneficiaries.export({ format: 'csv', columns })
  const longestTurn = watchTurns()
  expect((await admin.beneficiaries.export({ format: 'xlsx', columns })).rows).toBe(2000)
  expect(longestTurn()).toBeLessThan(50)
})
