import { expect, it } from 'vitest'
import { tableNames } from '../../main/database/registry.ts'
import { testApp } from '../support/app.ts'
import { secondCentre, testCentre } from '../support/centre.ts'
import { refusalKey } from '../support/refusal.ts'

it('removes a practice centre with all that is in it, and asks for a new centre after that', async () => {
  await using app = await testApp()
  const trainer = app.visitor()
  await trainer.setup.openPractice()
  expect(await trainer.identity.me()).toMatchObject({ kind: 'user', isPractice: true })
  await trainer.setup.removePractice()

  expect(await trainer.identity.me()).toEqual({ kind: 'nobody' })
  expect(await trainer.setup.status()).toMatchObject({ state: 'empty', isPractice: false })
  const left = await app.withDatabase(async (db) => {
    const rows = await Promise.all(tableNames.map((table) => db.selectFrom(table).select('id').execute()))
    const index = await db.selectFrom('people_index').select('beneficiary_id').execute()
    return [...rows.flat(), ...index]
  })
  expect(left).toEqual([])
})

it('leaves another organization on the same machine alone', async () => {
  await using app = await testApp()
  const trainer = app.visitor()
  await trainer.setup.openPractice()
  const { admin: other } = await secondCentre(app)
  await other.beneficiaries.create({ name: 'Maria' })
  expect(await refusalKey(other.setup.removePractice())).toBe('setup.notPractice')

  await trainer.setup.removePractice()
  expect(await other.beneficiaries.list({})).toMatchObject({ total: 1 })
})

it('never takes a real centre for a practice centre', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  expect(await refusalKey(admin.setup.removePractice())).toBe('setup.notPractice')
})
