import { ORPCError } from '@orpc/client'
import { expect, it } from 'vitest'
import { inputLimit } from '../../main/door.ts'
import { testApp } from '../support/app.ts'
import { publishedAssessment, testCentre } from '../support/centre.ts'
import { refusalKey } from '../support/refusal.ts'

it('knows the size limit of each procedure, and none of what does not exist', () => {
  expect(inputLimit(['beneficiaries', 'create'])).toBe(64 * 1024)
  expect(inputLimit(['delivery', 'saveAnswer'])).toBe(256 * 1024)
  expect(inputLimit(['imports', 'readText'])).toBe(4 * 1024 * 1024)
  for (const path of [
    [],
    ['delivery'],
    ['delivery', 'nothing'],
    ['__proto__', 'toString'],
    ['delivery', 'saveAnswer', 'meta'],
  ]) {
    expect(inputLimit(path)).toBeUndefined()
  }
})

it('names the field of malformed input', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  const create = admin.beneficiaries.create({ name: 'Maria', dateOfBirth: '2026-02-30' })
  await expect(create).rejects.toMatchObject({ data: { key: 'door.invalidInput', params: { field: 'dateOfBirth' } } })
})

it('asks for a session before it looks at anything', async () => {
  await using app = await testApp()
  await testCentre(app)
  expect(await refusalKey(app.visitor().beneficiaries.get({ id: 1 }))).toBe('door.signInFirst')
})

it('logs who did what to which row, and not a word of it when the write was refused', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  const { id } = await admin.beneficiaries.create({ name: 'Maria', email: 'maria@example.org' })
  await refusalKey(admin.beneficiaries.create({ name: 'Twin', email: 'maria@example.org' }))

  const log = await app.withDatabase((db) => db.selectFrom('activity_logs').selectAll().orderBy('id').execute())
  expect(log.map((entry) => entry.action)).toEqual(['setup.createCentre', 'beneficiaries.create'])
  expect(log[1]).toMatchObject({ user_id: 1, organization_id: 1, resource_type: 'beneficiaries', resource_id: id })
})

it('answers a bug with a number and nothing else, and writes it down under that number', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  const { id } = await publishedAssessment(admin)
  await app.withDatabase((db) => db.updateTable('questions').set({ correct_answer: 'CANARY, not JSON' }).execute())

  const error = await admin.assessments.get({ id }).catch((thrown: unknown) => thrown)
  if (!(error instanceof ORPCError)) throw new Error('The call did not fail.')
  expect(error.code).toBe('INTERNAL_SERVER_ERROR')
  expect(Object.keys(error.data)).toEqual(['requestId'])
  expect(JSON.stringify(error)).not.toMatch(/CANARY|main\/|JSON/)

  const logged = await app.withDatabase((db) => db.selectFrom('error_logs').selectAll().execute())
  expect(logged).toMatchObject([
    { request_id: error.data.requestId, severity: 'error', context: { procedure: 'assessments.get' } },
  ])
})
