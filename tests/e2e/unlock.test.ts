import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFailed } from 'vitest'
import { essay, password, publishedAssessment, testCentre } from '../support/centre.ts'
import { clientAt } from '../support/host.ts'
import { barriersOn } from './barriers.ts'
import { signedIn } from './practice.ts'
import { openProgram } from './program.ts'
import { type Look, newProfile, openScreen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage()
const passphrase = 'four words of my own'
const json = { 'content-type': 'application/json' }
let code: string[]
let email: string

/** A start of the computer. */
async function startAgain() {
  await stage.program[Symbol.asyncDispose]()
  stage.program = await openProgram(stage.dataDir)
}

it('does not open by itself once its key file is revoked, and opens with the passphrase', async () => {
  const entrance = { visitor: () => clientAt(stage.program.url) }
  const centre = await testCentre(entrance, 'Locked Centre')
  const { admin } = centre
  email = centre.email
  await admin.keys.setPassphrase({ passphrase, use: 'start', insteadOf: null, password })
  code = (await admin.keys.renewRecoveryCode({ password })).groups
  const file = (await admin.keys.ofComputer()).slots.find(({ kind }) => kind === 'file')
  await admin.keys.revoke({ id: file?.id ?? '', password })
  await startAgain()

  expect(
    (
      await fetch(`${stage.program.url}/rpc/setup/status`, {
        method: 'POST',
        headers: { ...json, origin: stage.program.url },
        body: '{}',
      })
    ).status,
  ).toBe(503)
  await using second = await openProgram(stage.dataDir)
  const screen = await openScreen(await newProfile(stage.browser))
  onTestFailed(() => screen.explain('unlock-failed'))
  const { page } = screen
  await page.goto(stage.program.url)
  await page.getByLabel('Passphrase of this computer').fill('not this one at all')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByText('This passphrase does not open this data').waitFor()
  await screen.picture('unlock-wrong')
  await page.getByLabel('Passphrase of this computer').fill(passphrase)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByRole('heading', { name: /Locked Centre/ }).waitFor()

  // Another one that was started beside it waits for the same passphrase.
  await page.goto(second.url)
  await page.getByLabel('Passphrase of this computer').fill(passphrase)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByText('Another BDC on this computer has this data open.').waitFor()
  await screen.picture('unlock-in-use')
  expect(screen.troubles).toEqual([])
})

it('opens with the recovery code when the passphrase is forgotten, names a typing mistake, and takes a new passphrase', async () => {
  await startAgain()
  const screen = await openScreen(await newProfile(stage.browser))
  onTestFailed(() => screen.explain('unlock-failed'))
  const { page } = screen
  await page.goto(stage.program.url)
  await page.getByText('Recovery code', { exact: true }).click()
  const wrong = code.with(
    2,
    (code[2] ?? '').replace(/^./, (letter) => (letter === '7' ? '8' : '7')),
  )
  await page.getByLabel('Recovery code', { exact: true }).last().fill(wrong.join(' '))
  await page.getByText('There is a typing mistake in group 3').waitFor()
  await screen.picture('unlock-mistake')
  await page.getByLabel('Recovery code', { exact: true }).last().fill(code.join('-').toLowerCase())
  await page.getByLabel(/New passphrase/).fill('the new four words')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByRole('heading', { name: /Locked Centre/ }).waitFor()

  await startAgain()
  await page.goto(stage.program.url)
  await page.getByLabel('Passphrase of this computer').fill('the new four words')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByRole('heading', { name: /Locked Centre/ }).waitFor()
  expect(screen.troubles).toEqual([])
})

it('leads staff to the page that unlocks it when it is started again, and has a learner wait with what they wrote', async () => {
  const staff = await signedIn(stage, {}, { email, password })
  onTestFailed(() => staff.explain('unlock-staff-failed'))
  const { id: beneficiaryId } = await staff.client.beneficiaries.create({ name: 'Wanda Waits' })
  await publishedAssessment(staff.client as never, [essay], { beneficiaryId })
  const learner = await signedIn(stage, {}, { email, password })
  onTestFailed(() => learner.explain('unlock-learner-failed'))
  await learner.client.identity.openKiosk()
  const { page } = learner
  await page.goto(stage.program.url)
  await page.getByRole('button', { name: 'Wanda Waits' }).click()
  await page.getByRole('button', { name: /^Begin/ }).click()
  await page.getByRole('button', { name: 'Begin now' }).click()
  await page.getByRole('textbox').fill('Written before')
  await page.getByText('Saved', { exact: true }).waitFor()
  await staff.page.goto(`${stage.program.url}/#/beneficiaries`)
  await staff.page.getByText('Wanda Waits').waitFor()

  const { port } = stage.program
  await stage.program[Symbol.asyncDispose]()
  stage.program = await openProgram(stage.dataDir, port)
  await page.getByRole('textbox').fill('Written before and meanwhile')
  await page.getByText('your trainer has to unlock BDC').waitFor()
  await learner.picture('unlock-learner-waits')
  await staff.page.getByLabel('Passphrase of this computer').fill('the new four words')
  await staff.page.getByRole('button', { name: 'Open', exact: true }).click()
  await staff.page.getByText('Wanda Waits').waitFor()
  await page.getByText('Saved', { exact: true }).waitFor()
  expect(await page.getByRole('textbox').inputValue()).toBe('Written before and meanwhile')
  await expect(page.getByText('your trainer has to unlock BDC').isVisible()).resolves.toBe(false)
  expect([...staff.troubles, ...learner.troubles]).toEqual([])
})

it('opens with the recovery code when the key file is lost, and starts by itself again afterwards', async () => {
  const admin = clientAt(stage.program.url)
  await admin.identity.signIn({ email, password })
  await admin.keys.startByItself({ password })
  await stage.program[Symbol.asyncDispose]()
  rmSync(join(stage.dataDir, 'bdc.key'))
  stage.program = await openProgram(stage.dataDir)
  const screen = await openScreen(await newProfile(stage.browser))
  await screen.page.goto(stage.program.url)
  await screen.page.getByText('Recovery code', { exact: true }).click()
  await screen.page.getByLabel('Recovery code', { exact: true }).last().fill(code.join(' '))
  await screen.page.getByRole('button', { name: 'Open', exact: true }).click()
  await screen.page.getByRole('heading', { name: /Locked Centre/ }).waitFor()

  const again = clientAt(stage.program.url)
  await again.identity.signIn({ email, password })
  await again.keys.startByItself({ password })
  await startAgain()
  expect(await clientAt(stage.program.url).setup.status()).toMatchObject({ organizationName: 'Locked Centre' })
})

const looks: Record<string, Look> = {
  light: {},
  dark: { dark: true },
  arabic: { language: 'ar' },
  phone: { width: 390, height: 844, language: 'fr-FR' },
}

it.each(Object.entries(looks))('shows the locked computer without a barrier: %s', async (name, look) => {
  await stage.program[Symbol.asyncDispose]()
  rmSync(join(stage.dataDir, 'bdc.key'), { force: true })
  stage.program = await openProgram(stage.dataDir)
  const screen = await openScreen(await newProfile(stage.browser, look))
  await screen.page.goto(stage.program.url)
  await screen.page.getByRole('radiogroup').waitFor()
  await screen.settled()
  await screen.picture(`unlock-${name}-passphrase`)
  expect(await barriersOn(screen.page)).toEqual([])
  await screen.page.getByRole('radiogroup').locator('label').last().click()
  await screen.page.locator('textarea').first().fill('00000')
  await screen.picture(`unlock-${name}-recovery`)
  expect(await barriersOn(screen.page)).toEqual([])
})
