import { expect, it, onTestFailed } from 'vitest'
import { newProfile, openScreen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage()

it('shows a result that was set by hand with its reason, and gives the computed one back', async () => {
  const screen = await openScreen(await newProfile(stage.browser))
  const { page } = screen
  onTestFailed(() => screen.explain('failed'))
  await page.goto(stage.program.url)
  await page.getByText('Open a practice centre').click()
  await page.getByRole('link', { name: 'Results' }).click()
  await page.getByRole('row').nth(1).click()
  await page.getByRole('button', { name: 'Set result' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^Points of/).fill('1')
  await page.keyboard.press('Enter')
  await dialog.getByText('Say why the result is set by hand.').waitFor()
  await dialog.getByLabel('Reason').fill('Oral exam')
  await dialog.getByRole('button', { name: 'Set result' }).click()

  await page.getByText('Set by Amina Haddad: Oral exam').waitFor()
  await page
    .getByText(/^1 \/ /)
    .first()
    .waitFor()
  await screen.picture('result-set')
  await page.getByRole('button', { name: 'Take back' }).click()
  await page.getByText('Oral exam').waitFor({ state: 'detached' })
  expect(screen.troubles).toEqual([])
})
