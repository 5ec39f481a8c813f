import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest'
import { type ProgramProcess, startProgram } from './program.ts'
import { newProfile, openScreen, type Screen, sharedBrowser } from './screen.ts'

let dataDir: string
let profile: BrowserContext
let program: ProgramProcess

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'bdc-authoring-'))
  profile = await newProfile(await sharedBrowser())
  program = await startProgram(dataDir)
  const { page } = await openScreen(profile)
  await page.goto(program.url)
  await page.getByText('Open a practice centre').click()
  await page.getByRole('link', { name: 'Assessments' }).waitFor()
  await page.close()
})

afterAll(async () => {
  await profile?.close()
  await program?.[Symbol.asyncDispose]()
  rmSync(dataDir, { recursive: true, force: true })
})

/** What somebody who sees nothing is told to have the focus. */
function focused({ page }: Screen): Promise<string> {
  return page.evaluate(() => {
    const { activeElement } = document
    if (!(activeElement instanceof HTMLElement) || activeElement === document.body) return ''
    const isField = activeElement instanceof HTMLInputElement || activeElement instanceof HTMLTextAreaElement
    const label = isField ? activeElement.labels?.[0]?.textContent : undefined
    return activeElement.getAttribute('aria-label') ?? label ?? activeElement.textContent ?? ''
  })
}

async function tabTo(screen: Screen, name: RegExp, key = 'Tab') {
  for (let stops = 0; stops < 60; stops++) {
    if (name.test(await focused(screen))) return
    await screen.page.keyboard.press(key)
  }
  throw new Error(`No way to ${name} with the keyboard; the focus is on "${await focused(screen)}".`)
}

async function newAssessment(screen: Screen, title: string) {
  const { page } = screen
  await page.goto(`${program.url}/#/assessments`)
  await page.getByRole('button', { name: 'New assessment' }).waitFor()
  await tabTo(screen, /New assessment/)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'New assessment' }).waitFor()
  await expect.poll(() => focused(screen)).toMatch(/^Title/)
  await page.keyboard.type(title)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: title }).waitFor()
  await expect.poll(() => focused(screen)).toBe(title)
}

/** The questions in the order in which they are on the screen. */
function questions({ page }: Screen): Promise<string[]> {
  const headings = '[id^="question-"]'
  return page.getByRole('article').locator(headings).allTextContents()
}

it('is done from the first question to publishing without a mouse', async () => {
  const screen = await openScreen(profile)
  const { page } = screen
  onTestFailed(() => screen.explain('failed'))
  await newAssessment(screen, 'Fruit')

  await tabTo(screen, /^Multiple choice$/)
  await page.keyboard.press('Enter')
  await expect.poll(() => focused(screen)).toBe('Question')
  await page.keyboard.type('Which is a fruit?')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => focused(screen)).toBe('Answer 1')
  await page.keyboard.type('Stone')
  await tabTo(screen, /^Answer 2 is right$/)
  await page.keyboard.press('Space')
  await tabTo(screen, /^Answer 2$/)
  await page.keyboard.type('Apple')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('article', { name: 'Which is a fruit?' }).waitFor()

  await tabTo(screen, /^True or false$/)
  await page.keyboard.press('Enter')
  await expect.poll(() => focused(screen)).toBe('Question')
  await page.keyboard.type('A stone can be eaten.')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('article', { name: 'A stone can be eaten.' }).waitFor()

  await tabTo(screen, /^Edit question 2$/, 'Shift+Tab')
  await page.keyboard.press('Alt+ArrowUp')
  await page.getByText('Now question 1 of 2').waitFor({ state: 'attached' })
  await expect.poll(() => questions(screen)).toEqual(['A stone can be eaten.', 'Which is a fruit?'])
  await expect.poll(() => focused(screen)).toBe('Move question 1 up')

  await tabTo(screen, /^Remove question 1$/)
  await page.keyboard.press('Enter')
  await page.getByText('Question 1 was removed.').waitFor()
  await expect.poll(() => focused(screen)).toBe('Undo')
  // The second Enter of a double one would press nothing here.
  await pause(600)
  await page.keyboard.press('Enter')
  await expect.poll(() => questions(screen)).toEqual(['A stone can be eaten.', 'Which is a fruit?'])

  await tabTo(screen, /^Publish$/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Publish “Fruit”?' }).waitFor()
  await expect.poll(() => focused(screen)).toBe('Cancel')
  await tabTo(screen, /^Publish$/)
  await page.keyboard.press('Enter')
  await page.getByText('Learners can take this now').waitFor()
  await expect.poll(() => focused(screen)).toBe('Fruit')
  expect(screen.troubles).toEqual([])
  await page.close()
})

it('says that details are saved only once they are, and asks before unsaved ones are left', async () => {
  const screen = await openScreen(profile)
  const { page } = screen
  onTestFailed(() => screen.explain('failed'))
  await newAssessment(screen, 'Before')
  await page.getByRole('tab', { name: 'Details' }).click()
  const title = page.getByRole('textbox', { name: /^Title/ })

  await title.fill('After')
  await page.getByText(/Saved \d\d:\d\d/).waitFor()
  await program.kill()
  await title.fill('While the program is away')
  await page.getByRole('alert').getByText('The connection to BDC is lost.').waitFor()
  expect(await page.getByText(/Saved \d\d:\d\d/).count()).toBe(0)
  await page.getByRole('link', { name: 'Results' }).click()
  await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor()
  await page.getByRole('button', { name: 'Stay and go on' }).click()

  program = await startProgram(dataDir, program.port)
  await page.reload()
  await page.getByRole('heading', { name: 'After' }).waitFor()
  await page.getByRole('tab', { name: 'Details' }).click()
  await page.getByRole('textbox', { name: 'Time limit' }).fill('never')
  await page.getByText('Not saved yet: correct the marked fields.').waitFor()
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByText('The details hold a change that is not saved.').waitFor()
  await page.close()
})
