import type { Page } from 'playwright-core'
import { expect, it, onTestFailed } from 'vitest'
import { newProfile, openScreen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage()

async function writeInBank(page: Page, text: string) {
  await page.getByRole('button', { name: 'New question' }).click()
  await page.getByRole('menuitem', { name: 'True or false' }).click()
  const dialog = page.getByRole('dialog', { name: 'New question' })
  await dialog.getByRole('textbox', { name: 'Question' }).first().fill(text)
  await dialog.getByRole('button', { name: 'Save question' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByRole('row').filter({ hasText: text }).waitFor()
}

async function newAssessment(page: Page, title: string) {
  await page.goto(`${stage.program.url}/#/assessments`)
  await page.getByRole('button', { name: 'New assessment' }).click()
  await page.getByRole('textbox', { name: /^Title/ }).fill(title)
  await page.getByRole('button', { name: 'Create and write questions' }).click()
  await page.getByRole('heading', { name: title, exact: true }).waitFor()
  await page.getByRole('button', { name: 'From the bank…' }).click()
  return page.getByRole('dialog', { name: 'Add questions from the bank' })
}

it('takes questions of the bank into two assessments, one of which draws from them', async () => {
  const screen = await openScreen(await newProfile(stage.browser))
  const { page } = screen
  onTestFailed(() => screen.explain('bank-failed'))
  await page.goto(stage.program.url)
  await page.getByText('Open a practice centre').click()
  await page.getByRole('link', { name: 'Assessments' }).click()
  await page.getByRole('link', { name: 'Question bank' }).click()
  await page.getByText('The bank is empty').waitFor()
  await writeInBank(page, 'Ice is colder than steam.')
  await writeInBank(page, 'Lead is lighter than air.')

  const whole = await newAssessment(page, 'Both of them')
  await whole.getByRole('checkbox', { name: 'Ice is colder than steam.' }).check()
  await whole.getByRole('checkbox', { name: 'Lead is lighter than air.' }).check()
  await whole.getByRole('button', { name: 'Add 2 questions' }).click()
  await page.getByRole('article', { name: 'Ice is colder than steam.' }).waitFor()

  const drawn = await newAssessment(page, 'One of them')
  await drawn.getByRole('checkbox', { name: 'Ice is colder than steam.' }).check()
  await drawn.getByRole('checkbox', { name: 'Lead is lighter than air.' }).check()
  await drawn.getByRole('checkbox', { name: 'Draw some of these for each learner' }).check()
  await drawn.getByRole('textbox', { name: 'Name of the pool' }).fill('Warm-up')
  await drawn.getByRole('button', { name: 'Add 2 questions' }).click()
  await page.getByText('draws 1 of 2 questions (1, 2)').waitFor()
  await page.getByRole('tab', { name: 'Details' }).click()
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
  await page.getByText('Learners can take this now').waitFor()

  await page.goto(`${stage.program.url}/#/bank`)
  await page.getByRole('row').filter({ hasText: 'Ice is colder' }).click()
  const uses = page.getByRole('dialog', { name: 'Question of the bank' }).getByRole('listitem')
  await expect.poll(() => uses.allTextContents()).toEqual(['Both of them', 'One of them'])
  expect(screen.troubles).toEqual([])
  await page.close()
})
