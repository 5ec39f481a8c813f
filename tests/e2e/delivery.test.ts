import { setTimeout as pause } from 'node:timers/promises'
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it, onTestFailed } from 'vitest'
import type { Question } from '../../shared/contract/questions.ts'
import { choice, essay, password, publishedAssessment, shortAnswer, trueFalse } from '../support/centre.ts'
import { clientAt, type HttpClient } from '../support/host.ts'
import { barriersOn, ofColours } from './barriers.ts'
import { signedIn } from './practice.ts'
import { type Look, newProfile, openScreen, type Screen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage()
const email = 'ada@example.org'
const several = {
  type: 'multiple_choice',
  text: 'Which are even?',
  points: 2,
  required: false,
  selection: 'many',
  options: [
    { id: 'a', text: 'Two', credit: 50 },
    { id: 'b', text: 'Three', credit: -50 },
    { id: 'c', text: 'Four', credit: 50 },
  ],
} as const satisfies Question
const questions: Question[] = [choice, several, trueFalse, shortAnswer, essay]

/** The administrator beside the screens, with a new learner and an assessment of their own. */
async function sittingFor(name: string) {
  const client = clientAt(stage.program.url)
  if ((await client.setup.status()).state === 'empty') {
    await client.setup.createCentre({ organizationName: 'Atelier Nord', adminName: 'Ada Admin', email, password })
  } else await client.identity.signIn({ email, password })
  const { id: beneficiaryId } = await client.beneficiaries.create({ name })
  const title = `Of ${name}`
  const { id: assessmentId } = await publishedAssessment(client as never, questions, {
    title,
    beneficiaryId,
    timeLimit: 30,
  })
  return { client, beneficiaryId, assessmentId }
}

/** A kiosk that staff have opened, so that what follows is a learner's alone. */
async function openKiosk(look: Look = {}): Promise<Screen> {
  const screen = await signedIn(stage, look, { email, password })
  await screen.client.identity.openKiosk()
  const { page } = screen
  await page.goto(stage.program.url)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return screen
}

async function storedAnswers(client: HttpClient, assessmentId: number) {
  const { rows } = await client.results.list({ assessmentId })
  const [row] = rows
  if (!row) throw new Error('Nothing was handed in.')
  const report = await client.results.attempt({ attemptId: row.attemptId })
  return report
}

/** Presses Tab until this has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator) {
  const isThere = () => target.evaluate((element) => element === document.activeElement)
  for (let presses = 0; presses < 60; presses += 1) {
    if (await isThere()) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${target}.`)
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first()

describe('a whole attempt', () => {
  it('is taken by keyboard alone, and everything that has the focus has a name and shows it', async () => {
    const { client, assessmentId } = await sittingFor('Kim Keys')
    const screen = await openKiosk()
    const { page } = screen
    onTestFailed(() => screen.explain('failed'))
    const press = async (target: Locator, key = 'Enter') => {
      await tabTo(page, target)
      const { name, hasRing } = await target.evaluate((element) => {
        const [label] = element instanceof HTMLInputElement ? (element.labels ?? []) : []
        const ringed = [element, label].filter((one) => one !== undefined)
        const isRinged = (one: Element) => {
          const { outlineStyle, outlineWidth } = getComputedStyle(one)
          return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
        }
        const name = element.getAttribute('aria-label') ?? label?.textContent ?? element.textContent ?? ''
        return { name, hasRing: ringed.some(isRinged) }
      })
      expect({ target: String(target), name, hasRing }).toMatchObject({
        name: expect.stringMatching(/\S/),
        hasRing: true,
      })
      await page.keyboard.press(key)
    }
    await press(button(page, 'Kim Keys'))
    await button(page, /^Begin/).waitFor()
    await press(button(page, /^Begin/))
    await button(page, 'Begin now').waitFor()
    await press(button(page, 'Begin now'))

    await page.getByText('Which is a prime?').waitFor()
    await tabTo(page, page.getByRole('radio').first())
    await page.keyboard.press('ArrowDown')
    await page.getByRole('radio').last().and(page.locator(':checked')).waitFor()
    await press(button(page, 'Come back to this'))
    await page.keyboard.press('PageDown')
    await page.getByText('Which are even?').waitFor()
    await press(page.getByRole('checkbox').first(), 'Space')
    await press(page.getByRole('checkbox').last(), 'Space')
    await press(button(page, 'Next'))
    await page.getByText('Water boils').waitFor()
    await page.keyboard.press('1')
    await press(button(page, 'Next'))
    await page.getByText('The capital of France?').waitFor()
    await tabTo(page, page.getByRole('textbox'))
    await page.keyboard.type('Paris')
    await press(button(page, 'Next'))
    await page.getByText('Why?').waitFor()
    await tabTo(page, page.getByRole('textbox'))
    await page.keyboard.type('Because.')

    await press(button(page, /Question 1: answered/i))
    await page.getByText('Which is a prime?').waitFor()
    await press(button(page, 'Check and hand in'))
    await button(page, /^Hand in$/).waitFor()
    await press(button(page, /^Hand in$/))
    await button(page, 'Back to my list').waitFor()
    await press(button(page, 'Back to my list'))
    await button(page, 'I am done').waitFor()
    await press(button(page, 'I am done'))
    await page.getByRole('heading', { name: 'Who are you?' }).waitFor()
    const { answers } = await storedAnswers(client, assessmentId)
    expect(answers.map(({ answer }) => answer)).toEqual(['b', expect.any(String), 'true', 'Paris', 'Because.'])
    expect(screen.troubles).toEqual([])
  })

  it('is taken by touch alone on a phone, with nothing smaller than a finger', async () => {
    const { client, assessmentId } = await sittingFor('Toni Touch')
    const screen = await openKiosk({ width: 390, height: 844, hasTouch: true })
    const { page } = screen
    onTestFailed(() => screen.explain('failed'))
    const tap = async (target: Locator) => {
      await target.scrollIntoViewIfNeeded()
      const box = await target.boundingBox()
      expect({ target: String(target), height: Math.round(box?.height ?? 0) }).toMatchObject({
        height: expect.any(Number),
      })
      expect(box?.height).toBeGreaterThanOrEqual(24)
      await target.tap()
    }
    await tap(button(page, 'Toni Touch'))
    await tap(button(page, /^Begin/))
    await tap(button(page, 'Begin now'))
    await tap(page.getByText('Five', { exact: true }))
    await tap(button(page, 'Next'))
    await tap(page.getByText('Two', { exact: true }))
    await tap(page.getByText('Four', { exact: true }))
    await tap(button(page, 'Next'))
    await tap(page.getByText('True', { exact: true }))
    await tap(button(page, 'Next'))
    await page.getByRole('textbox').tap()
    await page.keyboard.insertText('Paris')
    await tap(button(page, 'Next'))
    await page.getByRole('textbox').tap()
    await page.keyboard.insertText('Because.')
    await tap(button(page, /Check and hand in/))
    await button(page, /^Hand in$/).waitFor()
    // It is where the button before it was, and the second tap of a double tap hands nothing in.
    await pause(600)
    await tap(button(page, /^Hand in$/))
    await button(page, 'Back to my list').waitFor()
    const { answers } = await storedAnswers(client, assessmentId)
    expect(answers.map(({ answer }) => answer)).toEqual(['b', expect.any(String), 'true', 'Paris', 'Because.'])
    expect(screen.troubles).toEqual([])
  })
})

it('moves to the next chair in well under a minute, with the answer that was just typed', async () => {
  const { client, assessmentId } = await sittingFor('Mona Moves')
  const [first, second] = [await openKiosk(), await openKiosk()]
  onTestFailed(async () => {
    await first.explain('failed-first')
    await second.explain('failed-second')
  })
  await button(first.page, 'Mona Moves').click()
  await button(first.page, /^Begin/).click()
  await button(first.page, 'Begin now').click()
  await first.page.getByRole('radio').last().check()
  for (let count = 0; count < 3; count += 1) await button(first.page, 'Next').click()
  await first.page.getByRole('textbox').fill('Paris')
  const attemptId = Number(/learn\/(\d+)/.exec(first.page.url())?.[1])

  const begin = performance.now()
  const { code } = await client.supervision.moveCode({ attemptId })
  await button(second.page, 'Mona Moves').click()
  await button(second.page, /^Continue/).click()
  await second.page.getByRole('heading', { name: 'You have begun this at another seat' }).waitFor()
  const box = second.page.getByLabel('Digit 1')
  expect(await box.evaluate((element) => getComputedStyle(element).textAlign)).toBe('center')
  await box.focus()
  // As an Arabic keypad writes it.
  await second.page.keyboard.type(code.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit))))
  await second.page.keyboard.press('Enter')
  await second.page.getByText('The capital of France?').waitFor()
  // What the first seat delivers late comes along with a sign of life.
  await expect.poll(() => second.page.getByRole('textbox').inputValue(), { timeout: 20_000 }).toBe('Paris')
  expect(performance.now() - begin).toBeLessThan(60_000)
  await second.page.getByRole('textbox').fill('Paris, France')
  await button(second.page, 'Check and hand in').click()
  await button(second.page, /^Hand in$/).click()
  await button(second.page, 'Back to my list').waitFor()
  const { answers } = await storedAnswers(client, assessmentId)
  expect(answers.map(({ answer }) => answer)).toEqual(['b', '', '', 'Paris, France', ''])
  const incidents = await client.supervision.incidents({ attemptId })
  expect(incidents.map(({ kind }) => kind)).toContain('moved')
})

it('shows what another window of the same learner wrote before it is handed in', async () => {
  const { client, assessmentId } = await sittingFor('Tess Tabs')
  const screen = await openKiosk()
  const { page } = screen
  onTestFailed(() => screen.explain('failed'))
  await button(page, 'Tess Tabs').click()
  await button(page, /^Begin/).click()
  await button(page, 'Begin now').click()
  await page.getByRole('radio').last().check()
  for (let count = 0; count < 4; count += 1) await button(page, 'Next').click()
  await page.getByText('Why?').waitFor()
  const { page: other } = await openScreen(page.context())
  await other.goto(page.url())
  await other.getByRole('textbox').waitFor()

  await page.getByRole('textbox').fill('Of the first window')
  await page.getByText('Saved', { exact: true }).waitFor()
  // No sign of life tells the first window in time.
  const stays = '**/rpc/delivery/stay'
  await page.route(stays, (route) => route.abort())
  await other.getByRole('textbox').fill('Of the second window')
  await other.getByText('Saved', { exact: true }).waitFor()
  await button(page, 'Check and hand in').click()
  await button(page, /^Hand in$/).click()
  await page.getByText('This attempt was also answered in another window').waitFor()
  await page.getByRole('heading', { name: 'Changed in another window' }).waitFor()
  await screen.picture('changed-in-another-window')
  await page.unroute(stays)
  await page.getByRole('button', { name: 'Why?' }).click()
  expect(await page.getByRole('textbox').inputValue()).toBe('Of the second window')
  await page.getByText('Saved: changed in another window').waitFor()

  await page.getByRole('textbox').fill('Of the first window after all')
  await page.getByText('Saved', { exact: true }).waitFor()
  await expect
    .poll(() => other.getByRole('textbox').inputValue(), { timeout: 20_000 })
    .toBe('Of the first window after all')
  await button(page, 'Check and hand in').click()
  await button(page, /^Hand in$/).click()
  await button(page, 'Back to my list').waitFor()
  const { answers } = await storedAnswers(client, assessmentId)
  expect(answers.at(-1)).toMatchObject({ answer: 'Of the first window after all' })
  expect(screen.troubles).toEqual([])
})

