import { expect, it, onTestFailed } from 'vitest'
import { startProgram } from './program.ts'
import { type Look, newProfile, openScreen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage(startProgram)

/** The desk of the practice centre's administrator, with the list of its people. */
async function desk(look: Look = {}) {
  const screen = await openScreen(await newProfile(stage.browser, look))
  onTestFailed(() => screen.explain('palette-failed'))
  const { page } = screen
  await page.goto(stage.program.url)
  const practice = page.locator('button').filter({ hasText: /practice|entraînement|تدريب/i })
  const email = page.locator('input[type=email]')
  await practice.or(email).first().waitFor()
  if (await email.isVisible()) {
    await email.fill('trainer@practice.example')
    await page.locator('input[autocomplete=current-password]').fill('practice')
    await page.keyboard.press('Enter')
  } else await practice.first().click()
  await page.waitForURL(/#\/today/, { timeout: 60_000 })
  await page.goto(`${stage.program.url}#/beneficiaries`)
  await page.getByRole('row').nth(1).waitFor()
  await screen.settled()
  return screen
}

it('finds a person by a part of the name, by keyboard alone, and opens the file', { timeout: 120_000 }, async () => {
  const screen = await desk()
  const { page, picture } = screen
  const name = /^[^\n]*\n([^\n]+)/.exec(await page.getByRole('row').nth(3).innerText())?.[1] ?? ''
  const part = name.slice(1, 6).toUpperCase()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('searchbox').or(page.getByRole('combobox')).first().waitFor()
  await picture('palette-1-empty')
  await page.locator('input:focus').pressSequentially(part)
  await page.getByRole('option', { name }).first().waitFor()
  await screen.settled()
  await picture('palette-2-found')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await page.waitForURL(/beneficiaries\/\d+/)
  await page.getByRole('dialog').getByLabel('Full name').waitFor()
  expect(await page.getByLabel('Full name').inputValue()).toBe(name)
  expect(screen.troubles).toEqual([])
})

it('takes the first thing found with Enter, and says so when nothing is called like that', {
  timeout: 120_000,
}, async () => {
  const screen = await desk()
  const { page, picture } = screen
  await page.getByRole('button', { name: 'Search' }).first().click()
  await page.locator('input:focus').pressSequentially('zzqq')
  await page.getByText('Nothing is called “zzqq”.').waitFor()
  await picture('palette-3-nothing')
  await page.locator('input:focus').fill('Gradi')
  await page.locator('[role=option][data-combobox-selected]', { hasText: 'Grading' }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/grading/)

  // Of a place that the side bar has no room for at first, it shows where it is.
  await page.keyboard.press('Control+k')
  await page.locator('input:focus').fill('Keys')
  await page.locator('[role=option][data-combobox-selected]', { hasText: 'Keys' }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/#\/keys/)
  await screen.settled()
  const isSeen = await page.getByRole('link', { name: 'Keys', exact: true }).evaluate((link) => {
    const { x, y, width, height } = link.getBoundingClientRect()
    return link.contains(document.elementFromPoint(x + width / 2, y + height / 2))
  })
  expect(isSeen).toBe(true)
  expect(screen.troubles).toEqual([])
})

it('goes where the keys of the sheet say', { timeout: 120_000 }, async () => {
  const screen = await desk()
  const { page, picture } = screen
  await page.keyboard.press('Control+/')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Alt+Shift+N').waitFor()
  await picture('palette-4-keys')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Alt+Shift+N')
  await page.waitForURL(/beneficiaries\/new/)
  await page.getByLabel('Full name').waitFor()
  expect(screen.troubles).toEqual([])
})

it.each<[string, Look]>([
  ['arabic', { language: 'ar' }],
  ['dark', { dark: true }],
  ['phone', { width: 390, height: 844 }],
])('shows what it finds: %s', { timeout: 120_000 }, async (name, look) => {
  const screen = await desk(look)
  await screen.page.locator('button[aria-keyshortcuts]:visible').click()
  await screen.page.locator('input:focus').pressSequentially('an')
  await screen.page.getByRole('option').first().waitFor()
  await screen.settled()
  await screen.picture(`palette-5-${name}`)
  expect(screen.troubles).toEqual([])
})
