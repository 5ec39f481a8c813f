import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest'
import { type TestApp, testApp } from '../support/app.ts'
import { password, testCentre } from '../support/centre.ts'
import { connect, noticed } from '../support/connected.ts'
import { barriersOn } from './barriers.ts'
import { clientOf } from './practice.ts'
import { openProgram, type Program } from './program.ts'
import { type Look, newProfile, openScreen, sharedBrowser } from './screen.ts'

let app: TestApp
let program: Program
let email: string
let beneficiaryId: number

/** A centre that does not answer has noticed that two computers wrote one name and one phone number. */
beforeAll(async () => {
  app = await testApp()
  const { admin, ...made } = await testCentre(app)
  email = made.email
  await admin.identity.createUser({ name: 'Tom Trainer', email: 'tom@example.org', password, role: 'trainer' })
  await admin.identity.createUser({ name: 'Ben Admin', email: 'ben@example.org', password, role: 'admin' })
  const { id } = await admin.beneficiaries.create({ name: 'Amina Haddad', phone: '+2' })
  beneficiaryId = id
  await app.pause()
  await app.withDatabase(async (db) => {
    const { accountId, organizationId, profileId } = await db
      .selectFrom('beneficiaries')
      .innerJoin('profiles', 'profiles.user_id', 'beneficiaries.user_id')
      .select([
        'profiles.id as profileId',
        'profiles.user_id as accountId',
        'beneficiaries.organization_id as organizationId',
      ])
      .where('beneficiaries.id', '=', id)
      .executeTakeFirstOrThrow()
    await connect(db, organizationId)
    const names = { kept_values: '{"name":"Amina Haddad"}', lost_values: '{"name":"Amina El Haddad"}' }
    await noticed(db, { table: 'users', rowId: accountId ?? 0, organizationId, ...names })
    const phones = { register: 'phone', kept_values: '{"phone":"+2"}', lost_values: '{"phone":"+1"}' }
    await noticed(db, { table: 'profiles', rowId: profileId, organizationId, ...phones })
  })
  program = await openProgram(app.dataDir)
})
afterAll(async () => {
  await program?.[Symbol.asyncDispose]()
  await app?.[Symbol.asyncDispose]()
})

async function screenOf(who: string, look: Look = {}) {
  const profile = await newProfile(await sharedBrowser(), look)
  const client = clientOf(profile, program.url)
  await client.identity.signIn({ email: who, password })
  const screen = await openScreen(profile)
  onTestFailed(() => screen.explain('conflict-desk-failed'))
  await screen.page.goto(`${program.url}/#/sync/conflicts`)
  return { ...screen, client, close: () => profile.close() }
}

it('says beside an open question that the centre is away and how much waits, and alarms nobody who may not decide', async () => {
  const ada = await screenOf(email)
  await ada.page
    .getByRole('button', { name: /Sync needs you.*(Not reachable, \d+ wait|Centre not reachable)/ })
    .waitFor()
  await ada.settled()
  await ada.picture('conflict-desk-mark')
  await ada.close()

  const tom = await screenOf('tom@example.org')
  await tom.page.getByRole('button', { name: /^(Not reachable, \d+ wait|Centre not reachable)/ }).click()
  const dialog = tom.page.getByRole('dialog')
  await dialog.getByText('Some changes wait for an administrator to decide.').waitFor()
  await tom.picture('conflict-desk-mark-of-trainer')
  expect(await barriersOn(tom.page)).toEqual([])
  await tom.close()
})

it('shows what counts by now, and takes the other value over it', async () => {
  const ada = await screenOf(email)
  const { page } = ada
  const card = page.getByRole('listitem').filter({ hasText: 'Contact details: Amina Haddad' })
  await card.getByText('+2').waitFor()
  const { updatedAt, ...person } = await ada.client.beneficiaries.get({ id: beneficiaryId })
  await ada.client.beneficiaries.update({ ...person, phone: '+3', updatedAt })
  await page.reload()
  await card.getByText('+3').waitFor()
  await card.getByText(/^Changed since by \u2068Ada Admin\u2069/).waitFor()
  await ada.settled()
  await ada.picture('conflict-desk-changed-since')
  expect(await barriersOn(page)).toEqual([])
  await card.getByRole('button', { name: 'Take the other: Contact details: Amina Haddad' }).click()
  await page.getByText('Decided.').waitFor()
  expect(await ada.client.beneficiaries.get({ id: beneficiaryId })).toMatchObject({ phone: '+1' })

  const { id = 0 } = (await ada.client.sync.conflicts({ decided: true }))[0] ?? {}
  await ada.client.sync.undoDecision({ id })
  const { updatedAt: later, ...again } = await ada.client.beneficiaries.get({ id: beneficiaryId })
  await ada.client.beneficiaries.update({ ...again, phone: '+1', updatedAt: later })
  await page.reload()
  await card.getByText('The other value counts by now, so nothing is left to decide.').waitFor()
  await ada.picture('conflict-desk-taken-already')
  await card.getByRole('button', { name: 'I have read this' }).click()
  await card.waitFor({ state: 'detached' })
  await ada.close()
})

it('says who was faster and what they chose, until that has been read', async () => {
  const ben = await screenOf('ben@example.org')
  const { page } = ben
  const take = page.getByRole('button', { name: 'Take the other: Person: Amina Haddad' })
  await take.waitFor()
  const ada = await screenOf(email)
  const { id = 0 } = (await ada.client.sync.conflicts({ decided: false }))[0] ?? {}
  await ada.client.sync.decide({ id, decision: 'kept' })
  await take.click()
  const said = page.getByRole('alert').filter({ hasText: 'Ada Admin\u2069 has decided this meanwhile' })
  await said.getByText('kept Name: \u2068Amina Haddad\u2069. Your choice does not count.').waitFor()
  await take.waitFor({ state: 'detached' })
  await ben.picture('conflict-desk-too-late')
  expect(await barriersOn(page)).toEqual([])
  await said.getByRole('button', { name: 'Close' }).click()
  await said.waitFor({ state: 'detached' })
  await ada.close()
  await ben.close()
})
