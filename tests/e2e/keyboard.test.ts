import { expect, it, onTestFailed } from 'vitest'
import { signedIn } from './practice.ts'
import type { Look, Screen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage()

async function atWork(look: Look = {}): Promise<Screen> {
  const screen = await signedIn(stage, look)
  onTestFailed(() => screen.explain('keyboard-failed'))
  await visit(screen, '/#/beneficiaries')
  return screen
}

async function visit({ page, settled }: Screen, address: string) {
  await page.goto(stage.program.url + address)
  await page.locator('main h1').first().waitFor()
  await settled()
}

/** What has the focus, in a word or two. */
function focused({ page }: Screen): Promise<string> {
  return page.evaluate(() => {
    const { activeElement: at } = document
    if (!(at instanceof HTMLElement) || at === document.body) return 'nothing'
    return at.id === 'main' ? 'main' : (at.getAttribute('aria-label') ?? at.textContent ?? '')
  })
}

async function walkTo(screen: Screen, name: RegExp, key = 'Tab') {
  for (let presses = 0; presses < 60; presses++) {
    if (name.test(await focused(screen))) return
    await screen.page.keyboard.press(key)
  }
  throw new Error(`The focus never reaches ${name}.`)
}

it('passes over the places at the side with the first two keys', async () => {
  const screen = await atWork()
  const { page } = screen
  await page.reload()
  await page.getByRole('row').nth(1).waitFor()
  await page.keyboard.press('Tab')
  expect(await focused(screen)).toBe('Skip to the content')
  const box = await page.getByRole('button', { name: 'Skip to the content' }).boundingBox()
  expect(box?.width).toBeGreaterThan(100)
  await page.keyboard.press('Enter')
  expect(await focused(screen)).toBe('main')
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true)
})

it('puts the focus on the heading after a move to another place, and back on what opened a dialog after Escape', async () => {
  const screen = await atWork()
  const { page } = screen
  await walkTo(screen, /^Team$/)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Team' }).waitFor()
  await expect.poll(() => focused(screen)).toBe('Team')

  const openers = [
    { address: '/#/team', opener: /^Add a colleague$/, title: 'Add a colleague' },
    { address: '/#/team', opener: /^Role$|^Change the role/, title: /^What may/ },
    { address: '/#/beneficiaries', opener: /^Add several$/, title: 'Add several people' },
    { address: '/#/assessments', opener: /^New assessment$/, title: 'New assessment' },
    { address: '/#/assessments', opener: /^Import questions$/, title: 'Import questions' },
    { address: '/#/assessments/2', opener: /^Close assessment$/, title: /^Close “/ },
    { address: '/#/results/1', opener: /^Set result$/, title: /result/i },
    { address: '/#/keys', opener: /^Add a passphrase$/, title: /passphrase/i },
  ]
  for (const { address, opener, title } of openers) {
    await visit(screen, address)
    await walkTo(screen, opener)
    const before = await focused(screen)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: title })
    await dialog.waitFor()
    await expect
      .poll(() => dialog.evaluate((one) => one.contains(document.activeElement)), { message: before })
      .toBe(true)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await expect.poll(() => focused(screen), { message: `after ${before}` }).toBe(before)
  }
})

it('moves through a long table with the arrows, End and Home, and opens a row with Enter', async () => {
  const screen = await atWork()
  const { page } = screen
  const row = () => page.evaluate(() => document.activeElement?.getAttribute('data-index'))
  await walkTo(screen, /Anaïs Krikorian/)
  await page.keyboard.press('ArrowDown')
  await expect.poll(row).toBe('1')
  await page.keyboard.press('End')
  await expect.poll(row).toBe('23')
  await page.keyboard.press('Home')
  await expect.poll(row).toBe('0')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Anaïs Krikorian' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await expect.poll(row).toBe('0')
})

