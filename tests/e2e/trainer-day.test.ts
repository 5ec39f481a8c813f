import type { Page } from 'playwright-core'
import { expect, it, onTestFailed } from 'vitest'
import { pdfPages } from '../support/pdf-text.ts'
import { startProgram } from './program.ts'
import { newProfile, openScreen, type Screen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage(startProgram)
const password = 'correct horse'
const essay = 'Switch the power off first, then call for help.'

/** Counts what a hand does, as the page hears it; kept over reloads. */
async function countingScreen(): Promise<Screen & { clicks(): Promise<number> }> {
  const profile = await newProfile(stage.browser)
  await profile.addInitScript(() => {
    const count = ({ isTrusted, detail }: MouseEvent) => {
      if (isTrusted && detail > 0) localStorage['clicks'] = Number(localStorage['clicks'] ?? 0) + 1
    }
    addEventListener('click', count, { capture: true })
  })
  const screen = await openScreen(profile)
  onTestFailed(() => screen.explain('trainer-day-failed'))
  return { ...screen, clicks: () => screen.page.evaluate(() => Number(localStorage['clicks'])) }
}

async function setUp({ page, picture }: Screen) {
  await page.goto(stage.program.url)
  await page.getByText('Set up your centre').click()
  await page.getByLabel('Name of the centre').fill('Atelier Nord')
  await page.getByLabel('Your name').fill('Tess Trainer')
  await page.getByLabel('Your e-mail address').fill('tess@example.org')
  await page.getByLabel('Your password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Set up the centre' }).click()
  await page.getByRole('link', { name: 'Add a person' }).click()
  await page.getByLabel('Full name').fill('Lina Learner')
  await page.getByLabel('Full name').press('Enter')
  await page.getByText('Lina Learner is registered.').waitFor()
  await picture('trainer-day-1-learner')
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
}

async function writeAndPublish({ page, picture }: Screen) {
  await page.getByRole('link', { name: 'Assessments' }).click()
  await page.getByRole('button', { name: 'New assessment' }).first().click()
  await page
    .locator('input:focus')
    .and(page.getByRole('textbox', { name: 'Title' }))
    .waitFor()
  await page.keyboard.type('Safety')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Essay' }).click()
  await page.getByRole('textbox', { name: 'Question' }).fill('What do you do first after an accident?')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('article', { name: 'What do you do first after an accident?' }).waitFor()
  await picture('trainer-day-2-essay')
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
  await page.getByText('Learners can take this now').waitFor()
  await picture('trainer-day-3-published')
}

/** What was said to the trainer is gone before the learner sits down. */
async function openKiosk({ page, picture }: Screen) {
  await page.getByRole('link', { name: 'Beneficiaries' }).click()
  await page.getByRole('row', { name: /Lina Learner/ }).click()
  await page.getByRole('button', { name: 'Mark as completed' }).click()
  await page.getByRole('dialog').last().getByRole('button', { name: 'Mark as completed' }).click()
  await page.getByRole('button', { name: 'Set active again' }).click()
  await page.getByText('Lina Learner is active again.').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Open kiosk' }).click()
  await page.getByRole('button', { name: 'Open the kiosk' }).click()
  await page.getByRole('heading', { name: 'Who are you?' }).waitFor()
  expect(await page.getByText('Lina Learner is active again.').count()).toBe(0)
  await picture('trainer-day-4-kiosk')
}

async function answer({ page, picture }: Screen) {
  await page.getByRole('main').getByRole('textbox').fill(essay)
  await page.getByRole('status').getByText('Saved', { exact: true }).waitFor()
  await picture('trainer-day-5-answer')
  await page.getByRole('button', { name: 'Check and hand in' }).first().click()
  await page.getByRole('button', { name: 'Hand in', exact: true }).click()
  await page.getByText('Your trainer still reads 1 answer.').waitFor()
  await page.getByRole('button', { name: 'Back to my list' }).click()
  await page.getByRole('button', { name: 'I am done' }).click()
  await page.getByRole('button', { name: 'Leave the kiosk (for trainers)' }).click()
  await page.getByLabel('Password of Tess Trainer').fill(password)
  await page.getByRole('dialog').getByRole('button', { name: 'Leave the kiosk' }).click()
}

async function grade({ page, picture }: Screen) {
  await page.getByRole('link', { name: /^Results/ }).click()
  await page.getByRole('link', { name: 'Grading', exact: true }).click()
  await page.getByRole('link', { name: /^Grade “Safety/ }).click()
  await page.getByText(essay).first().waitFor()
  await page.getByLabel(/^Points of/).fill('1')
  await picture('trainer-day-6-grading')
  await page.getByLabel(/^Points of/).press('Enter')
  await page.getByText('Saved: 1 point.').waitFor()
  expect(await currentPlace(page)).toBe('Results')
}

/** The place at the side that says where one is. */
function currentPlace(page: Page): Promise<string | null> {
  return page.getByRole('navigation', { name: 'Places' }).locator('[aria-current=page]').textContent()
}

async function printReport(screen: Screen) {
  const { page, picture } = screen
  await page.getByRole('link', { name: 'Assessments' }).first().click()
  await page.getByRole('row', { name: /Safety/ }).click()
  await page.getByRole('link', { name: 'Class report' }).click()
  await page
    .getByRole('row', { name: /Lina Learner/ })
    .getByText('20%')
    .waitFor()
  await screen.settled()
  await picture('trainer-day-7-report')
  const paper = pdfPages(await page.pdf({ preferCSSPageSize: true })).join()
  expect(paper).toContain('LinaLearner')
  expect(paper).not.toContain('Kioskandcards')
}

it('leads a stranger from the first screen to a learner who answers, and on to the printed report of the class', {
  timeout: 180_000,
}, async () => {
  const screen = await countingScreen()
  const { page } = screen
  await setUp(screen)
  await writeAndPublish(screen)
  const published = await screen.clicks()
  await openKiosk(screen)
  const before = await screen.clicks()
  await page.getByRole('button', { name: 'Lina Learner' }).click()
  await page.getByRole('button', { name: /^Begin/ }).click()
  await page.getByRole('button', { name: 'Begin now' }).click()
  await page.getByRole('main').getByRole('textbox').waitFor()
  const begun = published + (await screen.clicks()) - before
  console.log(`clicks of a stranger: ${published} until published, ${begun + 2} until a learner answers`)
  expect(begun + 2).toBeLessThanOrEqual(15)
  await answer(screen)
  await grade(screen)
  await printReport(screen)
  expect(screen.troubles).toEqual([])
})
