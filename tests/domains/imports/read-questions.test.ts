import { expect, it } from 'vitest'
import { testApp } from '../../support/app.ts'
import { testCentre } from '../../support/centre.ts'
import { refusalKey } from '../../support/refusal.ts'
import { giftFixture } from './gift-fixture.ts'

it('reads question files for staff only', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  await admin.identity.openKiosk()

  expect(await refusalKey(admin.imports.readText({ text: 'One {T}' }))).toBe('door.forbidden')
  expect(await refusalKey(app.visitor().imports.readText({ text: 'One {T}' }))).toBe('door.signInFirst')
})

it('gives questions that an assessment takes and keeps as they are', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  const { id } = await admin.assessments.create({ title: 'Entrance week', type: 'diagnostic' })

  const file = await admin.imports.readText({ text: giftFixture('workshop-safety') })
  const questions = file.questions.map(({ question }) => question)
  await admin.assessments.addQuestions({ id, questions })
  await admin.assessments.publish({ id })

  const stored = await admin.assessments.get({ id })
  expect(stored.questions.map(({ question }) => question)).toEqual(questions)
  expect(stored.questions).toHaveLength(26)
})
