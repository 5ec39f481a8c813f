import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect, it, onTestFailed } from 'vitest'
import { startProgram } from './program.ts'
import { newProfile, openScreen, type Screen } from './screen.ts'
import { useStage } from './stage.ts'

const giftFile = join(import.meta.dirname, '../fixtures/gift/workshop-safety.gift')
const questionCount = 26
const password = 'correct horse'
const essayText = 'Switch the power off, call for help, and never touch the person before that.'

const stage = useStage(startProgram)

/** The first administrator sets the centre up and registers a learner. */
async function setUpCentre({ page, picture }: Screen) {
  await page.goto(stage.program.url)
  await page.getByText('Set up your centre').waitFor()
  await picture('01-first-run')
  await page.getByText('Set up your centre').click()
  await page.getByLabel('Name of the centre').fill('Atelier Nord')
  await page.getByLabel('Your name').fill('Ada Admin')
  await page.getByLabel('Your e-mail address').fill('ada@example.org')
  await page.getByLabel('Your password', { exact: true }).fill(password)
  await picture('02-set-up')
  await page.getByRole('button', { name: 'Set up the centre' }).click()

  await page.getByRole('link', { name: 'Add a person' }).first().click()
  await page.getByLabel('Full name').fill('Lina Learner')
  await page.getByRole('button', { name: 'Save this person' }).click()
  await page.getByText('Lina Learner is registered.').waitFor()
  await picture('03-beneficiary')
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.getByRole('row', { name: /Lina Learner/ }).waitFor()
  await picture('04-beneficiaries')
}

/** The trainer imports a real GIFT file, two blocks of which are broken, and publishes what came in. */
async function importAndPublish({ page, picture }: Screen) {
  await page.getByRole('link', { name: 'Assessments' }).click()
  await page.getByRole('button', { name: 'Import questions' }).click()
  await page.setInputFiles('input[type=file]', giftFile)
  const dialog = page.getByRole('dialog', { name: 'Import questions' })
  await dialog.getByText('26 questions can be imported · 2 parts are left out').waitFor()
  expect(await dialog.getByText(/^Line \d+$/).allTextContents()).toEqual(['Line 136', 'Line 141'])
  await picture('05-import')
  await dialog.getByRole('button', { name: 'Add 26 questions' }).click()

  await page.getByRole('tab', { name: 'Questions (26)' }).waitFor()
  await picture('06-editor')
  await page.getByRole('button', { name: 'Publish' }).click()
  await picture('07-publish')
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
  await page.getByText('Learners can take this now').waitFor()
}

async function openKioskAndSitDown({ page, picture }: Screen) {
  await page.getByRole('button', { name: 'Open kiosk' }).click()
  await page.getByRole('button', { name: 'Open the kiosk' }).click()
  await page.getByRole('heading', { name: 'Who are you?' }).waitFor()
  await picture('08-roster')
  await page.getByRole('button', { name: 'Lina Learner' }).click()
  await page.getByRole('heading', { name: 'Hello, Lina Learner' }).waitFor()
  await picture('09-menu')
  await page.getByRole('button', { name: /^Begin/ }).click()
  await page.getByRole('button', { name: 'Begin now' }).click()
}

/** Answers the question on the screen in some way. */
async function answer(main: Locator) {
  if ((await main.getByRole('radio').count()) > 0) await main.getByRole('radio').last().check()
  else if ((await main.getByRole('checkbox').count()) > 0) await main.getByRole('checkbox').first().check()
  else await main.getByRole('textbox').fill(essayText)
}

/** What the screen says when the answer in sight is on the disk. */
function saved(page: Page) {
  return page.getByRole('status').getByText('Saved', { exact: true })
}

/** Answers, waits until the screen says saved, and returns what was answered. */
async function answerQuestion({ page }: Screen): Promise<string> {
  const main = page.getByRole('main')
  await answer(main)
  await saved(page).waitFor()
  return currentAnswer(main)
}

async function currentAnswer(main: Locator): Promise<string> {
  const writing = main.getByRole('textbox')
  if ((await writing.count()) > 0) return writing.inputValue()
  const inputs = main.locator('input[type=radio], input[type=checkbox]')
  const checked = await inputs.evaluateAll((all) => all.map((input) => (input as HTMLInputElement).checked))
  return JSON.stringify(checked)
}