describe('how somebody reads best', () => {
  it('is twice the size and strong contrast, without anything cut off on a phone in Arabic', async () => {
    await sittingFor('Aya Arabic')
    const screen = await openKiosk({ width: 390, height: 844, language: 'ar' })
    const { page } = screen
    onTestFailed(() => screen.explain('failed'))
    expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl')
    await button(page, 'Aya Arabic').click()
    await button(page, /^ابدأ/).click()
    await button(page, 'ابدأ الآن').click()
    await page.getByText('Which is a prime?').waitFor()
    await page.getByRole('button', { name: 'الحجم والتباين' }).click()
    for (let step = 0; step < 4; step += 1) await page.getByRole('menuitem').first().click()
    await page.getByRole('menuitemradio').last().click()
    await page.keyboard.press('Escape')
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px')
    expect(await page.evaluate(() => document.documentElement.dataset.contrast)).toBe('yellow')
    await page.mouse.move(0, 0)
    await screen.picture('attempt-zoom-arabic')
    expect(await barriersOn(page, ofColours)).toEqual([])
    const colours = await page.evaluate(() => {
      const { backgroundColor, color } = getComputedStyle(document.body)
      return [backgroundColor, color]
    })
    expect(colours).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 0)'])
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter((element) => {
          const { left, right, width } = element.getBoundingClientRect()
          return width > 0 && (left < -1 || right > window.innerWidth + 1)
        })
        .map((element) => element.outerHTML.slice(0, 120)),
    )
    expect(cut).toEqual([])
  })

  it('is a voice of the machine itself, which reads question and options; one on the internet is not asked', async () => {
    await sittingFor('Vera Voice')
    const profile = await newProfile(stage.browser)
    await profile.addInitScript(() => {
      const spoken: string[] = []
      const voices = [
        { lang: 'en-GB', localService: false, name: 'Far away' },
        { lang: 'en-GB', localService: true, name: 'Here' },
      ]
      class Utterance {
        voice: { name: string } | null = null
        readonly text: string
        constructor(text: string) {
          this.text = text
        }
      }
      const speak = ({ text, voice }: Utterance) => spoken.push(`${voice?.name}: ${text}`)
      const speechSynthesis = Object.assign(new EventTarget(), { getVoices: () => voices, speak, cancel: () => {} })
      Object.defineProperty(window, 'speechSynthesis', { value: speechSynthesis })
      Object.assign(window, { SpeechSynthesisUtterance: Utterance, spoken })
    })
    const { page } = await openScreen(profile)
    await page.goto(stage.program.url)
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await button(page, 'Sign in').click()
    await button(page, 'Open kiosk').click()
    await button(page, 'Open the kiosk').click()
    await button(page, 'Vera Voice').click()
    await button(page, /^Begin/).click()
    await button(page, 'Begin now').click()
    await button(page, 'Read aloud').click()
    const spoken = await page.evaluate(() => (window as Window & { spoken?: string[] }).spoken)
    expect(spoken).toEqual(['Here: Which is a prime?.\nA. Four.\nB. Five'])
    await button(page, 'Stop reading').waitFor()
  })
})
