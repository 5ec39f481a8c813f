import { readFileSync } from 'node:fs'
import { expect, it, onTestFailed } from 'vitest'
import { unsealFile } from '../../main/keys/sealed-file.ts'
import { password, testCentre } from '../support/centre.ts'
import { clientAt } from '../support/host.ts'
import { barriersOn } from './barriers.ts'
import { signedIn } from './practice.ts'
import type { Look } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage()
const passphrase = 'four words of my own'
let email: string | undefined

async function activityLog(look: Look = {}) {
  email ??= (await testCentre({ visitor: () => clientAt(stage.program.url) })).email
  const screen = await signedIn(stage, look, { email, password })
  const { page } = screen
  page.setDefaultTimeout(60_000)
  onTestFailed(() => screen.explain('sealed-failed'))
  await page.goto(`${stage.program.url}/#/activity`)
  await page.locator('[aria-current=page][href*=activity]').first().waitFor({ state: 'attached' })
  await screen.settled()
  return screen
}

it('saves the activity log under a passphrase, which alone opens it', { timeout: 180_000 }, async () => {
  const screen = await activityLog()
  const { page } = screen
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'Save under a passphrase…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Passphrase for the file').fill('short')
  await dialog.getByText('Use at least 12 characters.').waitFor()
  expect(await dialog.getByRole('button', { name: 'Save the file' }).isDisabled()).toBe(true)
  await dialog.getByRole('radio', { name: 'As CSV' }).check()
  await dialog.getByLabel('Passphrase for the file').fill(passphrase)
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save the file' }).click()
  const saved = await download
  expect(saved.suggestedFilename()).toBe('bdc-export.bdcsealed')
  const bytes = readFileSync(await saved.path())
  expect(bytes.includes('setup.createCentre')).toBe(false)
  await expect(unsealFile(bytes, 'four words of hers')).rejects.toThrow(/does not open/)
  const { fileName, bytes: plain } = await unsealFile(bytes, passphrase)
  expect(fileName).toMatch(/^activity-\d{4}-\d\d-\d\d\.csv$/)
  expect(plain.includes('setup.createCentre')).toBe(true)
  await dialog.waitFor({ state: 'detached' })
  expect(screen.troubles).toEqual([])
})

const looks: Record<string, Look> = {
  light: {},
  dark: { dark: true, language: 'ar' },
  phone: { width: 390, height: 844, language: 'fr-FR' },
}

it.each(Object.entries(looks))('asks for the passphrase without a barrier: %s', async (name, look) => {
  const screen = await activityLog(look)
  const { page } = screen
  await page.locator('button[aria-haspopup=menu]').last().click()
  await page.getByRole('menuitem').last().click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('input[type=password]').fill('short')
  await screen.settled()
  await screen.picture(`sealed-${name}`)
  expect(await barriersOn(page)).toEqual([])
})
