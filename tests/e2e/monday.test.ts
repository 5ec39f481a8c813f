import { Buffer } from 'node:buffer'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it, onTestFailed } from 'vitest'
import { startProgram } from './program.ts'
import { newProfile, openScreen, type Screen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage(startProgram)

/** A part of the day, with how long it took and how it looked at its end. */
interface Part {
  title: string
  seconds: number
}

async function morning() {
  const screen = await openScreen(await newProfile(stage.browser))
  onTestFailed(() => screen.explain('monday-failed'))
  screen.page.on('dialog', (dialog) => void dialog.accept())
  const parts: Part[] = []
  async function part(title: string, work: (screen: Screen) => Promise<void>) {
    const began = performance.now()
    await work(screen)
    parts.push({ title, seconds: Number(((performance.now() - began) / 1000).toFixed(1)) })
    await screen.settled()
    await screen.picture(`monday-${parts.length}-${title.replaceAll(' ', '-')}`)
  }
  return { ...screen, parts, part }
}

const go = ({ page }: Screen, place: string) =>
  page
    .getByRole('navigation', { name: 'Places' })
    .getByRole('link', { name: new RegExp(`^${place}`) })
    .click()

/** The day begins on a laptop that was closed on Friday. */
async function fridayEvening(screen: Screen) {
  await screen.page.goto(stage.program.url)
  await screen.page.getByText('Open a practice centre').click()
  await screen.page.getByRole('heading', { name: 'Today', exact: true }).waitFor({ timeout: 60_000 })
  await screen.page.getByRole('button', { name: /Amina Haddad/ }).click()
  await screen.page.getByRole('menuitem', { name: 'Sign out' }).click()
  await screen.page.getByLabel('E-mail address').waitFor()
}

async function signIn({ page }: Screen) {
  await page.goto(stage.program.url)
  await page.locator('input[type=email]').fill('trainer@practice.example')
  await page.locator('input[autocomplete=current-password]').fill('practice')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Today', exact: true }).waitFor()
  await page.getByRole('heading', { name: 'Appointments' }).waitFor()
}

/** Somebody comes in, and in the middle of the form the page is left, loaded anew, and the program dies. */
async function registerSomebody(screen: Screen) {
  const { page } = screen
  await go(screen, 'Beneficiaries')
  await page.getByRole('link', { name: 'Add a person' }).first().click()
  const [name, phone] = [page.getByLabel('Full name'), page.getByLabel('Phone').first()]
  await name.fill('Mariam Coulibaly')
  await page.goBack()
  await page.getByRole('button', { name: 'Stay and go on' }).click()
  expect(await name.inputValue()).toBe('Mariam Coulibaly')
  await phone.fill('77 555 10 20')
  await pause(600)
  await page.reload()
  await page.getByText('What you typed here before is back').waitFor()
  await expect.poll(() => name.inputValue()).toBe('Mariam Coulibaly')
  await stage.program.kill()
  stage.program = await startProgram(stage.dataDir, stage.program.port)
  await page.reload()
  await expect.poll(() => phone.inputValue(), { timeout: 15_000 }).toBe('77 555 10 20')
  await page.getByRole('button', { name: 'Save this person' }).click()
  await page.getByText('Mariam Coulibaly is registered.').waitFor()
  await screen.settled()
  await page.goto(`${stage.program.url}/#/beneficiaries/new`)
  await page.getByLabel('Full name').waitFor()
  await screen.settled()
  expect(await page.getByLabel('Full name').inputValue()).toBe('')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

async function planATalk(screen: Screen) {
  const { page } = screen
  await go(screen, 'Calendar')
  await page.getByRole('link', { name: 'New appointment' }).first().click()
  await page.getByLabel('Title').fill('First talk with Mariam')
  await page.getByRole('button', { name: /^Save/ }).click()
  await page.getByText('First talk with Mariam').first().waitFor()
}

async function noteWhoCame(screen: Screen) {
  const { page } = screen
  await go(screen, 'Today')
  await page
    .getByRole('link', { name: /First talk with Mariam|Team meeting/ })
    .first()
    .click()
  await page.getByLabel('Title').waitFor()
  await page.keyboard.press('Escape')
}

async function addADocument(screen: Screen) {
  const { page } = screen
  await go(screen, 'Documents')
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add files' }).first().click()
  const buffer = Buffer.from('Bring a pen and your card.')
  await (await choosing).setFiles([{ name: 'House rules.txt', mimeType: 'text/plain', buffer }])
  await page.getByRole('row').filter({ hasText: 'House rules.txt' }).waitFor()
  const close = page.getByRole('button', { name: 'Close', exact: true })
  if ((await close.count()) > 0) await close.first().click()
}

async function gradeWhatWaits(screen: Screen) {
  const { page } = screen
  await go(screen, 'Today')
  await page.getByText(/answers? to mark/).click()
  await page
    .getByRole('heading', { name: /Grading|Grade/ })
    .first()
    .waitFor()
  await page
    .getByRole('link', { name: /^Grade “/ })
    .first()
    .click()
  const points = page.getByLabel(/^Points of/).first()
  await points.fill('1')
  await points.press('Enter')
  await page.getByText('1 graded').waitFor()
}

async function writeToTheTeam(screen: Screen) {
  const { page } = screen
  await go(screen, 'Messages')
  await page.locator('h1').first().focus()
  await page.keyboard.press('c')
  await page.getByRole('combobox', { name: 'To' }).click()
  await page.keyboard.type('Tom')
  await page.getByRole('option', { name: /Tom/ }).first().click()
  await page.keyboard.press('Escape')
  await page.getByLabel('Subject').fill('Mariam begins today')
  const text = page.getByRole('textbox', { name: /^Message$/ })
  await text.fill('Please greet her at ten.')
  await text.press('Control+Enter')
  await page.getByText('The message is sent.').waitFor()
}

async function findByAnyPart(screen: Screen) {
  const { page } = screen
  await page.keyboard.press('Control+k')
  await page.locator('input:focus').pressSequentially('couliba')
  await page
    .getByRole('option', { name: /Mariam Coulibaly/ })
    .first()
    .click()
  await page.getByRole('dialog', { name: 'Mariam Coulibaly' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

async function closeTheLaptop(screen: Screen) {
  const { page } = screen
  await go(screen, 'Today')
  await page.getByRole('heading', { name: 'Appointments' }).waitFor()
  await page.getByRole('button', { name: /Amina Haddad/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.locator('input[type=email]').waitFor()
}

it('is a Monday of a trainer, from opening the laptop to closing it, with nothing lost on the way', {
  timeout: 300_000,
}, async () => {
  const day = await morning()
  await fridayEvening(day)
  await day.part('sign in', signIn)
  await day.part('register somebody', registerSomebody)
  await day.part('plan a talk', planATalk)
  await day.part('look at today', noteWhoCame)
  await day.part('add a document', addADocument)
  await day.part('grade what waits', gradeWhatWaits)
  await day.part('write to the team', writeToTheTeam)
  await day.part('find by any part', findByAnyPart)
  await day.part('close the laptop', closeTheLaptop)
  console.log(`a Monday: ${day.parts.map(({ title, seconds }) => `${title} ${seconds} s`).join(', ')}`)
  expect(day.troubles).toEqual([])
})
