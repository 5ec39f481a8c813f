import { expect, it, onTestFailed } from 'vitest'
import { barriersOn } from './barriers.ts'
import { newProfile, openScreen, type Screen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage()

/** The label of the field that has the focus. */
function focused({ page }: Screen): Promise<string> {
  return page.evaluate(() => {
    const { activeElement } = document
    return activeElement instanceof HTMLInputElement ? (activeElement.labels?.[0]?.textContent ?? '') : ''
  })
}

it('is done with the keyboard alone, answer after answer', async () => {
  const screen = await openScreen(await newProfile(stage.browser))
  const { page } = screen
  onTestFailed(() => screen.explain('failed'))
  await page.goto(stage.program.url)
  await page.getByText('Open a practice centre').click()
  await page.getByRole('link', { name: 'Results' }).click()
  await page.getByRole('link', { name: 'Grading', exact: true }).click()
  await page.getByRole('heading', { name: 'Grading', level: 1 }).waitFor()
  await screen.picture('grading')
  expect(await barriersOn(screen.page)).toEqual([])
  await page
    .getByRole('link', { name: /^Grade “/ })
    .first()
    .click()

  const progress = page.getByText(/^Answer \d+ of \d+/)
  await progress.waitFor()
  const [, count = '0'] = /of (\d+)/.exec((await progress.textContent()) ?? '') ?? []
  await screen.picture('grading-queue')
  expect(await barriersOn(screen.page)).toEqual([])
  for (let stops = 0; stops < 60 && !(await focused(screen)).startsWith('Points of'); stops++) {
    await page.keyboard.press('Tab')
  }
  for (let number = 1; number <= Number(count); number++) {
    await expect.poll(() => focused(screen)).toMatch(/^Points of/)
    await page.keyboard.press('1')
    await page.keyboard.press('Enter')
    await page.getByText(`${number} graded`).waitFor()
  }
  expect(Number(count)).toBeGreaterThan(0)
  await page.getByText('Saved: 1 point.').waitFor()
  await page.getByRole('link', { name: 'Grading', exact: true }).click()
  await page.getByRole('heading', { name: 'Grading', level: 1 }).waitFor()
  expect(screen.troubles).toEqual([])
})
