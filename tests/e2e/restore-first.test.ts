import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFailed, onTestFinished } from 'vitest'
import { password, testCentre } from '../support/centre.ts'
import { clientAt } from '../support/host.ts'
import { barriersOn } from './barriers.ts'
import { openProgram } from './program.ts'
import { type Look, newProfile, openScreen, type Screen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage()
const passphrase = 'four words of my own'

function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'bdc-e2e-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The centre of the stage with a passphrase, and its backup on a stick. */
async function backedUpCentre(stick: string) {
  const client = clientAt(stage.program.url)
  const { admin, email } = await testCentre({ visitor: () => client }, 'Backed Up Centre')
  await admin.beneficiaries.create({ name: 'Lina Learner' })
  await admin.keys.setPassphrase({ passphrase, use: 'start', insteadOf: null, password })
  await admin.keys.renewRecoveryCode({ password })
  await admin.backups.configure({ secondFolder: stick, every: 'day' })
  await admin.backups.begin()
  await expect.poll(async () => (await admin.backups.state()).running, { timeout: 30_000 }).toBeNull()
  return { admin, email }
}

it('begins with a backup at the first start', async () => {
  const stick = newFolder()
  const { email } = await backedUpCentre(stick)
  const empty = newFolder()
  await using program = await openProgram(empty)
  const screen = await openScreen(await newProfile(stage.browser))
  onTestFailed(() => screen.explain('restore-first-failed'))
  const { page } = screen
  await page.goto(program.url)
  await page.getByRole('button', { name: /I have a backup/ }).click()
  await page.getByLabel('Folder with backups').fill(join(stick, 'nowhere'))
  await page.getByRole('button', { name: 'Show the backups' }).click()
  await page.getByText('There are no backups in this folder').waitFor()
  await bringBack(screen, stick)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Beneficiaries' }).first().click()
  await page.getByText('Lina Learner').first().waitFor()
  expect(screen.troubles).toEqual([])
})

/** From the folder to the sign-in screen. */
async function bringBack(screen: Screen, stick: string) {
  const { page } = screen
  await page.getByLabel('Folder with backups').fill(stick)
  await page.getByRole('button', { name: 'Show the backups' }).click()
  await page.getByRole('button', { name: /People: 1, answers: 0/ }).click()
  await page.getByRole('textbox', { name: 'Passphrase' }).fill('four words of hers')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByText('This passphrase does not open').waitFor()
  expect(await page.getByText('Backed Up Centre').count()).toBe(0)
  await page.getByText('Recovery code', { exact: true }).click()
  expect(await page.getByRole('textbox', { name: 'Recovery code' }).inputValue()).toBe('')
  await page.getByText('This passphrase does not open').waitFor({ state: 'detached' })
  await page.getByText('Passphrase', { exact: true }).first().click()
  await page.getByRole('textbox', { name: 'Passphrase' }).fill(passphrase)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByText('Backed Up Centre').waitFor()
  await page.getByRole('button', { name: 'Restore this backup' }).click()
  await page.getByLabel('E-mail').waitFor({ timeout: 30_000 })
}

it('puts a backup in the place of locked data', async () => {
  const stick = newFolder()
  const elsewhere = newFolder()
  await stage.program[Symbol.asyncDispose]()
  rmSync(stage.dataDir, { recursive: true, force: true })
  stage.program = await openProgram(stage.dataDir)
  await backedUpCentre(stick)
  await using program = await openProgram(elsewhere)
  const { admin } = await testCentre({ visitor: () => clientAt(program.url) }, 'Locked Centre')
  await admin.keys.setPassphrase({ passphrase: 'quite another one', use: 'start', insteadOf: null, password })
  const file = (await admin.keys.ofComputer()).slots.find(({ kind }) => kind === 'file')
  await admin.keys.revoke({ id: file?.id ?? '', password })
  await program[Symbol.asyncDispose]()
  await using again = await openProgram(elsewhere)
  const screen = await openScreen(await newProfile(stage.browser))
  onTestFailed(() => screen.explain('restore-first-failed'))
  await screen.page.goto(again.url)
  await screen.page.getByRole('button', { name: 'Restore a backup instead' }).click()
  await screen.page.getByText('That data is not deleted').waitFor()
  await bringBack(screen, stick)
  await screen.page.getByText('Backed Up Centre').first().waitFor()
  expect(screen.troubles).toEqual([])
})

const looks: Record<string, Look> = {
  light: {},
  arabic: { language: 'ar', dark: true },
  phone: { width: 390, height: 844, language: 'fr-FR' },
}

it.each(Object.entries(looks))('shows the way to a backup without a barrier: %s', async (name, look) => {
  const stick = newFolder()
  const empty = newFolder()
  await stage.program[Symbol.asyncDispose]()
  rmSync(stage.dataDir, { recursive: true, force: true })
  stage.program = await openProgram(stage.dataDir)
  await backedUpCentre(stick)
  await using program = await openProgram(empty)
  const screen = await openScreen(await newProfile(stage.browser, look))
  onTestFailed(() => screen.explain('restore-first-failed'))
  const { page } = screen
  await page.goto(program.url)
  await page.locator('main button').last().waitFor()
  await screen.settled()
  await screen.picture(`restore-first-${name}-0`)
  await page.locator('main button').last().click()
  await page.locator('main input[type=text], main input:not([type])').fill(stick)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /MB|م\.ب|Mo/ }).waitFor()
  expect(await barriersOn(screen.page)).toEqual([])
  await screen.picture(`restore-first-${name}-1`)
  await page.getByRole('button', { name: /MB|م\.ب|Mo/ }).click()
  await page.locator('main input[type=password]').fill(passphrase)
  expect(await barriersOn(screen.page)).toEqual([])
  await screen.picture(`restore-first-${name}-2`)
  await page.keyboard.press('Enter')
  await page.getByText('Backed Up Centre').waitFor()
  expect(await barriersOn(screen.page)).toEqual([])
  await screen.picture(`restore-first-${name}-3`)
})
