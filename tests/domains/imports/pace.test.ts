import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { writeAiken } from '../../../main/domains/exports/aiken.ts'
import { writeQti } from '../../../main/domains/exports/qti.ts'
import { questionCsv, questionXlsx } from '../../../main/domains/exports/question-sheet.ts'
import { sheetRows } from '../../../main/domains/exports/sheet.ts'
import { readQuestions } from '../../../main/domains/imports/read-questions.ts'
import { Question } from '../../../shared/contract/questions.ts'
import { watchTurns } from '../../support/turns.ts'
import { giftFixture, giftFixtureNames } from './gift-fixture.ts'

const many = Array.from({ length: 2000 }, (_, index) =>
  Question.parse({
    type: 'multiple_choice',
    text: `What do you do first when the alarm number ${index} rings in the workshop?`,
    points: 2,
    required: true,
    selection: 'one',
    category: 'Safety/Fire',
    tags: ['fire', 'exit'],
    feedback: 'People first, things never.',
    options: ['Leave', 'Stay', 'Wait', 'Run'].map((text, place) => ({
      id: 'abcd'[place],
      text: `${text} by the nearest exit ${index}`,
      credit: place === 0 ? 100 : 0,
      feedback: `Why ${place}`,
    })),
  }),
)
const words = { true: 'True', false: 'False' }
const gift = giftFixtureNames().map(giftFixture).join('\n\n')
const moodle = readFileSync(join(import.meta.dirname, '../../fixtures/moodle-xml/workshop-safety.xml'), 'utf8')
const moodleQuestions = moodle.slice(moodle.indexOf('<question '), moodle.lastIndexOf('</quiz>'))

/** Files as large as people have them, and larger. */
const files: [string, number, () => Uint8Array | Promise<Uint8Array>][] = [
  ['gift', 5000, () => Buffer.from(`${gift}\n\n`.repeat(Math.floor(2_000_000 / gift.length)))],
  ['aiken', 2000, () => Buffer.from(writeAiken(many, words).text)],
  ['csv', 2000, () => Buffer.from(questionCsv(sheetRows(many, 'fr').rows, 'fr'))],
  ['xlsx', 2000, () => questionXlsx(sheetRows(many, 'en').rows, 'en')],
  ['moodle_xml', 2000, () => Buffer.from(`<quiz>${moodleQuestions.repeat(300)}</quiz>`)],
  ['qti', 2000, () => writeQti(many, () => undefined).bytes],
]

it.each(files)(
  'reads a large file in %s without holding the process for more than 50 ms at a time',
  {
    timeout: 60_000,
  },
  async (format, atLeast, bytes) => {
    const file = await bytes()
    const longestTurn = watchTurns()

    const read = await readQuestions(file, {})

    expect(longestTurn()).toBeLessThan(50)
    expect(read.format).toBe(format)
    expect(read.questions.length).toBeGreaterThanOrEqual(atLeast)
  },
)
