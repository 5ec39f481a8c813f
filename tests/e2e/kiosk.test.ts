import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import decodeQR from 'qr/decode.js'
import { describe, expect, it, onTestFailed } from 'vitest'
import { essay, password, publishedAssessment } from '../support/centre.ts'
import { clientAt, type HttpClient } from '../support/host.ts'
import { pdfPages } from '../support/pdf-text.ts'
import { barriersOn } from './barriers.ts'
import { startProgram } from './program.ts'
import { newProfile, openScreen, type Screen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage(startProgram)
const email = 'ada@example.org'

/** The administrator, signed in beside the screens; sets the centre up the first time. */
async function staff(): Promise<HttpClient> {
  const client = clientAt(stage.program.url)
  if ((await client.setup.status()).state === 'empty') {
    await client.setup.createCentre({ organizationName: 'Atelier Nord', adminName: 'Ada Admin', email, password })
    await publishedAssessment(client as never)
  } else await client.identity.signIn({ email, password })
  return client
}

async function newLearner(client: HttpClient, name: string) {
  const { id } = await client.beneficiaries.create({ name })
  return id
}

/** A screen that is a kiosk. */
async function openKiosk(): Promise<Screen> {
  const screen = await openScreen(await newProfile(stage.browser))
  const { page } = screen
  await page.goto(stage.program.url)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Open kiosk' }).click()
  await page.getByRole('button', { name: 'Open the kiosk' }).click()
  await page.getByRole('heading', { name: 'Who are you?' }).waitFor()
  return screen
}

describe('a kiosk', () => {
  it('goes from the roster over the PIN and the attempt back to the roster, and lets the exit PIN out', async () => {
    const admin = await staff()
    const beneficiaryId = await newLearner(admin, 'Pia Pin')
    await admin.kiosk.setSecret({ beneficiaryId, secret: '2468' })
    await admin.kiosk.setSettings({ signIn: 'pin', idleSeconds: 180 })
    await admin.kiosk.setExitPin({ exitPin: '9753' })
    const screen = await openKiosk()
    const { page } = screen
    onTestFailed(() => screen.explain('failed'))

    await page.getByRole('button', { name: 'Pia Pin' }).click()
    await page.getByLabel('Your PIN').waitFor()
    expect(await barriersOn(screen.page)).toEqual([])
    await page.keyboard.type('1111')
    await page.keyboard.press('Enter')
    await page.getByText('Tries left before a pause: 4.').waitFor()
    await screen.picture('kiosk-pin')
    for (const digit of '2468') await page.getByRole('button', { name: digit, exact: true }).click()
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('heading', { name: 'Hello, Pia Pin' }).waitFor()

    await page.getByRole('button', { name: /^Begin/ }).click()
    await page.getByRole('button', { name: 'Begin now' }).click()
    await page.getByRole('main').getByRole('radio').last().check()
    await page.getByRole('button', { name: 'Check and hand in' }).first().click()
    await page.getByRole('button', { name: 'Hand in', exact: true }).click()
    await page.getByRole('button', { name: 'Back to my list' }).click()
    await page.getByRole('button', { name: 'I am done' }).click()
    await page.getByRole('heading', { name: 'Who are you?' }).waitFor()

    await page.getByRole('button', { name: 'Leave the kiosk (for trainers)' }).click()
    await page.getByLabel('Exit PIN').fill('0000')
    await page.getByRole('dialog').getByRole('button', { name: 'Leave the kiosk' }).click()
    await page.getByText('That was not right.').waitFor()
    await page.getByLabel('Exit PIN').fill('9753')
    await page.getByRole('dialog').getByRole('button', { name: 'Leave the kiosk' }).click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(screen.troubles).toEqual([])
  })

  it('takes pictures', async () => {
    const admin = await staff()
    const beneficiaryId = await newLearner(admin, 'Paul Picture')
    await admin.kiosk.setSecret({ beneficiaryId, secret: ['sun', 'fish', 'key'] })
    await admin.kiosk.setSettings({ signIn: 'picture', idleSeconds: 180 })
    const screen = await openKiosk()
    const { page } = screen
    onTestFailed(() => screen.explain('failed'))
    await page.getByRole('button', { name: 'Paul Picture' }).click()
    for (const picture of ['Sun', 'Fish', 'Key']) await page.getByRole('button', { name: picture }).click()
    expect(await barriersOn(screen.page)).toEqual([])
    await screen.picture('kiosk-pictures')
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('heading', { name: 'Hello, Paul Picture' }).waitFor()
  })

  it('takes a card from a scanner on the roster and from a hand at the keyboard', async () => {
    const admin = await staff()
    const beneficiaryId = await newLearner(admin, 'Carl Card')
    const [issued] = await admin.kiosk.issue({ beneficiaryIds: [beneficiaryId], kinds: ['card'] })
    const token = issued?.card ?? ''
    const screen = await openKiosk()
    const { page } = screen
    onTestFailed(() => screen.explain('failed'))
    await page.keyboard.type(`BDC:C:${token}`)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Hello, Carl Card' }).waitFor()
    await page.getByRole('button', { name: 'I am done' }).click()

    await page.getByRole('button', { name: 'I have a card' }).click()
    await page.getByLabel('Code on the card').fill('not a card')
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText('This card does not open anything here.').waitFor()
    expect(await barriersOn(screen.page)).toEqual([])
    await screen.picture('kiosk-card')
    await page.getByLabel('Code on the card').fill(token.toLowerCase())
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('heading', { name: 'Hello, Carl Card' }).waitFor()
    expect(screen.troubles).toEqual([])
  })

  it('prints cards, eight on a sheet, whose codes a reader reads', async () => {
    const admin = await staff()
    await newLearner(admin, 'ليلى بنت عبد الرحمن المتعلمة')
    for (let number = 1; number <= 8; number++) await newLearner(admin, `Printed Learner ${number}`)
    const screen = await openScreen(await newProfile(stage.browser))
    const { page } = screen
    onTestFailed(() => screen.explain('failed'))
    await page.goto(`${stage.program.url}/#/kiosk-setup`)
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('radio', { name: /^Name and PIN/ }).waitFor()
    expect(await barriersOn(screen.page)).toEqual([])
    await screen.picture('kiosk-setup')
    await page.getByRole('link', { name: 'Make and print' }).click()
    await page.getByRole('checkbox', { name: /^Choose all/ }).check()
    expect(await barriersOn(screen.page)).toEqual([])
    await screen.picture('kiosk-cards')
    await page.getByRole('button', { name: /^Make them for/ }).click()
    await page.getByRole('button', { name: 'Make new ones' }).click()
    await page.getByText('This is shown only once.').waitFor()
    expect(await barriersOn(screen.page)).toEqual([])
    await screen.picture('kiosk-issued')

    const card = page.locator('article').first()
    const typed = (await card.getByText(/^[0-9A-Z]{5}-/).textContent())?.replaceAll('-', '')
    const picture = await page.evaluate(pixelsOf, [...(await card.locator('svg').last().screenshot())])
    expect(decodeQR({ ...picture, data: Uint8Array.from(picture.data) })).toBe(`BDC:C:${typed}`)
    await page.emulateMedia({ media: 'print' })
    const folder = join(import.meta.dirname, 'screenshots')
    mkdirSync(folder, { recursive: true })
    const pdf = await page.pdf({ path: join(folder, 'kiosk-cards.pdf'), format: 'A4', preferCSSPageSize: false })
    const pages = pdfPages(pdf)
    expect(pages).toHaveLength(2)
    expect(pages.join()).toContain('PrintedLearner8')
    expect(pages.join()).not.toContain('Makenewones')
  })

  it('shows our own page when it is reloaded while the computer is away, and comes back with what was typed', async () => {
    const admin = await staff()
    const beneficiaryId = await newLearner(admin, 'Rosa Reload')
    const essayOnly = { title: 'Essay of Rosa', beneficiaryId }
    await publishedAssessment(admin as never, [essay], essayOnly)
    await admin.kiosk.setSecret({ beneficiaryId, secret: '2468' })
    await admin.kiosk.setSettings({ signIn: 'pin', idleSeconds: 180 })
    const screen = await openKiosk()
    const { page } = screen
    onTestFailed(() => screen.explain('failed'))
    await page.getByRole('button', { name: 'Rosa Reload' }).click()
    await page.getByLabel('Your PIN').fill('2468')
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('button', { name: /Essay of Rosa/ }).click()
    await page.getByRole('button', { name: 'Begin now' }).click()
    await page.getByRole('main').getByRole('textbox').waitFor()
    await page.evaluate(async () => void (await navigator.serviceWorker.ready))
    const address = page.url()

    await stage.program.kill()
    await page.getByRole('main').getByRole('textbox').fill('Written while nobody was there.')
    await page.getByText('Your answers are kept on this screen.').waitFor()
    for (const _twice of [1, 2]) {
      await page.reload()
      await page.getByRole('heading', { name: 'BDC is not answering' }).waitFor()
    }
    expect(page.url()).toBe(address)
    expect(await barriersOn(screen.page)).toEqual([])
    await screen.picture('kiosk-away')

    stage.program = await startProgram(stage.dataDir, stage.program.port)
    await expect
      .poll(() => page.getByRole('main').getByRole('textbox').inputValue(), { timeout: 30_000 })
      .toBe('Written while nobody was there.')
    await page.getByText('Saved', { exact: true }).first().waitFor()
    expect(await keptAddresses(page)).toEqual({
      names: [expect.stringMatching(/^bdc-away-[0-9a-f]{16}$/)],
      addresses: [
        expect.stringMatching(/^\/assets\/away-[\w-]+\.css$/),
        expect.stringMatching(/^\/assets\/away-[\w-]+\.js$/),
        '/away.html',
        '/icon.svg',
      ],
    })
  })
})

/** What the browser has put aside of this host, by name and address. */
function keptAddresses(page: Page) {
  return page.evaluate(async () => {
    const names = await caches.keys()
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
    return {
      names,
      addresses: requests
        .flat()
        .map(({ url }) => new URL(url).pathname)
        .sort(),
    }
  })
}

/** Runs in the page, which can read pictures. */
async function pixelsOf(png: number[]) {
  const image = await createImageBitmap(new Blob([new Uint8Array(png)], { type: 'image/png' }))
  const { width, height } = image
  const context = new OffscreenCanvas(width, height).getContext('2d')
  if (!context) throw new Error('This browser draws no pictures.')
  context.drawImage(image, 0, 0)
  return { width, height, data: [...context.getImageData(0, 0, width, height).data] }
}
