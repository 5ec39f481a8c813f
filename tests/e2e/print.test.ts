import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it, onTestFailed } from 'vitest'
import type { AssessmentFields } from '../../shared/contract/assessments.ts'
import type { Question } from '../../shared/contract/questions.ts'
import { choice, essay, shortAnswer, trueFalse } from '../support/centre.ts'
import { pdfPages } from '../support/pdf-text.ts'
import { barriersOn } from './barriers.ts'
import { signedIn } from './practice.ts'
import type { Look, Screen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage()
const fields: Partial<AssessmentFields> & Pick<AssessmentFields, 'title' | 'type'> = {
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

/** An assessment of its own on the page where it is printed. */
async function printPage(look: Look = {}) {
  const screen = await signedIn(stage, look)
  onTestFailed(() => screen.explain('failed'))
  const { id } = await screen.client.assessments.create(fields)
  await screen.client.assessments.addQuestions({ id, questions })
  await screen.page.goto(`${stage.program.url}/#/assessments/${id}/print`)
  await screen.page.locator('[data-sheet]').first().waitFor()
  await screen.page.locator('math').first().waitFor()
  await screen.settled()
  return screen
}

interface Pdf {
  /** The text of each page, without spaces. */
  pages: string[]
  /** The size of the paper in points of 1/72 inch. */
  papers: string[]
}

/** As the print dialog makes it, with the paper that the page asks for. */
async function pdfOf({ page }: Screen, name: string): Promise<Pdf> {
  const path = join(import.meta.dirname, 'screenshots', `${name}.pdf`)
  const pdf = await page.pdf({ path, preferCSSPageSize: true })
  const boxes = pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 (\d+)[\d.]* (\d+)[\d.]*\]/g)
  return { pages: pdfPages(pdf), papers: [...new Set([...boxes].map(([, width, height]) => `${width} × ${height}`))] }
}

const times = (text: string, word: string) => text.split(word).length - 1

it('prints each version on pages of its own, with its own key and the paper that was chosen', async () => {
  const screen = await printPage()
  const { page, troubles } = screen
  const { pages, papers } = await pdfOf(screen, 'print-paper')
  expect(papers).toEqual(['594 × 841'])
  const heads = pages.filter((text) => text.startsWith('NumbersVersion'))
  expect(heads.map((text) => text.slice(0, 15))).toEqual(['NumbersVersionA', 'NumbersVersionB'])
  for (let number = 1; number <= 20; number++) expect(times(pages.join(), `Choice${number}:`)).toBe(2)

  await page.getByLabel('Questions').uncheck()
  await page.getByLabel('Key').check()
  const keys = (await pdfOf(screen, 'print-key')).pages
  expect(keys.map((text) => text.slice(0, 19))).toEqual(['Key:NumbersVersionA', 'Key:NumbersVersionB'])
  for (const key of keys) {
    expect(key).toContain('KEY-OF-THE-SHORT')
    expect(key).toContain('KEY-OF-THE-ESSAY')
  }
  expect(keys[0]?.slice(19)).not.toBe(keys[1]?.slice(19))

  await page.getByText('Letter', { exact: true }).click()
  expect((await pdfOf(screen, 'print-letter')).papers).toEqual(['612 × 792'])
  expect(troubles).toEqual([])
})

it('puts nothing of the key on what learners get, nor anything of the screen', async () => {
  const screen = await printPage()
  await screen.page.getByLabel('Answer sheet').check()
  const text = (await pdfOf(screen, 'print-answer-sheet')).pages.join()
  for (const word of ['KEY-OF', 'Twotimestwo', 'Assessments', 'Whattoprint', 'practicecentre']) {
    expect(text).not.toContain(word)
  }
  expect(times(text, 'Answersheet:Numbers')).toBe(2)
  expect(times(text, 'Name:')).toBe(4)
})

it('cuts no question in two', async () => {
  const { pages } = await pdfOf(await printPage(), 'print-breaks')
  expect(pages.length).toBeGreaterThan(4)
  for (const text of pages) {
    expect(times(text, 'Four')).toBe(times(text, 'Choice'))
    expect(times(text, 'Five')).toBe(times(text, 'Choice'))
    expect(times(text, 'True')).toBe(times(text, 'Waterboils'))
  }
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
  expect(await barriersOn(screen.page)).toEqual([])
})

it('puts a file and the list of people on paper, and not the screen that they were printed from', async () => {
  const screen = await signedIn(stage)
  const { page } = screen
  // What would be printed while the page waits for the printer.
  await page.addInitScript(() => {
    globalThis.print = () => {
      localStorage['printed'] = document.querySelector('[data-on-paper]')?.textContent ?? 'the screen'
    }
  })
  onTestFailed(() => screen.explain('paper-failed'))
  const printed = () => page.evaluate(() => String(localStorage['printed'] ?? ''))
  const again = async (print: () => Promise<void>) => {
    // Who asks twice within half a second means it once.
    await pause(600)
    await page.evaluate(() => localStorage.removeItem('printed'))
    await print()
  }
  await page.goto(`${stage.program.url}/#/beneficiaries/1/file`)
  await page.getByRole('button', { name: 'Print' }).click()
  await expect.poll(printed).toMatch(/^Zoé Lefèvre.*Date of birth/s)
  await again(() => page.keyboard.press('Control+p'))
  await expect.poll(printed).toMatch(/^Zoé Lefèvre.*Date of birth/s)
  // A menu of the program that shows the page asks nobody: this is what its printer gets.
  await expect.poll(() => page.locator('[data-on-paper]').count()).toBe(0)
  expect((await pdfOf(screen, 'print-file')).pages.join()).toMatch(/^ZoéLefèvre.*Dateofbirth(?!.*Beneficiaries)/s)
  await page.goto(`${stage.program.url}/#/beneficiaries`)
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: /Print/ }).click()
  await expect.poll(printed).toMatch(/^Beneficiaries.*24 people.*Ayşe Yılmaz/s)
  await again(() => page.keyboard.press('Control+p'))
  await expect.poll(printed).toMatch(/^Beneficiaries.*24 people.*Ayşe Yılmaz/s)
  await expect.poll(() => page.locator('[data-on-paper]').count()).toBe(0)
  expect((await pdfOf(screen, 'print-people')).pages.join()).toMatch(
    /^Beneficiaries.*24people.*AyşeYılmaz(?!.*Search)/s,
  )
  expect(await page.locator('[data-on-paper]').count()).toBe(0)
  expect(screen.troubles).toEqual([])
})