/** Stops of the Tab key whose ring cannot be told from what is behind it: less than 3 : 1, or no ring at all. */
async function unseenStops(screen: Screen, presses: number): Promise<string[]> {
  const unseen = new Set<string>()
  for (let count = 0; count < presses; count++) {
    await screen.page.keyboard.press('Tab')
    const fault = await screen.page.evaluate(async () => {
      const at = document.activeElement
      if (!(at instanceof HTMLElement) || at === document.body) return null
      await Promise.allSettled(at.getAnimations().map(({ finished }) => finished))
      const isHidden = at instanceof HTMLInputElement && (at.type === 'checkbox' || at.type === 'radio')
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(at)
      const name = at.getAttribute('aria-label') ?? at.textContent ?? at.tagName
      const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
      const luminance = (colour: string) => {
        if (!context) throw new Error('No canvas.')
        context.fillStyle = colour
        context.fillRect(0, 0, 1, 1)
        const [red = 0, green = 0, blue = 0] = [...context.getImageData(0, 0, 1, 1).data].map((value) => {
          const part = value / 255
          return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
        })
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue
      }
      if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2) return isHidden ? null : `no ring: ${name}`
      let behind: HTMLElement | null = at.parentElement
      while (behind && /^rgba\(.*, 0\)$|^transparent$/.test(getComputedStyle(behind).backgroundColor)) {
        behind = behind.parentElement
      }
      const [light = 0, dark = 0] = [outlineColor, behind ? getComputedStyle(behind).backgroundColor : '#fff']
        .map(luminance)
        .sort((a, b) => b - a)
      const contrast = (light + 0.05) / (dark + 0.05)
      return contrast < 3 ? `${contrast.toFixed(1)} : 1: ${name}` : null
    })
    if (fault) unseen.add(fault)
  }
  return [...unseen]
}

it.each<[string, Look]>([
  ['light', {}],
  ['dark', { dark: true }],
])('shows where the focus is, at the side and on the page: %s', async (_, look) => {
  const screen = await atWork(look)
  const found: Record<string, string[]> = {}
  for (const address of ['/#/beneficiaries', '/#/assessments/2', '/#/results/1', '/#/sign-in-help', '/#/classroom']) {
    // Loaded anew, so that nothing has the focus yet.
    await screen.page.goto('about:blank')
    await visit(screen, address)
    const unseen = await unseenStops(screen, 36)
    if (unseen.length > 0) found[address] = unseen
  }
  expect(found).toEqual({})
})

/** The screens that are used most, at 320 CSS pixels: 1280 pixels at 400 percent. */
const mostUsed = {
  beneficiaries: '/#/beneficiaries',
  beneficiary: '/#/beneficiaries/1',
  assessments: '/#/assessments',
  assessment: '/#/assessments/2',
  analysis: '/#/assessments/2/analysis',
  results: '/#/results',
  attempt: '/#/results/1',
  grading: '/#/grading',
  'class-report': '/#/results/class/2',
  classroom: '/#/classroom',
  team: '/#/team',
  backups: '/#/backups',
}

it('fits 400 percent without scrolling sideways, the menu of places included', async () => {
  const screen = await atWork({ width: 320, height: 640 })
  const { page } = screen
  const found: Record<string, string[]> = {}
  for (const [place, address] of Object.entries(mostUsed)) {
    await visit(screen, address)
    await screen.picture(`zoom-${place}`)
    const outside = await page.evaluate(() => {
      const roots = [document.documentElement, ...document.querySelectorAll('main, [role=dialog]')]
      return roots
        .filter((root) => root.scrollWidth > root.clientWidth + 1)
        .map((root) => `${root.tagName}: ${root.scrollWidth}`)
    })
    if (outside.length > 0) found[place] = outside
  }
  await page.getByRole('button', { name: 'Close', exact: true }).first().waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Open the menu' }).click()
  await page.getByRole('link', { name: 'Team' }).waitFor()
  await screen.picture('zoom-menu')
  expect(found).toEqual({})
})

it.each<[string, Look]>([
  ['at the side', {}],
  ['in the drawer of a phone', { width: 390, height: 844 }],
])('shows all places without scrolling %s', async (where, look) => {
  const screen = await atWork(look)
  const { page } = screen
  const menu = page.getByRole('button', { name: 'Open the menu' })
  if (await menu.isVisible()) await menu.click()
  await page.getByRole('link', { name: 'Keys' }).waitFor()
  await screen.picture(`places-${where.split(' ').at(-1)}`)
  const account = page.getByRole('button', { name: /Amina Haddad/ })
  const box = await account.boundingBox()
  const { height = 0 } = page.viewportSize() ?? {}
  expect((box?.y ?? height) + (box?.height ?? 0)).toBeLessThanOrEqual(height)
  expect((await page.getByRole('link', { name: 'Beneficiaries' }).boundingBox())?.y).toBeGreaterThan(0)
})
