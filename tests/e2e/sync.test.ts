import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest'
import { essay, password, publishedAssessment } from '../support/centre.ts'
import { type DemoCentre, demoCentre } from '../support/demo-centre.ts'
import { addDocument, contentOf, noise } from '../support/documents.ts'
import { clientAt, type HttpClient } from '../support/host.ts'
import { barriersOn } from './barriers.ts'
import { clientOf } from './practice.ts'
import { type Program, startProgram } from './program.ts'
import { type Look, newProfile, openScreen, type Screen, sharedBrowser } from './screen.ts'

const email = 'ada@example.org'
const folder = mkdtempSync(join(tmpdir(), 'bdc-sync-'))

interface Device {
  program: Program
  client: HttpClient
  screen: Screen
}

let centre: DemoCentre
let browser: Browser
let office: Device
let laptop: Device

async function device(name: string): Promise<Device> {
  const program = await startProgram(join(folder, name))
  const screen = await openScreen(await newProfile(browser))
  // A round, a move of all rows and a start of the program each take their time on a busy machine.
  screen.page.setDefaultTimeout(60_000)
  return { program, client: clientAt(program.url), screen }
}

beforeAll(async () => {
  ;[centre, browser] = await Promise.all([demoCentre(), sharedBrowser()])
  office = await device('office')
  laptop = await device('laptop')
})
afterAll(async () => {
  await office?.program[Symbol.asyncDispose]()
  await laptop?.program[Symbol.asyncDispose]()
  await Promise.all([office, laptop].map((device) => device?.screen.page.context().close()))
  await centre?.[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

async function until<T>(what: string, look: () => Promise<T | false | undefined>): Promise<T> {
  for (let tries = 0; tries < 120; tries += 1) {
    const found = await look().catch(() => undefined)
    if (found) return found
    await pause(250)
  }
  throw new Error(`It did not come to this: ${what}.`)
}

/** Both have what the other one had before. */
async function agree() {
  for (const { client } of [office, laptop, office, laptop]) {
    const before = (await client.sync.state()).lastSuccessAt
    await client.sync.now()
    await until('a round', async () => {
      const { lastSuccessAt, running } = await client.sync.state()
      return running === null && lastSuccessAt !== before
    })
  }
}

async function visit({ screen: { page, settled }, program }: Device, address: string) {
  await page.goto(`${program.url}/#${address}`)
  await page.reload()
  await page.locator('h1').first().waitFor()
  await settled()
}

async function signInOnScreen({ screen: { page } }: Device) {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { name: 'Today', exact: true }).waitFor()
}

const peopleOf = async ({ client }: Device) => (await client.beneficiaries.list({})).rows.map(({ name }) => name).sort()

it('connects a computer that worked alone, and keeps everything that was there', { timeout: 240_000 }, async () => {
  const { page, picture, explain } = office.screen
  onTestFailed(() => explain('sync-failed'))
  const { client } = office
  await client.setup.createCentre({ organizationName: 'Al-Amal', adminName: 'Ada Admin', email, password })
  await client.beneficiaries.registerMany({ names: ['Amina Haddad', 'Jean Ngandu', 'Zoé Mbala'] })
  await page.goto(office.program.url)
  await signInOnScreen(office)
  expect(await page.getByRole('button', { name: /sync/i }).count(), 'nothing of sync beside the account').toBe(0)

  await visit(office, '/sync')
  await picture('sync-alone')
  await page.getByLabel('Text of the invitation').fill('https://example.org/')
  await page.getByLabel('Name of this computer').fill('DESKTOP-34')
  await page.getByLabel('Your own password').fill(password)
  await page.getByRole('button', { name: 'Back up and connect' }).click()
  await page.getByRole('alert').filter({ hasText: 'not an invitation' }).waitFor()
  await page.getByLabel('Text of the invitation').fill(centre.invitation)
  await page.getByRole('button', { name: 'Back up and connect' }).click()
  await page.getByRole('button', { name: 'In sync' }).waitFor()
  await picture('sync-connected')
  await page.getByRole('button', { name: 'In sync' }).click()
  await page.getByRole('dialog').getByText('Everything that was saved here is at the centre too.').waitFor()
  await picture('sync-sentence')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Rename…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Rename this computer' })
  await dialog.getByLabel('Name of this computer').fill('  ')
  await dialog.getByRole('button', { name: 'Rename' }).click()
  await dialog.getByText('Give this computer a name.').waitFor()
  await dialog.getByLabel('Name of this computer').fill('Front office')
  await picture('sync-rename')
  expect(await barriersOn(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Rename' }).click()
  await page.getByText('Renamed. The other computers show the new name after their next exchange.').waitFor()
  await page.getByText('Front office', { exact: true }).waitFor()
  await picture('sync-renamed')

  expect(await peopleOf(office)).toEqual(['Amina Haddad', 'Jean Ngandu', 'Zoé Mbala'])
  expect(await client.identity.me()).toMatchObject({ user: { name: 'Ada Admin' } })
  await client.sync.now()
  const device = await until('up to date', async () => (await centre.devices()).find(({ behind }) => behind === 0))
  expect(device).toMatchObject({ machine: 'Front office', revokedAt: null })
  const again = office.client.sync.enrol({ invitation: centre.invitation, machine: 'Twice', password })
  await expect(again).rejects.toMatchObject({ data: { key: 'sync.alreadyEnrolled' } })
  expect(office.screen.troubles).toEqual([])
})

it('lets an empty computer join, and everybody signs in there with their own account', {
  timeout: 240_000,
}, async () => {
  const { page, picture, explain } = laptop.screen
  onTestFailed(() => explain('sync-failed'))
  await page.goto(laptop.program.url)
  await page.getByText('Join a centre').click()
  await page.getByLabel('Text of the invitation').fill(centre.invitation)
  await page.getByLabel('Name of this computer').fill('Field laptop')
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  await page.getByRole('alert').filter({ hasText: 'does not take this invitation' }).waitFor()
  await picture('sync-join-refused')
  await page.getByLabel('Text of the invitation').fill(await centre.invite())
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  await signInOnScreen(laptop)
  await visit(laptop, '/beneficiaries')
  await page.getByText('Zoé Mbala').waitFor()
  await laptop.client.identity.signIn({ email, password })
  expect(await peopleOf(laptop)).toEqual(['Amina Haddad', 'Jean Ngandu', 'Zoé Mbala'])
  // Whoever runs the centre calls it otherwise; it hears of it, and so does the other one.
  await centre.rename((await laptop.client.sync.state()).connection?.site ?? 0, 'حاسوب الميدان')
  await agree()
  expect(await laptop.client.sync.state()).toMatchObject({ connection: { machine: 'حاسوب الميدان' } })
  expect(laptop.screen.troubles).toEqual([])
})

/** An essay that somebody has handed in at the kiosk of a computer. */
async function handIn({ program, client }: Device, name: string) {
  const { id: assessmentId, questionIds } = await publishedAssessment(client, [essay], { title: 'Letters' })
  const kiosk = clientAt(program.url)
  await kiosk.identity.signIn({ email, password })
  await kiosk.identity.openKiosk()
  const found = (await client.beneficiaries.list({ search: name })).rows[0]
  await kiosk.delivery.sitDown({ beneficiaryId: found?.id ?? 0 })
  const { attemptId } = await kiosk.delivery.begin({ assessmentId })
  await kiosk.delivery.saveAnswer({ attemptId, questionId: questionIds[0] ?? 0, answer: 'Dear Sir,', edit: 1 })
  await kiosk.delivery.handIn({ attemptId })
}

it('brings a person and an essay from one computer to the other', { timeout: 120_000 }, async () => {
  await laptop.client.beneficiaries.create({ name: 'Bashir of the field' })
  await handIn(office, 'jean')
  await agree()
  await visit(office, '/beneficiaries')
  await office.screen.page.getByText('Bashir of the field').click()
  await office.screen.page.getByText('Safe here and at the centre').waitFor()
  await office.screen.picture('sync-safe')
  expect(await peopleOf(laptop)).toEqual(await peopleOf(office))
})

it('brings the file of a document to the other computer, behind the document itself', {
  timeout: 120_000,
}, async () => {
  const file = noise(700_000)
  const { id } = await addDocument(office.client, file, { filename: 'Attestation · شهادة.bin' })
  await agree()
  await until('the file', async () => (await laptop.client.sync.content({ id }))?.isHere)
  expect((await contentOf(laptop.client, id)).equals(file)).toBe(true)
  await visit(laptop, `/documents/${id}`)
  await laptop.screen.page.getByText('Safe here and at the centre').waitFor()
  await laptop.screen.picture('sync-document')
  expect((await office.client.sync.state()).contents.toSend.count).toBe(0)
})

/** The conflict desk as somebody else finds it there. */
async function lookAtDesk(look: Look) {
  const profile = await newProfile(browser, look)
  const screen = await openScreen(profile)
  await clientOf(profile, office.program.url).identity.signIn({ email, password })
  await screen.page.goto(`${office.program.url}/#/sync/conflicts`)
  await screen.page.getByText('حاسوب الميدان').first().waitFor()
  await screen.settled()
  await screen.picture(`sync-conflict-${Object.values(look).join('-')}`)
  expect(await barriersOn(screen.page)).toEqual([])
  await profile.close()
}

it('asks a person when both wrote the same while the centre was away, and both agree afterwards', {
  timeout: 240_000,
}, async () => {
  const { page, picture, explain } = office.screen
  onTestFailed(() => explain('sync-failed'))
  await centre.stop()
  const rename = async ({ client }: Device, name: string) => {
    const found = (await client.beneficiaries.list({ search: 'amina' })).rows[0]
    const { updatedAt, ...person } = await client.beneficiaries.get({ id: found?.id ?? 0 })
    await client.beneficiaries.update({ ...person, name, updatedAt })
  }
  await rename(office, 'Amina Haddad Ngandu')
  await rename(laptop, 'Amina El Haddad')
  const { attemptId } = (await office.client.results.list({})).rows[0] ?? { attemptId: 0 }
  const gradeOf = async ({ client }: Device) => {
    const { score, answers } = await client.results.attempt({ attemptId })
    return { score, points: answers[0]?.points, comment: answers[0]?.comment }
  }
  for (const [device, points] of [[office, 1] as const, [laptop, 3] as const]) {
    const responseId = (await device.client.results.attempt({ attemptId })).answers[0]?.responseId ?? 0
    await device.client.results.grade({ responseId, points, comment: `Worth ${points}.` })
  }
  await office.client.sync.now()
  await visit(office, '/sync')
  await page.getByRole('button', { name: /Not reachable, \d+ wait/ }).waitFor()
  await picture('sync-away')
  await centre.start()
  await agree()

  const [conflict, grade] = await office.client.sync.conflicts({ decided: false })
  expect(grade).toMatchObject({ table: 'responses', register: 'grade', name: 'Jean Ngandu', needsPerson: true })
  const [counted, other] = [Number(grade?.kept.values['points_earned']), Number(grade?.lost.values['points_earned'])]
  expect(await gradeOf(office)).toEqual({ score: counted, points: counted, comment: `Worth ${counted}.` })
  expect(await gradeOf(laptop)).toEqual(await gradeOf(office))
  expect(conflict).toMatchObject({ kind: 'concurrentEdit', name: conflict?.kept.values.name, decision: null })
  const lost = String(conflict?.lost.values.name)
  await visit(office, '/sync/conflicts')
  await page.getByText(lost).waitFor()
  await page.getByText('on “\u2068حاسوب الميدان\u2069”').first().waitFor()
  await picture('sync-conflict')
  for (const look of [{ language: 'ar' }, { language: 'ar', width: 390, height: 844, dark: true }])
    await lookAtDesk(look)
  await page.getByRole('button', { name: `Take the other: Person: ${conflict?.name}` }).click()
  await page.getByRole('link', { name: 'Read the answers: Mark: Jean Ngandu' }).click()
  await page.getByText('Dear Sir,').waitFor()
  await page.goBack()
  await page.getByRole('button', { name: 'Take the other: Mark: Jean Ngandu' }).click()
  await page.getByRole('heading', { name: 'Nothing to decide' }).waitFor()
  expect(await gradeOf(office)).toEqual({ score: other, points: other, comment: `Worth ${other}.` })
  await page.getByText('Decided', { exact: true }).click()
  await page.getByRole('button', { name: 'Undo the decision: Mark: Jean Ngandu' }).click()
  await page.getByText('The decision is undone.').waitFor()
  await page.getByText('To decide', { exact: true }).last().click()
  await page.getByRole('button', { name: 'Keep: Mark: Jean Ngandu' }).click()
  await page.getByRole('heading', { name: 'Nothing to decide' }).waitFor()
  await agree()
  for (const device of [office, laptop])
    expect(await gradeOf(device)).toEqual({ score: counted, points: counted, comment: `Worth ${counted}.` })
  expect(await peopleOf(office)).toContain(lost)
  expect(await peopleOf(laptop)).toEqual(await peopleOf(office))
  expect(await laptop.client.sync.conflicts({ decided: true })).toMatchObject([
    { table: 'responses', decision: { what: 'kept' } },
    { table: 'users', decision: { what: 'taken' } },
  ])
  expect(await laptop.client.sync.conflicts({ decided: false })).toEqual([])
})

it('locks a computer that was shut out, as soon as it is in touch and at every start', {
  timeout: 240_000,
}, async () => {
  const { page, picture, explain } = laptop.screen
  onTestFailed(() => explain('sync-failed'))
  const site = (await laptop.client.sync.state()).connection?.site ?? 0
  await centre.revoke(site)
  for (const { client } of [office, laptop]) await client.beneficiaries.create({ name: 'Unsent of the field' })
  await laptop.client.sync.now()
  await until('locked', async () => {
    await page.goto(laptop.program.url)
    return page.getByText('The centre has shut this computer out').isVisible()
  })
  await picture('sync-shut-out')
  await laptop.program[Symbol.asyncDispose]()
  laptop.program = await startProgram(join(folder, 'laptop'))
  await page.goto(laptop.program.url)
  await page.getByText('The centre has shut this computer out').waitFor()
  expect(await centre.devices()).toMatchObject([{ revokedAt: null }, { revokedAt: expect.any(String) }])
  expect(await peopleOf(office), 'the others go on').toContain('Bashir of the field')

  // A mistake: nobody has a passphrase or a code, and what was not sent is still there.
  await centre.readmit(site)
  await laptop.program[Symbol.asyncDispose]()
  laptop.program = await startProgram(join(folder, 'laptop'))
  await page.goto(laptop.program.url)
  await page.getByRole('heading', { name: 'Today', exact: true }).waitFor()
  expect(await centre.devices()).toMatchObject([{ revokedAt: null }, { revokedAt: null }])
  await until('what was not sent', async () => {
    await office.client.sync.now()
    return (await peopleOf(office)).filter((name) => name === 'Unsent of the field').length === 2
  })
  await visit(office, '/today')
  await office.screen.page.getByRole('link', { name: '1 person may be written down twice, on two computers' }).click()
  await office.screen.page.getByText('the name sounds the same · on two computers').waitFor()
  await visit(office, '/sync/conflicts')
  await office.screen.page.getByRole('heading', { name: 'One person or two?' }).waitFor()
  await office.screen.picture('sync-one-or-two')
})
