import { expect, it } from 'vitest'
import { type Entry, longestEntry } from '../../shared/contract/unsaved.ts'
import { testApp } from '../support/app.ts'
import { password, testCentre, testTrainer } from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { refusalKey } from '../support/refusal.ts'

const form = 'person.new'
const day = 86_400_000

it('is kept for whoever typed it and nobody else, until it is saved or given up', async () => {
  await using app = await testApp({ clock: testClock() })
  const { admin } = await testCentre(app)
  const tom = await testTrainer(app, admin)
  expect(await tom.unsaved.read({ form })).toBeNull()
  await tom.unsaved.keep({ form, entry: { name: 'Lina' } })
  await tom.unsaved.keep({ form, entry: { name: 'Lina L', own: { bus: '12' } } })
  expect(await tom.unsaved.read({ form })).toEqual({
    entry: { name: 'Lina L', own: { bus: '12' } },
    keptAt: '2026-03-01T09:00:00.000Z',
  })
  expect(await admin.unsaved.read({ form })).toBeNull()
  await admin.unsaved.forget({ form })
  expect(await tom.unsaved.read({ form: 'person.7' })).toBeNull()
  expect((await tom.unsaved.read({ form }))?.entry).toMatchObject({ name: 'Lina L' })
  await tom.unsaved.forget({ form })
  expect(await tom.unsaved.read({ form })).toBeNull()
})

it('is refused when it is longer than any form, or of no form, and changes nothing', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  await admin.unsaved.keep({ form, entry: { name: 'Lina' } })
  const inputs: { form: string; entry: Entry }[] = [
    { form, entry: { name: 'x'.repeat(longestEntry) } },
    { form: 'person', entry: {} },
    { form: `person.${'1'.repeat(60)}`, entry: {} },
  ]
  for (const input of inputs) expect(await refusalKey(admin.unsaved.keep(input))).toBe('door.invalidInput')
  expect((await admin.unsaved.read({ form }))?.entry).toEqual({ name: 'Lina' })
})

it('goes after thirty days, and with the person that it is about', async () => {
  const clock = testClock()
  await using app = await testApp({ clock })
  const { admin, email } = await testCentre(app)
  const { id } = await admin.beneficiaries.create({ name: 'Lina Learner' })
  await admin.unsaved.keep({ form: 'appointment.new', entry: { title: 'Old' } })
  clock.pass(31 * day)
  await admin.identity.signIn({ email, password })
  await admin.unsaved.keep({ form: `person.${id}`, entry: { notes: 'Canary' } })
  await admin.unsaved.keep({ form, entry: { name: 'Somebody else' } })
  await admin.privacy.erase({ person: { beneficiaryId: id }, name: 'Lina Learner' })
  const left = await app.withDatabase((db) => db.selectFrom('unsaved_entries').select('form').execute())
  expect(left).toEqual([{ form }])
})
