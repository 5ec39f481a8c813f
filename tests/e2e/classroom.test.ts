import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { createApp } from '../../main/app.ts'
import { keyFile } from '../../main/database/key.ts'
import { findBrowser } from '../../scripts/browser.mjs'
import { visitorOf } from '../support/app.ts'
import { password, publishedAssessment, shortAnswer, testCentre } from '../support/centre.ts'
import { type Cable, layCable, noNetworkReason } from './network.ts'
import { startProgram } from './program.ts'
import { newProfile } from './screen.ts'

const missing = noNetworkReason()
const questions = ['first', 'second', 'third'].map((text) => ({ ...shortAnswer, text: `The ${text} question?` }))

/** A centre with one learner and one published assessment; the program that made it has ended. */
async function preparedData(dataDir: string) {
  const app = await createApp({ dataDir, keys: keyFile(join(dataDir, 'bdc.key')) })
  const { admin, email } = await testCentre({ visitor: () => visitorOf(app) })
  await admin.beneficiaries.create({ name: 'Lina Learner' })
  const { id } = await publishedAssessment(admin, questions)
  await app.close()
  return { email, assessmentId: id }
}

/**
 * A browser on the tablet: started through a script, because its whole process belongs into the other network. An authority
 * is installed as the manager of a device does it, by a policy that this process alone sees.
 */
async function tabletBrowser(cable: Cable, folder: string, authority?: string): Promise<Browser> {
  const script = join(folder, 'browser.sh')
  const etc = join(folder, 'etc')
  mkdirSync(join(etc, 'policies/managed'), { recursive: true })
  const authorities = authority ? [authority.replace(/-----[A-Z ]+-----|\s/g, '')] : []
  writeFileSync(join(etc, 'policies/managed/bdc.json'), JSON.stringify({ CACertificates: authorities }))
  const install = `for place in /etc/chromium /etc/opt/chrome; do [ ! -d $place ] || mount --bind ${etc} $place; done`
  const start = `exec ${cable.on('tablet').join(' ')} sh -c '${install}; exec "$0" "$@"' ${findBrowser()} "$@"`
  writeFileSync(script, `#!/bin/sh\n${start}\n`, { mode: 0o755 })
  return chromium.launch({ executablePath: script, args: ['--no-sandbox', '--disable-background-networking'] })
}

/** The trainer's calls, made on the laptop's own network by a second browser there. */
async function laptopBrowser(cable: Cable, folder: string): Promise<Browser> {
  const script = join(folder, 'laptop.sh')
  writeFileSync(script, `#!/bin/sh\nexec ${cable.on('laptop').join(' ')} ${findBrowser()} "$@"\n`, { mode: 0o755 })
  return chromium.launch({ executablePath: script, args: ['--no-sandbox', '--disable-background-networking'] })
}

function ask<T>(page: Page, path: string, json: unknown = {}): Promise<T> {
  return page.evaluate(
    async ([to, input]) => {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(`/rpc/${to}`, { method: 'POST', headers, body: JSON.stringify({ json: input }) })
      return (await response.json()).json
    },
    [path, json] as const,
  )
}

interface Room {
  addresses: string[]
  code: string
  deviceCount: number
}
type Seats = { state: string; attempt: { answered: number } | null }[]

