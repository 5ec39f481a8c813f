import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it, onTestFailed } from 'vitest'
import { runCli } from '../support/cli.ts'
import { newProfile, openScreen, type Screen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage()
const email = 'trainer@practice.example'
const password = 'practice'
const tom = { name: 'Tom Trainer', email: 'tom@example.org', role: 'trainer', password: 'seven green boats' }

async function firstScreen(): Promise<Screen> {
  const screen = await openScreen(await newProfile(stage.browser))
  await screen.page.goto(stage.program.url)
  await screen.page.locator('h1').first().waitFor()
  return screen
}

async function signIn(page: Page, entry: { email: string; password: string }) {
  await page.getByLabel('E-mail address').fill(entry.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(entry.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

async function lockBySitting(page: Page) {
  await page.clock.install()
  await page.clock.fastForward(3 * 60_000 + 2000)
  await page.getByRole('heading', { name: 'This screen is locked' }).waitFor()
}

async function unlock(page: Page, given = password) {
  await page.getByRole('textbox', { name: 'Password' }).fill(given)
  await page.getByRole('button', { name: 'Unlock' }).click()
}

it('covers a screen that was left, keeps what is half written, and opens with the password', async () => {
  const screen = await firstScreen()
  const { page } = screen
  onTestFailed(() => screen.explain('failed'))
  await page.getByText('Open a practice centre').click()
  await page.getByRole('heading', { name: 'Today', exact: true }).waitFor()
  await page.goto(`${stage.program.url}/#/bank`)
  await page.getByRole('button', { name: 'New question' }).click()
  await page.getByRole('menuitem', { name: 'Essay' }).click()
  const question = page.getByRole('dialog').getByRole('textbox', { name: 'Question' }).first()
  await question.fill('Why does the moon')
  await screen.picture('sign-in-half-written')
  await lockBySitting(page)
  await screen.picture('sign-in-locked')
  expect(await whole(page)).not.toContain('the moon')
  expect(await statusOf(page, 'beneficiaries/list', {})).toBe(401)

  await unlock(page, 'not this one')
  await page.getByText('This is not the right password').waitFor()
  await unlock(page)
  await question.waitFor()
  await expect.poll(() => question.inputValue()).toBe('Why does the moon')
  await screen.picture('sign-in-unlocked')
  await question.press('End')
  await question.pressSequentially(' shine?')
  await page.getByRole('dialog').getByRole('button', { name: 'Save question' }).click()
  await page.getByText('Why does the moon shine?').first().waitFor()
  expect(screen.troubles).toEqual([])
})

it('begins with few files and the words of one language, and says so where those of another do not come', async () => {
  const screen = await openScreen(await newProfile(stage.browser))
  const { page } = screen
  onTestFailed(() => screen.explain('failed'))
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto(stage.program.url)
  await page.getByLabel('E-mail address').waitFor()
  await screen.settled()
  expect(asked.filter((path) => /^\/assets\/(en|fr|ar)-/.test(path))).toHaveLength(1)
  expect(asked.filter((path) => path.startsWith('/assets/')).length).toBeLessThan(15)

  const inFrench = async () => {
    await page.getByRole('button', { name: /^English/ }).click()
    await page.getByRole('menuitemradio', { name: 'Français' }).click()
  }
  await page.route('**/assets/fr-*.js', (route) => route.abort())
  await inFrench()
  await page.getByRole('alert').waitFor()
  await screen.picture('sign-in-no-french')
  await page.unroute('**/assets/fr-*.js')
  await inFrench()
  await page.getByRole('button', { name: 'Se connecter', exact: true }).waitFor()
  expect(await page.evaluate(() => [document.documentElement.lang, localStorage.getItem('bdc.language')])).toEqual([
    'fr',
    'fr',
  ])
})

it('shows somebody else nothing of what the first one was writing, and gives it back to the first one', async () => {
  const screen = await firstScreen()
  const { page } = screen
  onTestFailed(() => screen.explain('failed'))
  await signIn(page, { email, password })
  await page.getByRole('heading', { name: 'Today', exact: true }).waitFor()
  expect(await statusOf(page, 'identity/createUser', tom)).toBe(200)
  await page.goto(`${stage.program.url}/#/beneficiaries/new`)
  await page.getByRole('textbox', { name: 'Full name' }).fill('Half a nam')
  await lockBySitting(page)
  await page.getByRole('button', { name: 'Sign in as somebody else' }).click()
  await signIn(page, tom)
  await page.getByRole('heading', { name: 'Today', exact: true }).waitFor()
  expect(await whole(page)).not.toContain('Half a nam')
  await page.goto(`${stage.program.url}/#/beneficiaries/new`)
  await expect.poll(() => page.getByRole('textbox', { name: 'Full name' }).inputValue()).toBe('')

  await page.goto(`${stage.program.url}/#/beneficiaries`)
  await page.getByRole('button', { name: /Tom Trainer/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await signIn(page, { email, password })
  const name = page.getByRole('textbox', { name: 'Full name' })
  await name.waitFor()
  expect(await name.inputValue()).toBe('Half a nam')
  expect(page.url()).toMatch(/#\/beneficiaries\/new$/)
  expect(screen.troubles).toEqual([])
})

it('goes to the sign-in when a session was ended elsewhere, and comes back to what was half written', async () => {
  const screen = await firstScreen()
  const { page } = screen
  onTestFailed(() => screen.explain('failed'))
  await signIn(page, { email, password })
  await page.getByRole('heading', { name: 'Today', exact: true }).waitFor()
  await page.goto(`${stage.program.url}/#/beneficiaries/new`)
  const name = page.getByRole('textbox', { name: 'Full name' })
  // What was typed here before comes back first.
  await screen.settled()
  await name.fill('Half a nam')

  const elsewhere = await firstScreen()
  await signIn(elsewhere.page, { email, password })
  await elsewhere.page.getByRole('heading', { name: 'Today', exact: true }).waitFor()
  await elsewhere.page.goto(`${stage.program.url}/#/account`)
  await elsewhere.page.getByText('Signed in on these machines').scrollIntoViewIfNeeded()
  await elsewhere.page.getByText('This screen', { exact: true }).first().waitFor()
  await elsewhere.picture('sign-in-machines')
  await elsewhere.page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await elsewhere.page.getByText(/Signed out at \d+ other place/).waitFor()

  // What the screen reads again by itself may find the session ended before the press does: then there is no button.
  await page
    .getByRole('button', { name: 'Save this person' })
    .evaluateAll((buttons: HTMLElement[]) => buttons.forEach((button) => button.click()))
  await page.getByText('You were signed out.').waitFor()
  await screen.picture('sign-in-ended')
  expect(await whole(page)).not.toContain('Half a nam')
  await signIn(page, { email, password })
  await name.waitFor()
  expect(await name.inputValue()).toBe('Half a nam')
  await name.pressSequentially('e')
  await page.getByRole('button', { name: 'Save this person' }).click()
  await page.getByRole('dialog', { name: 'Half a name' }).waitFor()
  expect(screen.troubles).toEqual([])
})

it('counts down after too many wrong tries', async () => {
  const screen = await firstScreen()
  const { page } = screen
  onTestFailed(() => screen.explain('failed'))
  for (let count = 0; count < 4; count++) {
    await signIn(page, { email: 'nobody@example.org', password: 'not this one' })
    await page.getByText('do not fit together').waitFor()
    await page.getByRole('button', { name: 'Sign in', exact: true }).isEnabled()
  }
  await signIn(page, { email: 'nobody@example.org', password: 'not this one' })
  await page.getByText('Too many wrong tries').waitFor()
  await page.getByText('Too many wrong tries').waitFor({ state: 'detached' })
  for (let count = 0; count < 3; count++) {
    await page.getByText('Too many wrong tries').waitFor({ state: 'detached' })
    await signIn(page, { email: 'nobody@example.org', password: 'not this one' })
    await page.getByText('Too many wrong tries').waitFor()
  }
  expect(await page.getByRole('button', { name: 'Sign in', exact: true }).isDisabled()).toBe(true)
  await screen.picture('sign-in-countdown')
  expect(await page.getByRole('timer').textContent()).toMatch(/again in 0:0[678]/)
})

it('lets somebody in whom head office answers by phone, and tells them so', async () => {
  const screen = await firstScreen()
  const { page } = screen
  onTestFailed(() => screen.explain('failed'))
  const key = join(stage.dataDir, 'office.pem')
  const { stdout: publicKey } = await runCli('unlock', 'keygen', '--key', key)
  await page.getByText('Too many').waitFor({ state: 'detached' })
  await untilOpen(page)
  await page.goto(`${stage.program.url}/#/sign-in-help`)
  await page.getByLabel('Public key').fill(publicKey.trim())
  await page.getByRole('button', { name: 'Save' }).last().click()
  await page.getByText('The key is saved.').waitFor()
  await screen.picture('sign-in-help')
  await page
    .getByRole('button', { name: /Amina Haddad/ })
    .last()
    .click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()

  await page.getByRole('link', { name: 'Forgotten your password?' }).click()
  await screen.settled()
  await screen.picture('sign-in-forgotten')
  await page.getByText('By phone').click()
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Show what I read out' }).click()
  const request = (await page.locator('output').textContent()) ?? ''
  const { stdout: answer } = await runCli('unlock', 'sign', '--key', key, '--request', request, '--email', email)
  const lines = answer.trim().split('\n')
  const box = page.getByLabel('Answer of head office')
  await box.fill(lines.with(3, lines[4] ?? '').join('\n'))
  await page.getByText('Line 4 was misheard').waitFor()
  await screen.picture('sign-in-misheard')
  await box.fill(answer.toLowerCase())
  await page.getByText('13 of 13 lines are right').waitFor()
  await page.getByRole('textbox', { name: 'New password' }).fill('seven green boats')
  await screen.picture('sign-in-answer')
  await page.getByRole('button', { name: 'Set the password and sign in' }).click()
  await page.getByText('Head office let somebody in by phone').waitFor()
  await screen.picture('sign-in-notice')
  await page.getByRole('main').getByRole('button', { name: 'Close' }).click()
  await page.getByText('Head office let somebody in by phone').waitFor({ state: 'detached' })
  await page.reload()
  await page.getByRole('heading', { name: 'Today', exact: true }).waitFor()
  expect(await page.getByText('Head office let somebody in by phone').count()).toBe(0)
  expect(screen.troubles).toEqual([])
})

it('asks for what was left empty before anything is tried, where readers hear it', async () => {
  const screen = await firstScreen()
  onTestFailed(() => screen.explain('failed'))
  const { page } = screen
  const calls: string[] = []
  page.on('request', (request) => calls.push(request.url()))
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  const typed = page.getByRole('textbox', { name: 'Password' })
  await expect.poll(() => page.getByText('Fill this in.').count()).toBe(2)
  expect(await typed.getAttribute('aria-invalid')).toBe('true')
  expect(
    await typed.evaluate((field) => document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent),
  ).toBe('Fill this in.')
  expect(calls.filter((url) => url.includes('signIn'))).toEqual([])
  expect(screen.troubles).toEqual([])
})

/** The pause of the test before holds for this computer too. */
async function untilOpen(page: Page) {
  for (;;) {
    await signIn(page, { email, password })
    const isIn = await Promise.race([
      page
        .getByRole('heading', { name: 'Today', exact: true })
        .waitFor()
        .then(() => true),
      page
        .getByText('Too many wrong tries')
        .waitFor()
        .then(() => false),
    ])
    if (isIn) return
    await page.getByText('Too many wrong tries').waitFor({ state: 'detached' })
  }
}

async function whole(page: Page): Promise<string> {
  return page.evaluate(() => document.documentElement.outerHTML)
}

/** Calls the door as the page would. */
async function statusOf(page: Page, procedure: string, input: unknown): Promise<number> {
  return page.evaluate(
    async ([path, json]) => {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(`/rpc/${path}`, { method: 'POST', headers, body: JSON.stringify({ json }) })
      return response.status
    },
    [procedure, input] as const,
  )
}
