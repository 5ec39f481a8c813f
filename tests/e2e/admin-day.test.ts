import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it, onTestFailed } from 'vitest'
import { runCli } from '../support/cli.ts'
import { newProfile, openScreen, type Screen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage()
const admin = { email: 'ada@example.org', password: 'correct horse' }
const tom = { name: 'Tom Trainer', email: 'tom@example.org', password: 'seven green boats' }
const tess = { name: 'Tess Trainer', email: 'tess@example.org', password: 'nine blue kites' }
const learners = Array.from({ length: 20 }, (_, index) => `Learner ${String.fromCharCode(65 + index)} Haddad`)
const erased = 'Learner C Haddad'

/** Somebody at a place of their own, in a browser that says what it is. */
async function sitDown(userAgent?: string): Promise<Screen> {
  const profile = userAgent
    ? await stage.browser.newContext({ userAgent, locale: 'en-GB', viewport: { width: 1280, height: 720 } })
    : await newProfile(stage.browser)
  const screen = await openScreen(profile)
  onTestFailed(() => screen.explain('admin-day-failed'))
  await screen.page.goto(stage.program.url)
  await screen.page.locator('h1').first().waitFor()
  return screen
}

async function signIn(page: Page, entry: { email: string; password: string }) {
  await page.getByLabel('E-mail address').fill(entry.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(entry.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { name: 'Today', exact: true }).waitFor()
}

async function setUp({ page, picture }: Screen) {
  await page.getByText('Set up your centre').click()
  await page.getByLabel('Name of the centre').fill('Atelier Nord')
  await page.getByLabel('Your name').fill('Ada Admin')
  await page.getByLabel('Your e-mail address').fill(admin.email)
  await page.getByLabel('Your password', { exact: true }).fill(admin.password)
  await page.getByRole('button', { name: 'Set up the centre' }).click()
  await page.getByRole('heading', { name: 'How to begin' }).waitFor()
  await picture('admin-day-1-centre')
}

async function addTrainers({ page, picture }: Screen) {
  await page.getByRole('link', { name: 'Team' }).click()
  for (const { name, email, password } of [tom, tess]) {
    await page.getByRole('button', { name: 'Add a colleague' }).click()
    const drawer = page.getByRole('dialog', { name: 'Add a colleague' })
    await drawer.getByLabel('Name').fill(name)
    await drawer.getByLabel('E-mail address').fill(email)
    await drawer.getByRole('textbox', { name: 'First password' }).fill(password)
    await drawer.getByRole('button', { name: 'Add to the team' }).click()
    await page.getByText(`${name} can sign in now.`).waitFor()
    await drawer.waitFor({ state: 'hidden' })
  }
  await page.getByText('3 people work here').waitFor()
  await picture('admin-day-2-team')
}

/** The first list is a wrong one and is taken back. */
async function addLearners({ page, picture }: Screen) {
  await page.getByRole('link', { name: 'Beneficiaries' }).click()
  await registerList(page, ['Wrong List', 'Also Wrong'])
  await page.getByText('2 people are registered.').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('The registration is undone').waitFor()
  await page.getByRole('heading', { name: 'Nobody is registered yet' }).waitFor()

  await registerList(
    page,
    [...learners, learners[0] ?? ''].map((name, index) => `${index + 1}. ${name}`),
  )
  await page.getByText('21 names found').waitFor()
  await page.getByText('More than once in the list: Learner A Haddad.').waitFor()
  await picture('admin-day-3-names')
}

/** Fills the list in; it is sent only when nothing in it is doubtful. */
async function registerList(page: Page, names: readonly string[]) {
  await page.getByRole('button', { name: 'Add several' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Add several people' })
  await dialog.getByLabel('Names, one per line').fill(names.join('\n'))
  if (new Set(names.map((name) => name.replace(/^\d+\. /, ''))).size < names.length) return
  await dialog.getByRole('button', { name: `Register ${names.length} people` }).click()
}

async function mendTheList({ page, picture }: Screen) {
  const dialog = page.getByRole('dialog', { name: 'Add several people' })
  await dialog.getByLabel('Names, one per line').fill(learners.join('\n'))
  await dialog.getByRole('combobox', { name: 'Trainer' }).click()
  await page.getByRole('option', { name: tom.name }).click()
  await dialog.getByRole('button', { name: 'Register 20 people' }).click()
  await page.getByText('20 people are registered.').waitFor()
  await picture('admin-day-4-registered')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText('20 people', { exact: true }).waitFor()
  await page.getByRole('row', { name: /Learner A Haddad.*Tom Trainer/ }).waitFor()
}

const lostLaptop = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'

async function endLostLaptop({ page, picture }: Screen, laptop: Screen) {
  await page.getByRole('link', { name: 'Team' }).click()
  await page.getByRole('link', { name: 'Signed-in devices' }).click()
  const row = page.getByRole('listitem').filter({ hasText: tom.name })
  await row.getByText(/Firefox/).waitFor()
  await picture('admin-day-5-devices')
  await row.getByRole('button', { name: `Sign out: ${tom.name}` }).click()
  await page.getByText(`${tom.name} is signed out there at once.`, { exact: false }).waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
  await page.getByText(`The device of ${tom.name} is signed out.`).waitFor()
  await row.waitFor({ state: 'detached' })
  await picture('admin-day-6-ended')

  await laptop.page.reload()
  await laptop.page.getByRole('heading', { name: /^Sign in/ }).waitFor()
  expect(await laptop.page.getByText('Haddad').count()).toBe(0)
}

/** Head office has a key pair; the centre knows its public half. */
async function resetByPhone({ page, picture }: Screen, own: Screen) {
  const key = join(stage.dataDir, 'office.pem')
  const { stdout: publicKey } = await runCli('unlock', 'keygen', '--key', key)
  await page.getByRole('link', { name: 'Sign-in help' }).click()
  await page.getByLabel('Public key').fill(publicKey.trim())
  await page.getByRole('button', { name: 'Save' }).last().click()
  await page.getByText('The key is saved.').waitFor()
  await picture('admin-day-7-head-office')

  await own.page.getByRole('link', { name: 'Forgotten your password?' }).click()
  await own.page.getByText('By phone').click()
  await own.page.getByLabel('E-mail address').fill(tom.email)
  await own.page.getByRole('button', { name: 'Show what I read out' }).click()
  const request = (await own.page.locator('output').textContent()) ?? ''
  const said = ['--key', key, '--request', request, '--email', tom.email]
  const { stdout: answer } = await runCli('unlock', 'sign', ...said)
  await own.page.getByLabel('Answer of head office').fill(answer)
  await own.page.getByText('13 of 13 lines are right').waitFor()
  await own.page.getByRole('textbox', { name: 'New password' }).fill('ten silver spoons')
  await own.page.getByRole('button', { name: 'Set the password and sign in' }).click()
  await own.page.getByText('Head office let somebody in by phone').waitFor()
  await own.page.getByRole('link', { name: 'Beneficiaries' }).click()
  await own.page.getByRole('row', { name: /Learner A Haddad/ }).waitFor()
  await own.picture('admin-day-8-back-in')
}

async function answerAccessRequest({ page, picture }: Screen) {
  await openPrivacy(page)
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Save a copy of their data' }).click()
  expect((await download).suggestedFilename()).toMatch(/^person-\d+-\d{4}-\d{2}-\d{2}\.zip$/)
  await page.getByText(`The copy for ${erased} is saved.`).waitFor()
  await picture('admin-day-9-copy')
}

async function erase({ page, picture }: Screen) {
  await page.getByRole('dialog').getByRole('button', { name: 'Privacy' }).click()
  await page.getByRole('menuitem', { name: 'Erase this person…' }).click()
  const question = page.getByRole('dialog', { name: `Erase ${erased}?` })
  await question.getByLabel(/^To confirm/).fill(erased)
  await picture('admin-day-10-erase')
  await question.getByRole('button', { name: 'Erase' }).click()
  await page.getByText('The person is erased.').waitFor()
  await page.getByText('19 people', { exact: true }).waitFor()
  expect(await page.getByRole('row', { name: new RegExp(erased) }).count()).toBe(0)
  await picture('admin-day-11-erased')
}

async function openPrivacy(page: Page) {
  await page.getByRole('link', { name: 'Beneficiaries' }).click()
  await page.getByRole('row', { name: new RegExp(erased) }).click()
  await page.getByRole('dialog', { name: erased }).getByRole('button', { name: 'Privacy' }).click()
}

it('takes a new administrator minutes to set up, lose a laptop, let a trainer back in, answer a request and erase', {
  timeout: 180_000,
}, async () => {
  const screen = await sitDown()
  const taken: Record<string, number> = {}
  const timed = async (step: string, work: () => Promise<void>) => {
    const begin = performance.now()
    await work()
    taken[step] = Math.round(performance.now() - begin)
  }
  await timed('centre', () => setUp(screen))
  await timed('two trainers', () => addTrainers(screen))
  await timed('twenty learners', async () => {
    await addLearners(screen)
    await mendTheList(screen)
  })
  const laptop = await sitDown(lostLaptop)
  await signIn(laptop.page, tom)
  await timed('lost laptop', () => endLostLaptop(screen, laptop))
  const own = await sitDown()
  await timed('password by phone', () => resetByPhone(screen, own))
  await timed('access request', () => answerAccessRequest(screen))
  await timed('erasure', () => erase(screen))
  console.log(`milliseconds of the day: ${JSON.stringify(taken)}`)
  expect(Math.max(...Object.values(taken))).toBeLessThan(60_000)
  expect([...screen.troubles, ...laptop.troubles, ...own.troubles]).toEqual([])
})
