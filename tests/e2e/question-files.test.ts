import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, it, onTestFailed } from 'vitest'
import { questionXlsx } from '../../main/domains/exports/question-sheet.ts'
import { exportFormats } from '../../shared/contract/exports.ts'
import { barriersOn } from './barriers.ts'
import { newProfile, openScreen, type Screen } from './screen.ts'
import { useStage } from './stage.ts'

const stage = useStage()
const fixture = (path: string) => readFileSync(join(import.meta.dirname, '../fixtures', path))

let screen: Screen
beforeAll(async () => {
  screen = await openScreen(await newProfile(stage.browser))
  await screen.page.goto(stage.program.url)
  await screen.page.getByText('Open a practice centre').click()
  await screen.page.getByRole('link', { name: 'Assessments' }).waitFor()
})

const sheet = [
  ['Type', 'Question', 'Option A', 'Option B', 'Right answer', 'Points', 'Mood'],
  ['Multiple choice', 'Which burns?', 'Paper', 'Sand', 'A', '2', 'grim'],
  ['Multiple choice', 'Which floats?', 'Wood', 'Iron', 'C', '1', ''],
  ['', 'Water boils at 100 °C.', '', '', 'True', 'much', ''],
]
const csv = Buffer.from(sheet.map((row) => row.join(';')).join('\r\n'), 'latin1')
const aiken = 'What burns?\nA. Paper\nB. Sand\nANSWER: A\n\nWhat floats?\nA. Wood\nB. Iron\nANSWER: C\n'
const item = (name: string) => fixture(`qti/${name}.xml`)
const qti = zipSync({
  'imsmanifest.xml': strToU8(
    '<manifest><resources><resource type="imsqti_item_xmlv3p0" href="a.xml"/>' +
      '<resource type="imsqti_item_xmlv2p1" href="b.xml"/></resources></manifest>',
  ),
  'a.xml': item('qti30-entry'),
  'b.xml': item('qti21-match'),
})

interface Sample {
  name: string
  content: () => Uint8Array | Promise<Uint8Array>
  format: string
  found: string
  problem: RegExp
}
const samples: Sample[] = [
  {
    name: 'safety.gift',
    content: () => fixture('gift/workshop-safety.gift'),
    format: 'GIFT',
    found: '26 questions can be imported',
    problem: /Line 136.*Left out/,
  },
  {
    name: 'fire.txt',
    content: () => Buffer.from(aiken),
    format: 'Aiken',
    found: '1 question can be imported',
    problem: /Line 6.*The right answer is none of the options/,
  },
  {
    name: 'fire.csv',
    content: () => csv,
    format: 'Sheet (CSV)',
    found: '2 questions can be imported',
    problem: /Row 3 · column E: Right answer.*none of the options/,
  },
  {
    name: 'fire.xlsx',
    content: () => questionXlsx(sheet, 'en'),
    format: 'Sheet (Excel)',
    found: '2 questions can be imported',
    problem: /Row 4 · column F: Points.*cannot be read/,
  },
  {
    name: 'safety.xml',
    content: () => fixture('moodle-xml/workshop-safety.xml'),
    format: 'Moodle XML',
    found: '7 questions can be imported',
    problem: /Left out.*matching/,
  },
  { name: 'package.zip', content: () => qti, format: 'QTI', found: '1 question can be imported', problem: /b\.xml/ },
]

/** Afresh, so that nothing of the test before is open. */
async function openBank(page: Page) {
  await page.goto('about:blank')
  await page.goto(`${stage.program.url}/#/bank`)
  await page.getByRole('heading', { name: 'Question bank' }).waitFor()
}

async function fromMenu(page: Page, name: string) {
  await page.getByRole('button', { name: 'More for the bank' }).click()
  await page.getByRole('menuitem', { name }).click()
}

async function offer(page: Page, name: string, content: Uint8Array): Promise<Locator> {
  await fromMenu(page, 'Import questions…')
  await page.setInputFiles('input[type=file]', { name, mimeType: '', buffer: Buffer.from(content) })
  return page.getByRole('dialog', { name: 'Import questions into the bank' })
}

