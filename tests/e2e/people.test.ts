import type { Page } from 'playwright-core'
import { expect, it, onTestFailed } from 'vitest'
import { barriersOn } from './barriers.ts'
import { type Look, newProfile, openScreen, type Screen } from './screen.ts'
import { useStage } from './stage.ts'

const email = 'ada@example.org'
const password = 'correct horse'

const stage = useStage()

async function screenOf(look: Look = {}) {
  const screen = await openScreen(await newProfile(stage.browser, look))
  onTestFailed(() => screen.explain('people-failed'))
  await screen.page.goto(stage.program.url)
  return screen
}

/** Presses a key until the focus is where it is wanted, as somebody without a mouse does. */
async function walkTo(page: Page, name: string | RegExp, key = 'Tab') {
  for (let presses = 0; presses < 40; presses++) {
    if (await focusIsOn(page, name)) return
    await page.keyboard.press(key)
  }
  throw new Error(`The focus never reaches ${name}.`)
}

async function focusIsOn(page: Page, name: string | RegExp) {
  const focused = page.locator(':focus')
  if ((await focused.count()) === 0) return false
  const words = await focused.evaluate((element) => {
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : []
    return (
      element.getAttribute('aria-label') ?? (labels.length > 0 ? labels[0]?.textContent : element.textContent) ?? ''
    )
  })
  return typeof name === 'string' ? words === name : name.test(words)
}

async function write(page: Page, label: string, text: string) {
  await walkTo(page, label)
  await page.keyboard.type(text)
}

async function signIn({ page }: Screen) {
  await page.locator('input[type=email]').fill(email)
  await page.locator('input[autocomplete=current-password]').fill(password)
  await page.keyboard.press('Enter')
  await page.waitForURL(/#\/today/)
  await page.goto(`${stage.program.url}#/beneficiaries`)
  await page.getByRole('row').nth(1).waitFor()
}

/** Addresses with a # are pages here, and no places of a page that one would skip to. */
const allButSkipping = { rules: { 'skip-link': { enabled: false } } }

it('sets a centre up, registers somebody and finds them again without a mouse', async () => {
  const { page, troubles } = await screenOf()
  await page.getByRole('heading', { name: 'Welcome to BDC' }).waitFor()
  await walkTo(page, /^Set up your centre/)
  await page.keyboard.press('Enter')
  await write(page, 'Name of the centre', 'Atelier Nord')
  await write(page, 'Your name', 'Ada Admin')
  await write(page, 'Your e-mail address', email)
  await write(page, 'Your password', password)
  await page.keyboard.press('Enter')

  await page.getByRole('heading', { name: 'How to begin' }).waitFor()
  await walkTo(page, 'Add a person')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Add a person' }).waitFor()
  await write(page, 'Full name', 'Zahra Zidane')
  await page.keyboard.press('Enter')
  await page.getByText('Zahra Zidane is registered.').waitFor()
  await page.getByRole('dialog', { name: 'Zahra Zidane' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })

  await write(page, 'Search by name', 'zid')
  await page.getByText('1 person found').waitFor()
  await walkTo(page, /Zahra Zidane/)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Zahra Zidane' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  expect(await focusIsOn(page, /Zahra Zidane/)).toBe(true)
  expect(troubles).toEqual([])
})

it('comes back to the page that somebody asked for before signing in', async () => {
  const { page } = await screenOf()
  await page.locator('input[type=email]').waitFor()
  await page.goto(`${stage.program.url}#/beneficiaries?search=zah&status=active`)
  await page.locator('input[type=email]').fill(email)
  await page.locator('input[autocomplete=current-password]').fill('wrong')
  await page.keyboard.press('Enter')
  await page.getByText(/do not fit together/).waitFor()
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await page.getByText('1 person found').waitFor()
  expect(await page.getByLabel('Search by name').inputValue()).toBe('zah')
})

it('asks before it lets go of what is not saved, and Enter keeps it', async () => {
  const screen = await screenOf()
  const { page } = screen
  await signIn(screen)
  await page.getByRole('row', { name: /Zahra/ }).click()
  await page.getByLabel('Town').fill('Sfax')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor({ state: 'hidden' })
  expect(await page.getByLabel('Town').inputValue()).toBe('Sfax')

  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText(/Saved \d/).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
})

it('tells of a change by somebody else and keeps what was typed', async () => {
  const [one, other] = [await screenOf(), await screenOf()]
  for (const screen of [one, other]) {
    await signIn(screen)
    await screen.page.getByRole('row', { name: /Zahra/ }).click()
    await screen.page.getByLabel('Country').waitFor()
  }
  await other.page.getByLabel('Country').fill('Tunisia')
  await other.page.getByRole('button', { name: 'Save' }).click()
  await other.page.getByText(/Saved \d/).waitFor()

  await one.page.getByLabel('Town').fill('Gabès')
  await one.page.getByRole('button', { name: 'Save' }).click()
  await one.page.getByText(/Somebody else changed this person/).waitFor()
  await one.page.getByRole('button', { name: 'Load the newest version' }).click()
  await one.page.getByText(/This is the newest version/).waitFor()
  expect(await one.page.getByLabel('Country').inputValue()).toBe('Tunisia')
  expect(await one.page.getByLabel('Town').inputValue()).toBe('Gabès')
  await one.page.getByRole('button', { name: 'Save' }).click()
  await one.page.getByText(/Saved \d/).waitFor()
})

it('keeps its dialogs, menus and empty places free of barriers at 320 pixels, which is 400 percent', async () => {
  const screen = await screenOf({ width: 320, height: 640 })
  const { page, troubles } = screen
  const found: Record<string, string[]> = {}
  const examine = async (place: string) => {
    await screen.settled()
    const problems = await barriersOn(page, allButSkipping)
    if (problems.length > 0) found[place] = problems
  }
  await page.locator('input[type=email]').waitFor()
  await page.getByRole('button', { name: /^English/ }).click()
  await examine('sign-in with its languages')
  await page.keyboard.press('Escape')
  await signIn(screen)
  await page.getByRole('button', { name: 'Open the menu' }).click()
  await page.getByRole('button', { name: /Ada Admin/ }).click()
  await examine('account menu')

  await page.goto(`${stage.program.url}#/today`)
  await page.getByText('Nothing is planned for today.').waitFor()
  await examine('today, with a step taken')
  await page.goto(`${stage.program.url}#/beneficiaries?search=nobody`)
  await page.getByRole('heading', { name: 'Nobody found' }).waitFor()
  await examine('nobody found')
  await page.goto(`${stage.program.url}#/beneficiaries/new`)
  await page.getByRole('button', { name: 'Save this person' }).click()
  await page.getByText('Fill this in.').waitFor()
  await examine('a form with a mistake')
  await page.getByLabel('Full name').fill('Somebody')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor()
  await examine('unsaved')
  await page.getByRole('button', { name: 'Leave without saving' }).click()
  await page.goto(`${stage.program.url}#/team`)
  await page.getByRole('button', { name: 'Add a colleague' }).click()
  await page.getByRole('button', { name: 'Suggest one' }).click()
  await examine('a new colleague')
  await page.goto(`${stage.program.url}#/nowhere`)
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
  await examine('nowhere')
  expect(found).toEqual({})
  expect(troubles).toEqual([])
})
