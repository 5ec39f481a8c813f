import { expect, it, onTestFailed } from 'vitest'
import { pngOf } from '../support/pictures.ts'
import { barriersOn } from './barriers.ts'
import { signedIn } from './practice.ts'
import type { Look } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage()
let assessmentId = 0

async function atWork(look: Look = {}) {
  const screen = await signedIn(stage, look)
  onTestFailed(() => screen.explain('failed'))
  /** What the page's policy refused, above all: styles and pictures. */
  const complaints: string[] = []
  screen.page.on('console', (message) => {
    const isRefusedCall = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isRefusedCall) complaints.push(message.text())
  })
  return { ...screen, complaints }
}

it('is written with a formula, a picture and a rubric, each shown as the learner will see it', async () => {
  const screen = await atWork()
  const { page } = screen
  assessmentId = (await screen.client.assessments.create({ title: 'Right angles', type: 'formative' })).id
  await page.goto(`${stage.program.url}/#/assessments/${assessmentId}`)

  await page.getByRole('button', { name: 'Multiple choice' }).click()
  await page.getByLabel('Question', { exact: true }).fill('How long is the third side?')
  await page.getByRole('button', { name: 'Add a formula' }).click()
  await page.getByRole('button', { name: 'Root' }).click()
  await page.keyboard.type('a^2 + b^2')
  await page.getByRole('status', { name: 'How it will look' }).locator('math msqrt').waitFor()
  await page.getByLabel('On a line of its own').check()
  await screen.picture('content-formula')
  await page.getByRole('button', { name: 'Insert the formula' }).click()
  expect(await page.getByLabel('Question', { exact: true }).inputValue()).toBe(
    'How long is the third side? \\[\\sqrt{a^2 + b^2}\\]',
  )

  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add a picture', exact: true }).click()
  const files = { name: 'triangle.png', mimeType: 'image/png', buffer: Buffer.from('<html>not a picture</html>') }
  await (await chooser).setFiles(files)
  await page.getByText('This file is no picture that can be shown.').waitFor()
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ ...files, buffer: pngOf(320, 240) })
  await page.getByLabel('What does the picture show?').fill('A triangle with a right angle')
  await page.getByLabel('Answer 1', { exact: true }).fill('\\(a+b\\)')
  await page.getByLabel('Answer 2', { exact: true }).fill('\\(\\frac{5}{1}\\) cm')
  await page.getByLabel('Answer 2 is right').check()
  await page.getByLabel('Percentages, feedback and pictures').check()
  await screen.picture('content-choice')
  expect(await barriersOn(screen.page)).toEqual([])
  await page.getByRole('button', { name: 'Save question' }).click()
  await page.getByRole('article').locator('math').first().waitFor()

  await page.getByRole('button', { name: 'Essay' }).click()
  await page.getByLabel('Question', { exact: true }).fill('Prove it. \\(\\frac{broken\\)')
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ ...files, buffer: pngOf(64, 48) })
  await page.getByLabel('What does the picture show?').fill('A ruler')
  await page.getByRole('button', { name: 'Add a rubric' }).click()
  await page.getByLabel('Criterion 1', { exact: true }).fill('Reasoning')
  await page.getByRole('button', { name: 'Add a criterion' }).click()
  await page.getByLabel('Criterion 2', { exact: true }).fill('Language')
  await page.getByText('Weights: 100 of 100 %').waitFor()
  await page.getByLabel('Weight of criterion 2, percent of the points').fill('30')
  await page.getByRole('button', { name: 'Save question' }).click()
  await page.getByText('The weights must be 100 % together.').waitFor()
  await screen.picture('content-rubric')
  expect(await barriersOn(screen.page)).toEqual([])
  await page.getByRole('button', { name: 'Same weight for all' }).click()
  await page.getByRole('button', { name: 'Save question' }).click()

  await page.getByRole('tab', { name: 'Preview' }).click()
  await page.getByRole('img', { name: 'A triangle with a right angle' }).waitFor()
  await screen.settled()
  await screen.picture('content-preview')
  await screen.client.assessments.publish({ id: assessmentId })
  expect(screen.troubles).toEqual([])
  expect(screen.complaints).toEqual([])
})

const looks: Record<string, Look> = {
  light: {},
  dark: { dark: true },
  arabic: { language: 'ar' },
  phone: { width: 360, height: 740 },
}

it.each(Object.entries(looks))('is read by the learner: %s', async (name, look) => {
  const screen = await atWork(look)
  const { page } = screen
  const { client } = screen
  const { id: beneficiaryId } = await client.beneficiaries.create({ name: `Learner ${name}` })
  await client.identity.openKiosk()
  await client.delivery.sitDown({ beneficiaryId })
  const { attemptId } = await client.delivery.begin({ assessmentId })
  await page.goto(`${stage.program.url}/#/learn/${attemptId}`)

  const picture = page.getByRole('img', { name: 'A triangle with a right angle' })
  await picture.waitFor()
  expect(await picture.getAttribute('src')).toMatch(/^blob:/)
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(320)
  await page.locator('math').nth(2).waitFor()
  expect(await page.locator('h1 msqrt').count()).toBe(1)
  await screen.settled()
  await screen.picture(`content-learner-${name}`)
  expect(await barriersOn(screen.page)).toEqual([])

  await page.getByRole('button', { name: /A triangle with a right angle/ }).click()
  await page.getByRole('dialog').locator('img').waitFor()
  await screen.picture(`content-zoom-${name}`)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  // The network goes: what the next question shows has been fetched at the beginning.
  await page.route('**/rpc/delivery/picture', (route) => route.abort())
  await page.keyboard.press('PageDown')
  await page.getByRole('img', { name: 'A ruler' }).waitFor()
  await page.getByText('\\frac{broken').first().waitFor()
  expect(screen.troubles).toEqual([])
  expect(screen.complaints).toEqual([])
})