it.each(samples)('$name comes into the bank as $format, and what cannot is told by its place', async (sample) => {
  const { page } = screen
  onTestFailed(() => screen.explain('question-files-failed'))
  await openBank(page)
  const dialog = await offer(page, sample.name, await sample.content())
  await dialog.getByText(sample.found).waitFor()
  expect(await dialog.getByRole('combobox', { name: 'Read as' }).inputValue()).toContain(sample.format)
  const all = dialog.getByRole('button', { name: /^Show all/ })
  if (await all.isVisible()) await all.click()
  await dialog.getByRole('listitem').filter({ hasText: sample.problem }).first().waitFor()
  await screen.picture(`question-files-${sample.name}`)
  expect(await barriersOn(page)).toEqual([])
  await dialog.getByRole('button', { name: /^Add \d+ question/ }).click()
  await page
    .getByText(/question(s were| was) added\./)
    .first()
    .waitFor()
  await dialog.waitFor({ state: 'hidden' })
  expect(screen.troubles).toEqual([])
})

it('reads a file as something else when the trainer says so, and pasted text as what it is', async () => {
  const { page } = screen
  onTestFailed(() => screen.explain('question-files-failed'))
  await openBank(page)
  const dialog = await offer(page, 'fire.csv', csv)
  await dialog.getByText('2 questions can be imported').waitFor()
  await dialog.getByRole('combobox', { name: 'Read as' }).click()
  await page.getByRole('option', { name: 'GIFT' }).click()
  await dialog.getByText('No question can be imported').waitFor()
  await dialog.getByRole('button', { name: 'Choose another file' }).click()

  await dialog.getByRole('textbox', { name: 'Or paste the text' }).fill(aiken)
  await dialog.getByRole('button', { name: 'Read the text' }).click()
  await dialog.getByText('1 question can be imported').waitFor()
  expect(await dialog.getByRole('combobox', { name: 'Read as' }).inputValue()).toBe('Aiken')
  await page.keyboard.press('Escape')
})

it.each(['Excel sheet', 'CSV sheet'])('the %s to start from is read without a problem', async (name) => {
  const { page } = screen
  onTestFailed(() => screen.explain('question-files-failed'))
  await openBank(page)
  await fromMenu(page, 'Import questions…')
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
  await page.setInputFiles('input[type=file]', await download.path())
  const dialog = page.getByRole('dialog', { name: 'Import questions into the bank' })
  await dialog.getByText('6 questions can be imported', { exact: true }).waitFor()
  expect(screen.troubles).toEqual([])
  await page.keyboard.press('Escape')
})

describe.each(exportFormats)('an export as %s', (format) => {
  const labels = {
    moodle_xml: 'Moodle XML',
    qti3: 'QTI 3.0 package',
    gift: 'GIFT',
    aiken: 'Aiken',
    xlsx: 'Excel sheet',
    csv: 'CSV sheet',
  }

  it('of questions that were chosen comes back', async () => {
    const { page } = screen
    onTestFailed(() => screen.explain('question-files-failed'))
    await openBank(page)
    await fromMenu(page, 'Choose questions to export')
    await page.getByRole('row').filter({ hasText: 'Which burns?' }).first().click()
    await page.getByRole('row').filter({ hasText: 'Which burns?' }).last().click()
    await page.getByRole('button', { name: 'Export 2 questions' }).click()
    const dialog = page.getByRole('dialog', { name: 'Export “Question bank”' })
    await dialog.getByRole('radio', { name: labels[format], exact: true }).check()
    await screen.settled()
    await screen.picture(`question-files-export-${format}`)
    expect(await barriersOn(page)).toEqual([])
    const save = dialog.getByRole('button', { name: 'Save the file' })
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()])
    const content = readFileSync(await download.path())
    await page.getByRole('button', { name: 'Cancel' }).click()
    const preview = await offer(page, download.suggestedFilename(), content)
    await preview.getByText('2 questions can be imported', { exact: true }).waitFor()
    expect(await preview.getByText('Which burns?').count()).toBe(2)
    await page.keyboard.press('Escape')
    expect(screen.troubles).toEqual([])
  })
})