function questionHeading({ page }: Screen, number: number) {
  return page.getByRole('heading', { name: new RegExp(`^Question ${number} of ${questionCount}`) })
}

/** Answers the rest and hands in; two essays are left to the trainer. */
async function finishAttempt(screen: Screen) {
  const { page, picture } = screen
  await page.getByRole('button', { name: /^Question 14:/ }).click()
  for (let number = 14; number <= questionCount; number++) {
    await questionHeading(screen, number).waitFor()
    await answerQuestion(screen)
    if (number < questionCount) await page.getByRole('button', { name: 'Next' }).click()
  }
  await page.getByRole('button', { name: 'Check and hand in' }).first().click()
  await page.getByText('You have answered every question.').waitFor()
  await picture('13-summary')
  await page.getByRole('button', { name: 'Hand in', exact: true }).click()
  await page.getByText('Your trainer still reads 2 answers.').waitFor()
  await picture('14-handed-in')
}

/** The trainer leaves the kiosk, grades both essays, and the result follows. */
async function gradeEssays({ page, picture }: Screen) {
  await page.getByRole('button', { name: 'Back to my list' }).click()
  await page.getByRole('button', { name: 'I am done' }).click()
  await page.getByRole('heading', { name: 'Who are you?' }).waitFor()
  await page.getByRole('button', { name: 'Leave the kiosk (for trainers)' }).click()
  await page.getByLabel('Password of Ada Admin').fill(password)
  await page.getByRole('dialog').getByRole('button', { name: 'Leave the kiosk' }).click()

  await page.getByRole('link', { name: /^Results/ }).click()
  await page.getByRole('row', { name: /Lina Learner/ }).waitFor()
  await picture('15-results')
  await page.getByRole('row', { name: /Lina Learner/ }).click()
  await page.getByRole('button', { name: 'Grade now' }).click()
  await page.getByText(essayText).first().waitFor()
  await picture('16-grading')
  await page
    .getByRole('textbox', { name: /^Points for question/ })
    .first()
    .fill('1')
  await page.getByRole('button', { name: 'Save and next' }).first().click()
  await page.getByText('1 answer waits for your points.').waitFor()
  await page
    .getByRole('textbox', { name: /^Points for question/ })
    .first()
    .fill('0.5')
  await page.getByRole('button', { name: /^Save/ }).click()
  await page.getByText('Everything is graded.').waitFor()
  await picture('17-graded')
}

it('does the whole job with the network cable out, and loses nothing when the program is killed', async () => {
  const profile = await newProfile(stage.browser)
  const screen = await openScreen(profile)
  const { page, picture, troubles } = screen
  let current = screen
  onTestFailed(() => current.picture('failed'))
  await setUpCentre(screen)
  await importAndPublish(screen)
  await openKioskAndSitDown(screen)

  const answers: string[] = []
  for (let number = 1; number <= 12; number++) {
    await questionHeading(screen, number).waitFor()
    answers.push(await answerQuestion(screen))
    if (number === 1) await picture('10-question')
    await page.getByRole('button', { name: 'Next' }).click()
  }
  await questionHeading(screen, 13).waitFor()

  await stage.program.kill()
  await answer(page.getByRole('main'))
  await page.getByText('Your answers are kept on this screen.').waitFor()
  await picture('11-program-is-dead')
  expect(await saved(page).count()).toBe(0)
  stage.program = await startProgram(stage.dataDir, stage.program.port)
  await saved(page).waitFor()
  answers.push(await currentAnswer(page.getByRole('main')))

  await stage.program.kill()
  await page.close()
  stage.program = await startProgram(stage.dataDir, stage.program.port)
  const resumed = await openScreen(profile)
  current = resumed
  await resumed.page.goto(stage.program.url)
  await questionHeading(resumed, 13).waitFor()
  await resumed.picture('12-resumed')
  for (const [index, expected] of answers.entries()) {
    await resumed.page.getByRole('button', { name: new RegExp(`^Question ${index + 1}: answered`) }).click()
    await questionHeading(resumed, index + 1).waitFor()
    expect(await currentAnswer(resumed.page.getByRole('main'))).toBe(expected)
  }

  await finishAttempt(resumed)
  await gradeEssays(resumed)
  expect([...troubles, ...resumed.troubles]).toEqual([])
})
