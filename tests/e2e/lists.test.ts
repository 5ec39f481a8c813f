import type { Page } from 'playwright-core'
import { expect, it, onTestFailed } from 'vitest'
import { clientAt, type HttpClient } from '../support/host.ts'
import { newProfile, openScreen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage()

async function peopleOfPractice() {
  const screen = await openScreen(await newProfile(stage.browser))
  onTestFailed(() => screen.explain('lists-failed'))
  const { page } = screen
  await page.goto(stage.program.url)
  await page.getByText('Open a practice centre').click()
  await page.waitForURL(/#\/today/)
  await page.goto(`${stage.program.url}#/beneficiaries`)
  await page.getByRole('row').nth(4).waitFor()
  return screen
}

const boxOf = (page: Page, row: number) => page.getByRole('row').nth(row).locator('[data-choose]')
const chosen = (page: Page) => page.getByRole('region', { name: 'What is chosen' })
const job = (page: Page) => page.getByRole('region', { name: 'A change to many' })

it('brings a list back as it was left, keeps a view of it under a name, and changes everybody it shows at once', async () => {
  const { page, troubles } = await peopleOfPractice()
  const client = clientAt(stage.program.url)
  await client.identity.signIn({ email: 'trainer@practice.example', password: 'practice' })

  // Narrowed and turned around, and still so after a look at another screen.
  await page.getByRole('combobox', { name: 'Status' }).click()
  await page.getByRole('option', { name: 'Inactive' }).click()
  await page.waitForURL(/status=inactive/)
  await page.getByRole('columnheader').getByRole('button', { name: 'Name' }).click()
  await page.waitForURL(/order=-name/)
  await page.getByRole('link', { name: 'Today' }).first().click()
  await page.waitForURL(/#\/today/)
  await page.getByRole('link', { name: 'Beneficiaries' }).first().click()
  await page.waitForURL(/status=inactive&order=-name/)

  const heads = async () => (await page.getByRole('columnheader').allTextContents()).join(' ')
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Order of the columns…' }).click()
  await page.getByRole('button', { name: 'Move “Status” earlier' }).click()
  await page.waitForURL(/sequence=/)
  await expect.poll(heads).toMatch(/Name.*Status.*Enrolled/)
  await page.keyboard.press('Escape')
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Views')
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Save this view…' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Away, from Z')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('button', { name: 'Away, from Z' }).click()
  await page.getByRole('menuitem', { name: 'Everything' }).click()
  await page.getByRole('row').nth(4).waitFor()
  await page.keyboard.press('Control+K')
  await page.getByRole('dialog').getByRole('combobox').fill('away')
  await page.getByRole('option', { name: 'Away, from Z' }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/status=inactive&order=-name/)
  await expect.poll(heads).toMatch(/Name.*Status.*Enrolled/)
  await page.getByRole('button', { name: 'Away, from Z' }).click()
  await page.getByRole('menuitem', { name: 'Everything' }).click()
  await page.getByRole('row').nth(4).waitFor()

  // Some with the mouse, one more with the keyboard, and then all of them but one.
  await boxOf(page, 1).click()
  await boxOf(page, 3).click({ modifiers: ['Shift'] })
  await page.getByText('3 chosen').waitFor()
  await page.keyboard.press('Shift+ArrowDown')
  await page.getByText('4 chosen').waitFor()
  await page.keyboard.press('Control+A')
  const all = Number(/\d+/.exec(await chosen(page).innerText())?.[0])
  await boxOf(page, 1).click()
  await page.getByText(`All ${all - 1} that match`).waitFor()

  await page.getByRole('button', { name: 'Change…' }).click()
  await page.getByRole('dialog').getByRole('combobox', { name: 'Status' }).click()
  await page.getByRole('option', { name: 'Completed' }).click()
  await page.getByRole('button', { name: `Change ${all - 1}` }).click()
  await job(page)
    .getByText(/ changed$/)
    .waitFor()
  await page.getByRole('row').nth(2).getByText('Completed').waitFor()
  await page.reload()
  await job(page).getByRole('button', { name: 'Undo all of it' }).click()
  await job(page)
    .getByText(/^[\d,]+ of [\d,]+ are as they were$/)
    .waitFor()
  await page.getByRole('row').nth(2).getByText('Active').waitFor()

  await stopMidway(page, client)
  expect(troubles).toEqual([])
})

/** Of a change to 1,800 people that is stopped in the middle, what is done is said, stays and is taken back. */
async function stopMidway(page: Page, client: HttpClient) {
  const statuses = async () => (await client.beneficiaries.list({ status: 'completed' })).total
  const before = await statuses()
  for (let hundred = 0; hundred < 18; hundred += 2)
    await client.beneficiaries.registerMany({
      names: Array.from({ length: 200 }, (_, one) => `Many ${hundred} ${one}`),
    })
  await page.reload()
  await page.getByRole('row').nth(4).waitFor()
  await boxOf(page, 1).click()
  await page.keyboard.press('Control+A')
  await page.getByText(/^All 1,8\d\d that match/).waitFor()
  await page.getByRole('button', { name: 'Change…' }).click()
  await page.getByRole('dialog').getByRole('combobox', { name: 'Status' }).click()
  await page.getByRole('option', { name: 'Completed' }).click()
  await page.getByRole('button', { name: /^Change 1,8/ }).click()
  // At once: a fast machine is through with all of them within two seconds.
  await job(page).getByRole('button', { name: 'Stop' }).click()
  const stopped = job(page).getByText(/^Stopped: [\d,]+ of 1,8\d\d changed and stay so; the others are as they were$/)
  await stopped.waitFor()
  const changed = Number(/[\d,]+/.exec(await stopped.innerText())?.[0].replace(',', ''))
  expect(changed).toBeGreaterThan(0)
  expect(changed).toBeLessThan(1800)
  expect(await statuses()).toBeGreaterThanOrEqual(changed)
  await page.reload()
  await stopped.waitFor()
  await job(page).getByRole('button', { name: 'Undo all of it' }).click()
  await job(page)
    .getByText(/^[\d,]+ of [\d,]+ are as they were$/)
    .waitFor()
  await expect.poll(statuses).toBe(before)
}
