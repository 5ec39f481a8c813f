import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, it, onTestFailed } from 'vitest'
import type { Question } from '../../shared/contract/questions.ts'
import { choice, essay, shortAnswer, trueFalse } from '../support/centre.ts'
import { type Look, newProfile, openScreen, type Screen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage()
const fields = {
  title: 'Numbers',
  type: 'summative',
  timeLimit: 45,
  settings: { shuffleQuestions: true, shuffleOptions: true, review: 'answers', pools: [] },
}
const secret = 'KEY-OF-THE-ESSAY'
const questions: Question[] = [
  ...Array.from({ length: 20 }, (_, index) => ({
    ...choice,
    text: `Choice ${index + 1}: what is \\(\\frac{1}{2}\\)?`,
  })),
  { ...shortAnswer, accepted: [{ text: 'KEY-OF-THE-SHORT', credit: 100 }] },
  trueFalse,
  { ...essay, points: 10, sampleAnswer: secret },
]

async function call({ page }: Screen, procedure: string, input: unknown): Promise<unknown> {
  const answer = await page.evaluate(
    async ([path, json]) => {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(`/rpc/${path}`, { method: 'POST', headers, body: JSON.stringify({ json }) })
      return (await response.json()) as { json: unknown }
    },
    [procedure, input] as const,
  )
  return answer.json
}

/** An assessment of its own on the page where it is printed. */
async function printPage(look: Look = {}) {
  const screen = await openScreen(await newProfile(stage.browser, look))
  onTestFailed(() => screen.picture('failed'))
  await screen.page.goto(stage.program.url)
  const status = (await call(screen, 'setup/status', undefined)) as { state: string }
  if (status.state === 'empty') await call(screen, 'setup/openPractice', {})
  await call(screen, 'identity/signIn', { email: 'trainer@practice.example', password: 'practice' })
  await screen.page.reload()
  const { id } = (await call(screen, 'assessments/create', fields)) as { id: number }
  await call(screen, 'assessments/addQuestions', { id, questions })
  await screen.page.goto(`${stage.program.url}/#/assessments/${id}/print`)
  await screen.page.locator('[data-sheet]').first().waitFor()
  await screen.page.locator('math').first().waitFor()
  await screen.settled()
  return screen
}

/** As the print dialog makes it, with the paper that the page asks for. */
async function pdfOf({ page }: Screen, name: string) {
  const path = join(import.meta.dirname, 'screenshots', `${name}.pdf`)
  const text = (await page.pdf({ path, preferCSSPageSize: true })).toString('latin1')
  const boxes = text.matchAll(/\/MediaBox \[([\d. ]+)\]/g)
  return { pages: text.match(/\/Type \/Page\b(?!s)/g)?.length ?? 0, boxes: new Set([...boxes].map(([, box]) => box)) }
}

/** What is on the paper, and nothing of the screen around it. */
async function printed({ page }: Screen, sheet: string): Promise<string[]> {
  await page.emulateMedia({ media: 'print' })
  const sheets = page.locator(`[data-sheet="${sheet}"]`)
  const texts = await sheets.evaluateAll((all) => all.map((one) => (one as HTMLElement).innerText))
  await page.emulateMedia({ media: null })
  return texts
}

it('prints each version on pages of its own, with its own key and the paper that was chosen', async () => {
  const screen = await printPage()
  const { page, troubles } = screen
  const paper = await pdfOf(screen, 'print-paper')
  expect([...paper.boxes]).toEqual(['0 0 594.95996 841.91998'])
  expect(paper.pages).toBeGreaterThanOrEqual(4)
  const papers = await printed(screen, 'questions')
  expect(papers).toHaveLength(2)
  expect(papers[0]).toContain('Version A')
  expect(papers[0]).toContain('Choice 20: what is')
  expect(papers[1]).toContain('Version B')

  await page.getByLabel('Questions').uncheck()
  await page.getByLabel('Key').check()
  expect((await pdfOf(screen, 'print-key')).pages).toBe(2)
  const keys = await printed(screen, 'key')
  expect(keys).toHaveLength(2)
  for (const key of keys) expect(key).toContain('KEY-OF-THE-SHORT')
  expect(keys[0]?.replace('Version A', '')).not.toBe(keys[1]?.replace('Version B', ''))

  await page.getByText('Letter', { exact: true }).click()
  expect([...(await pdfOf(screen, 'print-letter')).boxes]).toEqual(['0 0 612 792'])
  expect(troubles).toEqual([])
})

it('puts nothing of the key on what learners get, nor anything of the screen', async () => {
  const screen = await printPage()
  const { page } = screen
  await page.getByLabel('Answer sheet').check()
  await page.emulateMedia({ media: 'print' })
  const everything = await page.locator('body').innerText()
  for (const word of ['KEY-OF', 'Two times two', 'Assessments', 'What to print', 'practice centre']) {
    expect(everything).not.toContain(word)
  }
  expect(everything).toContain('Answer sheet: Numbers')
  expect(everything).toContain('Name:')
})

it('cuts no question in two', async () => {
  const screen = await printPage()
  const cut = await screen.page
    .locator('[data-sheet="questions"] > ol > li')
    .evaluateAll((all) => all.filter((one) => getComputedStyle(one).breakInside !== 'avoid').length)
  expect(cut).toBe(0)
})

it.each<[string, Look]>([
  ['light', {}],
  ['dark', { dark: true }],
  ['arabic', { language: 'ar' }],
  ['phone', { width: 360, height: 740 }],
])('shows the paper before it is printed: %s', async (name, look) => {
  const screen = await printPage(look)
  await screen.picture(`print-${name}`)
  await pdfOf(screen, `print-${name}`)
  const { violations } = await new AxeBuilder({ page: screen.page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))).toEqual([])
  const overhang = () => document.documentElement.scrollWidth - document.documentElement.clientWidth
  expect(await screen.page.evaluate(overhang)).toBe(0)
})
