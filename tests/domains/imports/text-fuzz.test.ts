import fc from 'fast-check'
import { expect, it } from 'vitest'
import { writeAiken } from '../../../main/domains/exports/aiken.ts'
import { writeGift } from '../../../main/domains/exports/gift.ts'
import { questionCsv } from '../../../main/domains/exports/question-sheet.ts'
import { sheetRows } from '../../../main/domains/exports/sheet.ts'
import { readAiken } from '../../../main/domains/imports/aiken.ts'
import { readCsv } from '../../../main/domains/imports/csv.ts'
import { readGift } from '../../../main/domains/imports/gift.ts'
import { readQuestions } from '../../../main/domains/imports/read-questions.ts'
import { inputs } from '../../support/inputs.ts'
import { arbitraryQuestion } from './arbitrary-written-question.ts'
import { giftFixture, giftFixtureNames } from './gift-fixture.ts'
import { mutationsOf } from './mutations.ts'
import { survival } from './survival.ts'

const written = fc.sample(arbitraryQuestion, { numRuns: 60, seed: 7 })
const words = { true: 'True', false: 'False' }
const ends = ['\n', '\n\n', '\r', '\r\n', ' ', '\t', '\uFEFF', '\0', '\ud83d', '😀', '\u200b']

const giftSigns = [
  '{',
  '}',
  '=',
  '~',
  '#',
  ':',
  '::',
  '\\',
  '%',
  '%50%',
  '%1e9%',
  '####',
  '->',
  '//',
  '// [tag:',
  '[points:9e9]',
  '$CATEGORY:',
  '*',
  ',',
  '..',
]
const giftWords = [
  '[html]',
  '[markdown]',
  '[plain]',
  '<p>',
  '<table>',
  '<img src=x>',
  '&nbsp;',
  'T',
  'FALSE',
  '1',
  '-2.5',
  'e9',
  '__proto__',
]
const giftFiles = [...giftFixtureNames().map(giftFixture), ...written.map((question) => writeGift([question]).text)]

const aikenSigns = ['A.', 'B)', 'z.', 'ANSWER:', 'answer :', 'ANSWER: A, C', 'ANSWER: __proto__', '：']
const aikenFiles = Array.from({ length: 20 }, (_, index) => writeAiken(written.slice(index, index + 12), words).text)

const csvSigns = [
  ',',
  ';',
  '|',
  '"',
  '""',
  '"\n"',
  "'",
  '=1+1',
  'sep=;\n',
  'A; C (50%)',
  '(1e9%)',
  '[1..2]',
  '5 ± 1',
  '..',
]
const csvWords = [
  'Question',
  'Right answer',
  'Option AA',
  'Type',
  'النوع',
  'Points',
  'constructor',
  'toString',
  'AX',
  '51',
  '0',
  'vrai',
  '\\',
]
const csvFiles = (['en', 'fr', 'ar'] as const).flatMap((language, start) =>
  Array.from({ length: 15 }, (_, index) =>
    questionCsv(sheetRows(written.slice(index + start, index + start + 4), language).rows, language),
  ),
)

const fuzzed: [string, fc.Arbitrary<string>, typeof readGift][] = [
  ['GIFT', mutationsOf(giftFiles, [...giftSigns, ...giftWords, ...ends]), readGift],
  ['Aiken', mutationsOf(aikenFiles, [...aikenSigns, ...giftWords, ...ends]), readAiken],
  ['CSV', mutationsOf(csvFiles, [...csvSigns, ...csvWords, ...ends]), readCsv],
]

it.each(fuzzed)(
  'reads broken files in %s without a throw, each within two seconds, into valid questions',
  {
    timeout: inputs(120_000),
  },
  async (_, files, read) => {
    let found = 0
    await fc.assert(
      fc.asyncProperty(files, async (text) => {
        found += await survival(() => read(text), text.split(/\r\n|\n|\r/).length + 1)
      }),
      { numRuns: inputs(2_000) },
    )
    expect(found).toBeGreaterThan(inputs(500))
  },
)

it('reads files of random bytes, whatever they are taken for', { timeout: inputs(120_000) }, async () => {
  const beginnings = ['', 'PK\x03\x04', '<quiz>', '<?xml?>', 'Question,Answer\n', '\xff\xfe', '{', 'A. a\nANSWER: A']
  const bytes = fc.tuple(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 300 }))
  const format = fc.constantFrom(undefined, 'gift', 'aiken', 'csv', 'xlsx', 'moodle_xml', 'qti')
  await fc.assert(
    fc.asyncProperty(bytes, format, async ([beginning, noise], hint) => {
      const file = Buffer.concat([Buffer.from(beginning, 'latin1'), noise])
      await survival(() => readQuestions(file, { format: hint }))
    }),
    { numRuns: inputs(2_000) },
  )
})
