import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, it, onTestFailed, onTestFinished } from 'vitest'
import { readRecoveryCode } from '../../shared/recovery-code.ts'
import { password, testCentre } from '../support/centre.ts'
import { clientAt } from '../support/host.ts'
import { pdfPages } from '../support/pdf-text.ts'
import { barriersOn } from './barriers.ts'
import { signedIn } from './practice.ts'
import { openProgram, startProgram } from './program.ts'
import type { Look, Screen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage()
let email: string

async function atWork(look: Look = {}) {
  const screen = await signedIn(stage, look, { email, password })
  // A passphrase takes its second of argon2id, and more on a busy machine.
  screen.page.setDefaultTimeout(60_000)
  onTestFailed(() => screen.explain('keys-failed'))
  return screen
}

async function visit({ page, settled }: Screen, address: string) {
  await page.goto(`${stage.program.url}/#${address}`)
  await page.locator('h1').first().waitFor()
  await settled()
}

it('nags until there is a recovery code, shows it once, and prints it on one sheet', async () => {
  email = (await testCentre({ visitor: () => clientAt(stage.program.url) }, 'Centre of Keys')).email
  const screen = await atWork()
  const { page } = screen
  await visit(screen, '/team')
  await page.getByRole('note').getByRole('link').click()
  await page.getByRole('heading', { name: 'Keys of this computer' }).waitFor()
  await screen.picture('keys-nag')
  await page.getByRole('button', { name: 'Make a recovery code' }).click()
  await page.getByLabel('Your own password').fill('not it')
  await page.getByRole('button', { name: 'Show the code' }).click()
  await page.getByRole('alert').filter({ hasText: 'password' }).waitFor()
  await screen.picture('keys-password')
  await page.getByLabel('Your own password').fill(password)
  await page.getByRole('button', { name: 'Show the code' }).click()
  await page.getByRole('heading', { name: 'Your recovery code' }).waitFor()
  const code = await page.locator('p[dir=ltr]').first().innerText()
  expect(readRecoveryCode(code)).toHaveProperty('code')
  await screen.picture('keys-sheet')
  await page.emulateMedia({ media: 'print' })
  await screen.picture('keys-sheet-printed')
  const pages = pdfPages(await page.pdf({ format: 'A4' }))
  expect(pages).toHaveLength(1)
  expect(pages[0]).toContain(code.replaceAll(/\s/g, '').slice(0, 5))
  await page.emulateMedia({ media: 'screen' })
  await page.getByLabel('I have printed the code').check()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByText('Recovery code', { exact: true }).waitFor()
  expect(await page.getByText(code.slice(0, 5)).count()).toBe(0)
  await visit(screen, '/team')
  expect(await page.getByRole('note').count()).toBe(0)
  expect(pdfPages(await page.pdf()).join(), 'other pages can be printed after it').toContain('AdaAdmin')
  expect(screen.troubles).toEqual([])
})

it('takes a passphrase and removes the key file, and the next start asks for the passphrase', {
  timeout: 180_000,
}, async () => {
  // Here alone at what a guess costs, and in a process of its own.
  await stage.program[Symbol.asyncDispose]()
  stage.program = await startProgram(stage.dataDir)
  const screen = await atWork()
  const { page } = screen
  await visit(screen, '/keys')
  await page.getByRole('button', { name: 'Add a passphrase', exact: true }).click()
  await page.getByLabel('New passphrase').fill('short')
  await page.getByText('Use at least 12 characters.').waitFor()
  await page.getByLabel('New passphrase').fill('four words of my own')
  await page.getByLabel('The same again').fill('four words of my own')
  await page.getByLabel('Your own password').fill(password)
  await screen.picture('keys-passphrase')
  await page.getByRole('button', { name: 'Save the passphrase' }).click()
  await page.getByRole('button', { name: 'Change: Passphrase' }).waitFor()
  await page.getByRole('button', { name: 'Remove: Key file' }).click()
  await page.getByLabel('Your own password').fill(password)
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByText('This computer does not start by itself').waitFor()

  await stage.program[Symbol.asyncDispose]()
  stage.program = await startProgram(stage.dataDir)
  await page.goto(stage.program.url)
  await page.getByLabel('Passphrase of this computer').fill('four words of my own')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByRole('heading', { name: 'Today', exact: true }).waitFor()
  const admin = clientAt(stage.program.url)
  await admin.identity.signIn({ email, password })
  await admin.keys.startByItself({ password })
  expect(screen.troubles).toEqual([])
  await stage.program[Symbol.asyncDispose]()
  stage.program = await openProgram(stage.dataDir)
})

it('makes a backup on a second disk, tries it, and brings it back while the program runs', {
  timeout: 180_000,
}, async () => {
  const admin = clientAt(stage.program.url)
  await admin.identity.signIn({ email, password })
  await admin.beneficiaries.create({ name: 'In the backup' })
  const stick = join(stage.dataDir, '..', `${basename(stage.dataDir)}-stick`)
  mkdirSync(stick, { recursive: true })
  onTestFinished(() => rmSync(stick, { recursive: true }))

  const screen = await atWork()
  const { page } = screen
  await visit(screen, '/backups')
  await page.getByLabel('Second place').fill('/nowhere')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('There is no such folder').waitFor()
  await page.getByLabel('Second place').fill(stick)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Nothing has been copied to the second place yet').waitFor()
  await page.getByRole('button', { name: 'Back up now' }).click()
  await page.getByText(/Last backup:/).waitFor()
  await expect.poll(() => readdirSync(stick).length).toBe(1)
  await page
    .getByRole('button', { name: /^Test:/ })
    .first()
    .click()
  await page.getByText(/^Brought back for a test/).waitFor()
  await screen.settled()
  await screen.picture('backups-made')

  await admin.beneficiaries.create({ name: 'After the backup' })
  await page
    .getByRole('button', { name: /^Restore:/ })
    .first()
    .click()
  await page.getByText('Centre of Keys').last().waitFor()
  await page.getByLabel('Your own password').fill(password)
  await screen.picture('backups-restore')
  await page.getByRole('dialog').getByRole('button', { name: 'Restore', exact: true }).click()
  await page.getByText('BDC is starting anew').waitFor()
  await page.getByRole('heading', { name: /Centre of Keys/ }).waitFor({ timeout: 60_000 })

  const again = clientAt(stage.program.url)
  await again.identity.signIn({ email, password })
  const { rows } = await again.beneficiaries.list({})
  expect(rows.map(({ name }) => name)).toEqual(['In the backup'])

  // Whoever is erased now is in that backup still, until a new one takes its place on both disks.
  const older = readdirSync(stick)
  await again.privacy.erase({ person: { beneficiaryId: rows[0]?.id ?? 0 }, name: 'In the backup' })
  const after = await atWork()
  await visit(after, '/backups')
  await after.page.getByText('It holds what was erased here since').first().waitFor()
  expect(await barriersOn(after.page)).toEqual([])
  await after.picture('backups-holding')
  await after.page.getByRole('button', { name: /^Replace them with/ }).click()
  await after.page.getByLabel('Your own password').fill(password)
  await after.page.getByRole('button', { name: 'Replace them', exact: true }).click()
  await after.page.getByText('It holds what was erased here since').first().waitFor({ state: 'detached' })
  expect(readdirSync(stick)).toHaveLength(1)
  expect(readdirSync(stick)).not.toEqual(older)
})

const looks: Record<string, Look> = {
  light: {},
  dark: { dark: true },
  arabic: { language: 'ar' },
  phone: { width: 390, height: 844, language: 'fr-FR' },
}

it.each(Object.entries(looks))('shows keys and backups without a barrier: %s', async (name, look) => {
  const screen = await atWork(look)
  for (const place of ['keys', 'backups']) {
    await visit(screen, `/${place}`)
    await screen.page.locator('main li').first().waitFor()
    await screen.picture(`${name}-${place}`)
    expect({ place, problems: await barriersOn(screen.page) }).toEqual({ place, problems: [] })
  }
})
