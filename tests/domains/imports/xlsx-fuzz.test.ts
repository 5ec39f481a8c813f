import fc from 'fast-check'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { expect, it } from 'vitest'
import { questionXlsx } from '../../../main/domains/exports/question-sheet.ts'
import { sheetRows } from '../../../main/domains/exports/sheet.ts'
import { readXlsx } from '../../../main/domains/imports/xlsx.ts'
import { inputs } from '../../support/inputs.ts'
import { arbitraryQuestion } from './arbitrary-written-question.ts'
import { mutationsOf } from './mutations.ts'
import { survival } from './survival.ts'

const questions = fc.sample(arbitraryQuestion, { numRuns: 9, seed: 7 })
const workbooks = await Promise.all(
  (['en', 'fr', 'ar'] as const).map((language, place) =>
    questionXlsx(sheetRows(questions.slice(place * 3, place * 3 + 3), language).rows, language),
  ),
)

const tags = [
  '<row r="2">',
  '</row>',
  '<c r="B2" t="s"><v>1</v></c>',
  '<c r="A1" t="inlineStr"><is><t>',
  '<v>',
  '<si>',
  '</si>',
  '<t>',
]
const places = ['r="A1"', 'r="XFD1048576"', 'r="~~~9"', 'r="1"', 't="s"', 't="b"', 't="d"', 't="e"', 's="99"', '1e999']
const signs = [
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<!DOCTYPE a [',
  '&#88;',
  '&',
  '<',
  '>',
  '"',
  '\0',
  '\ud800',
  '_x000D_',
]
const xml = mutationsOf(
  workbooks.flatMap((bytes) => Object.values(unzipSync(bytes)).map((content) => strFromU8(content))),
  [...tags, ...places, ...signs],
)
const paths = Object.keys(unzipSync(workbooks[0] ?? new Uint8Array()))
const wellPacked = fc
  .tuple(
    fc.constantFrom(...workbooks),
    fc.constantFrom(...paths, 'xl/worksheets/sheet1.xml', 'xl/sharedStrings.xml'),
    fc.nat(),
    xml,
  )
  .map(([bytes, path, at, text]) => {
    const files = unzipSync(bytes)
    const before = strFromU8(files[path] ?? new Uint8Array())
    const cut = at % (before.length + 1)
    // Some edits keep the file itself and plant a piece of another.
    const content = at % 2 === 0 ? text : before.slice(0, cut) + text.slice(0, at % 60) + before.slice(cut)
    return zipSync({ ...files, [path]: strToU8(content) }, { level: 0 })
  })
const edit = fc.tuple(fc.noBias(fc.nat()), fc.uint8Array({ maxLength: 4 }), fc.oneof(fc.constant(0), fc.nat(6)))
const broken = fc
  .tuple(fc.constantFrom(...workbooks), fc.array(edit, { minLength: 1, maxLength: 4 }))
  .map(([zip, edits]) => edits.reduce(edited, zip))
const noise = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.concat([Buffer.from('PK'), bytes]))

it('reads broken workbooks without a throw, each within two seconds, into valid questions', {
  timeout: inputs(120_000),
}, async () => {
  let found = 0
  await fc.assert(
    fc.asyncProperty(
      fc.oneof({ weight: 5, arbitrary: wellPacked }, { weight: 3, arbitrary: broken }, noise),
      async (bytes) => {
        found += await survival(() => readXlsx(bytes))
      },
    ),
    { numRuns: inputs(2_000) },
  )
  expect(found).toBeGreaterThan(inputs(500))
})

/** Overwrites some bytes, or some more where the edit also cuts. */
function edited(zip: Uint8Array, [place, bytes, cut]: [number, Uint8Array, number]): Uint8Array {
  const at = place % (zip.length + 1)
  return Buffer.concat([zip.subarray(0, at), bytes, zip.subarray(at + bytes.length + cut)])
}