it.for([
  { security: 'open', scheme: 'http', learner: 'Lina L.', isSecure: false },
  { security: 'encrypted', scheme: 'https', learner: 'Lina Learner', isSecure: true },
])(
  'carries every answer over a cut cable and a killed laptop, in an $security room',
  { timeout: 180_000 },
  async (kind, context) => {
    if (missing) {
      context.task.meta.skipReason = missing
      context.skip(true, missing)
    }
    const folder = mkdtempSync(join(tmpdir(), 'bdc-room-'))
    using cable = layCable()
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const dataDir = join(folder, 'data')
    const { email, assessmentId } = await preparedData(dataDir)
    let program = await startProgram(dataDir, 0, cable.on('laptop'))
    onTestFinished(() => program[Symbol.asyncDispose]())

    const laptop = await laptopBrowser(cable, folder)
    onTestFinished(() => laptop.close())
    const trainer = await (await newProfile(laptop)).newPage()
    await trainer.goto(program.url)
    await ask(trainer, 'identity/signIn', { email, password })
    const { security, scheme, learner, isSecure } = kind
    const place = { address: cable.laptopAddress, port: 4190, security }
    await ask(trainer, 'classroom/start', { assessmentIds: [assessmentId], ...place })
    const { certificate } = await ask<{ certificate: string }>(trainer, 'classroom/certificate')
    const room = await ask<Room>(trainer, 'classroom/current')
    expect(room.addresses[0]).toBe(`${scheme}://${cable.laptopAddress}:4190`)

    const tablet = await tabletBrowser(cable, folder, isSecure ? certificate : undefined)
    onTestFinished(() => tablet.close())
    const page = await (await newProfile(tablet, { width: 800, height: 1100 })).newPage()
    page.setDefaultTimeout(20_000)
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(`${room.addresses[0]}/#/join?code=${room.code}`)
    // As an Arabic keypad writes it, where it does not come with the address.
    const typed = room.code.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)))
    await page.getByLabel('Code', { exact: true }).fill(typed)
    await page.getByRole('button', { name: 'Come in' }).click()
    await page.getByRole('button', { name: learner }).click()
    expect(await page.evaluate(() => [window.isSecureContext, 'randomUUID' in crypto])).toEqual([isSecure, isSecure])
    await page.getByRole('button', { name: /Begin/ }).first().click()
    await page.getByRole('button', { name: /Begin/ }).first().click()
    const answer = page.getByRole('textbox')
    await answer.fill('before')
    const answered = async () => (await ask<Seats>(trainer, 'classroom/seats'))[0]?.attempt?.answered
    await expect.poll(answered, { timeout: 10_000 }).toBe(1)

    cable.cut()
    await page.getByRole('button', { name: 'Next' }).click()
    await answer.fill('while the cable is out')
    await page.getByText('The connection is gone').waitFor()
    await page.getByRole('button', { name: 'Next' }).click()
    await answer.fill('also without it')
    expect(await answered()).toBe(1)
    cable.mend()
    await expect.poll(answered, { timeout: 30_000 }).toBe(3)
    await page.getByText('The connection is gone').waitFor({ state: 'hidden' })

    await program.kill()
    await answer.fill('while the laptop is dead')
    await page.getByText('The connection is gone').waitFor()
    program = await startProgram(dataDir, program.port, cable.on('laptop'))
    await page.getByText('The connection is gone').waitFor({ state: 'hidden', timeout: 30_000 })
    await expect
      .poll(async () => (await ask<Seats>(trainer, 'classroom/seats'))[0]?.state, { timeout: 10_000 })
      .toBe('present')
    expect(await ask<Room>(trainer, 'classroom/current')).toMatchObject({ deviceCount: 1 })
    // A page that is closed and opened again while the laptop is away still has what was written.
    cable.cut()
    await answer.fill('before the page was closed')
    await page.getByText('The connection is gone').waitFor()
    page.on('dialog', (dialog) => void dialog.accept())
    const profile = page.context()
    const address = page.url()
    await page.close()
    cable.mend()
    const again = await profile.newPage()
    await again.goto(address)
    await expect
      .poll(() => again.getByRole('textbox').inputValue(), { timeout: 20_000 })
      .toBe('before the page was closed')
    await expect.poll(async () => (await ask<Seats>(trainer, 'classroom/seats'))[0]?.attempt?.answered).toBe(3)
    expect(errors).toEqual([])
  },
)

it('is not opened by a browser that has not installed the certificate of the centre', async (context) => {
  if (missing) {
    context.task.meta.skipReason = missing
    context.skip(true, missing)
  }
  const folder = mkdtempSync(join(tmpdir(), 'bdc-room-'))
  using cable = layCable()
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const dataDir = join(folder, 'data')
  const { email, assessmentId } = await preparedData(dataDir)
  await using program = await startProgram(dataDir, 0, cable.on('laptop'))
  const laptop = await laptopBrowser(cable, folder)
  onTestFinished(() => laptop.close())
  const trainer = await (await newProfile(laptop)).newPage()
  await trainer.goto(program.url)
  await ask(trainer, 'identity/signIn', { email, password })
  const place = { address: cable.laptopAddress, port: 4190, security: 'encrypted' }
  await ask(trainer, 'classroom/start', { assessmentIds: [assessmentId], ...place })

  const tablet = await tabletBrowser(cable, folder)
  onTestFinished(() => tablet.close())
  const page = await (await newProfile(tablet)).newPage()
  await expect(page.goto(`https://${cable.laptopAddress}:4190/`)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID')
}, 60_000)

it('names what blocks the devices: nobody to be seen, a firewall, or only the code that is missing', async (context) => {
  if (missing) {
    context.task.meta.skipReason = missing
    context.skip(true, missing)
  }
  const folder = mkdtempSync(join(tmpdir(), 'bdc-room-'))
  using cable = layCable()
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const dataDir = join(folder, 'data')
  const { email, assessmentId } = await preparedData(dataDir)
  await using program = await startProgram(dataDir, 0, cable.on('laptop'))
  const laptop = await laptopBrowser(cable, folder)
  onTestFinished(() => laptop.close())
  const trainer = await (await newProfile(laptop)).newPage()
  await trainer.goto(program.url)
  await ask(trainer, 'identity/signIn', { email, password })
  const place = { address: cable.laptopAddress, port: 4190 }
  const test = () => ask<{ findings: string[]; neighbours: number }>(trainer, 'classroom/checkNetwork', place)
  expect(await test()).toMatchObject({ findings: [] })
  await ask(trainer, 'classroom/start', { assessmentIds: [assessmentId], ...place })

  // Nothing has come over the cable yet, as behind an access point that keeps its guests apart.
  expect(await test()).toMatchObject({ findings: ['isolation'], neighbours: 0 })
  // A firewall lets the question for the hardware address through, and no connection: here, a port that nobody listens at.
  expect(reach(cable, 4191)).toBe(false)
  expect(await test()).toMatchObject({ findings: ['firewall'], neighbours: 1 })
  expect(reach(cable, 4190)).toBe(true)
  expect(await test()).toMatchObject({ findings: ['onlyCodeMissing'] })
}, 60_000)

/** Whether a connection from the tablet to this port of the laptop comes about. */
function reach(cable: Cable, port: number): boolean {
  const [command, ...words] = cable.on('tablet')
  const script = `require('node:net').connect(${port}, '${cable.laptopAddress}').on('connect', () => process.exit(0)).on('error', () => process.exit(1))`
  return spawnSync(command, [...words, process.execPath, '-e', script]).status === 0
}
