import { beforeAll, expect, it } from 'vitest'
import { newProfile, openScreen, type Screen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage()
let screen: Screen
const name = 'Fatou Ndiaye'

beforeAll(async () => {
  screen = await openScreen(await newProfile(stage.browser))
  await screen.page.goto(stage.program.url)
  await screen.page.getByText('Open a practice centre').click()
  await screen.page.getByRole('heading', { name: 'Today', exact: true }).waitFor()
})

async function at(address: string) {
  await screen.page.goto(`${stage.program.url}/#${address}`)
  await screen.page.locator('h1').first().waitFor()
  await screen.settled()
}

async function choosePerson() {
  const { page } = screen
  await page.getByRole('combobox', { name: 'Person' }).fill(name)
  await page.getByRole('option', { name }).click()
}

it('writes a consent text, and records a yes and its withdrawal in the file', async () => {
  const { page } = screen
  await at('/privacy/consent')
  await page.getByText('No consent texts yet').waitFor()
  await page.getByRole('button', { name: 'Write a text' }).click()
  await page.getByLabel('Topic').fill('Photos on the wall')
  await page.getByLabel('Text as it is read to people').fill('Photos of the course may be shown on our walls.')
  await page.getByRole('button', { name: 'Save this version' }).click()
  await page.getByText('0 people say yes').waitFor()
  await screen.picture('privacy-consent')

  await at('/beneficiaries/1')
  await page.getByRole('button', { name: 'Consents: 0 of 1' }).click()
  await page.getByRole('button', { name: 'Says yes' }).click()
  await page.getByRole('button', { name: 'Takes it back' }).waitFor()
  await screen.settled()
  await screen.picture('privacy-consents-of')
  await page.getByRole('button', { name: 'Takes it back' }).click()
  await page.getByText('Took it back', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  expect(screen.troubles).toEqual([])
})

it('holds a person, refuses the erasure with the reason, and erases them from their request once it is lifted', async () => {
  const { page } = screen
  await at('/privacy/holds')
  await page.getByRole('button', { name: 'Place a legal hold' }).click()
  await choosePerson()
  await page.getByLabel('Reason').fill('Complaint 12/2026')
  await page.getByRole('button', { name: 'Place the hold' }).click()
  await page.getByText('In force').waitFor()
  await screen.picture('privacy-hold')

  await at('/privacy')
  await page.getByText('No requests yet').waitFor()
  await page.getByRole('button', { name: 'Note a request' }).click()
  await page.getByText('Erasure', { exact: true }).click()
  await choosePerson()
  await page.getByLabel('From whom').fill('her mother, by phone')
  await screen.picture('privacy-new-request')
  await page.getByRole('button', { name: 'Note it' }).click()
  await page.getByText('Waiting').waitFor()
  await screen.picture('privacy-requests')

  const erase = async () => {
    await page.getByRole('button', { name: 'Erase this person…' }).click()
    await page.getByLabel(`To confirm, type the name: ${name}`).fill(name)
    await page.getByRole('button', { name: 'Erase', exact: true }).click()
  }
  await erase()
  await page.getByText('under a legal hold').waitFor()
  await screen.picture('privacy-held')
  await at('/privacy/holds')
  await page.getByRole('button', { name: `Lift the hold on ${name}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Lift' }).click()
  await page.getByText('Lifted', { exact: true }).waitFor()

  await at('/privacy')
  await erase()
  await page.getByText('Erased person').first().waitFor()
  await page.getByText('Done', { exact: true }).waitFor()
  await expect.poll(() => page.getByText(name).count()).toBe(0)
  await at('/privacy/holds')
  await page.getByText('Nobody has been erased.').waitFor({ state: 'detached' })
  await screen.picture('privacy-erased')
})

it('says which of two people of one name a request is about, down to the erasure', async () => {
  const { page } = screen
  await at('/privacy')
  await page.getByRole('button', { name: 'Note a request' }).click()
  await page.getByText('Erasure', { exact: true }).click()
  const person = page.getByRole('combobox', { name: 'Person' })
  await person.fill('Chloé')
  await page.getByRole('option', { name: 'Martigues' }).click()
  const dialog = page.getByRole('dialog')
  const told = dialog.locator('form').getByText('Martigues', { exact: true })
  await told.first().waitFor()
  await person.click()
  await page.getByRole('option', { name: 'Martigues' }).click()
  expect(await person.inputValue()).toBe('Chloé Martin')

  await page.getByLabel('From whom').fill('herself, by letter')
  await page.getByLabel('Received on').fill('2099-01-01')
  await page.getByRole('button', { name: 'Note it' }).click()
  const tooLate = page.getByText('This day has not come yet')
  await tooLate.waitFor()
  await page.getByLabel('Received on').fill('2026-01-05')
  await tooLate.waitFor({ state: 'detached' })
  await screen.picture('privacy-namesake-chosen')
  await page.getByRole('button', { name: 'Note it' }).click()
  await dialog.waitFor({ state: 'detached' })
  const line = page.getByRole('listitem').filter({ hasText: 'Chloé Martin' })
  await line.getByText('Martigues').waitFor()
  await line.getByRole('button', { name: 'Erase this person…' }).click()
  await told.waitFor()
  await screen.picture('privacy-namesake-erase')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.waitFor({ state: 'detached' })
})

it('shows what is too old and deletes it after the numbers were agreed to', async () => {
  const { page } = screen
  await at('/privacy/retention')
  await page.getByText('Nothing is too old').waitFor()
  await page.getByLabel('Answers in graded attempts').fill('1')
  await page.getByRole('button', { name: 'Save the rules' }).click()
  await page.getByText('Older than 1 month').waitFor()
  await screen.settled()
  await screen.picture('privacy-retention')
  await page.getByRole('button', { name: 'Delete…' }).click()
  await page.getByRole('button', { name: 'Delete for good' }).waitFor()
  await screen.picture('privacy-retention-question')
  await page.getByRole('button', { name: 'Delete for good' }).click()
  await page.getByText('Nothing is too old').waitFor()
  expect(screen.troubles).toEqual([])
})
