import fc from 'fast-check'
import { type Zippable, zipSync } from 'fflate'
import { expect, it } from 'vitest'
import { readQti } from '../../../main/domains/imports/qti.ts'
import { ImportProblem } from '../../../shared/contract/imports.ts'
import { Question } from '../../../shared/contract/questions.ts'
import { inputs } from '../../support/inputs.ts'
import { png } from '../../support/pictures.ts'
import { processorTime } from '../../support/processor.ts'
import { mutationsOf } from './mutations.ts'
import { qtiFixture, qtiFixtureNames } from './qti-fixture.ts'

const fixtures = qtiFixtureNames().map((name) => qtiFixture(name).toString())
const tags = [
  '<qti-',
  '</qti-item-body>',
  '<itemBody>',
  '<choiceInteraction>',
  '<mapEntry mapKey="" mappedValue="1e999"/>',
  '<math>',
  '<img src="a"/>',
]
const signs = ['<![CDATA[', ']]>', '<!--', '-->', '<?', '<!DOCTYPE a>', '<!DOCTYPE a [', '&', '&#0;', '<', '>', '"']
const words = ['NaN', '-1', '*', '__proto__', '#text', ':@', 'constructor', 'toString', '\r', '\0', '\ud800']
const item = mutationsOf(fixtures, [...tags, ...signs, ...words])

async function survives(bytes: Uint8Array): Promise<number> {
  const spent = processorTime()
  const { questions, problems } = await readQti(bytes)
  expect(spent()).toBeLessThan(2000)
  for (const { question } of questions) expect(Question.safeParse(question).error).toBeUndefined()
  for (const problem of problems) expect(ImportProblem.safeParse(problem).error).toBeUndefined()
  return questions.length
}

it('reads broken items without a throw, each within two seconds, into valid questions', {
  timeout: inputs(120_000),
}, async () => {
  let read = 0
  await fc.assert(
    fc.asyncProperty(item, async (text) => {
      read += await survives(Buffer.from(text))
    }),
    { numRuns: inputs(2_000) },
  )
  expect(read).toBeGreaterThan(inputs(50))
})

const whole: Zippable = {
  'imsmanifest.xml': Buffer.from(
    '<manifest><resources><resource type="imsqti_item_xmlv3p0" href="i/a.xml"/></resources></manifest>',
  ),
  'i/a.xml': qtiFixture('qti30-entry'),
  'i/b.png': png,
}
const packages = [zipSync(whole), zipSync(whole, { level: 0 }), zipSync({ 'a.xml': qtiFixture('qti22-mapped') })]
const edit = fc.tuple(fc.noBias(fc.nat()), fc.uint8Array({ maxLength: 4 }), fc.oneof(fc.constant(0), fc.nat(6)))
const broken = fc
  .tuple(fc.constantFrom(...packages), fc.array(edit, { minLength: 1, maxLength: 4 }))
  .map(([zip, edits]) => edits.reduce(edited, zip))
const noise = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.concat([Buffer.from('PK'), bytes]))
const wellPacked = item.map((text) => zipSync({ 'a.xml': Buffer.from(text) }, { level: 0 }))

it('reads broken packages without a throw, each within two seconds, into valid questions', {
  timeout: inputs(120_000),
}, async () => {
  let read = 0
  const anyPackage = fc.oneof({ weight: 4, arbitrary: broken }, noise, wellPacked)
  await fc.assert(
    fc.asyncProperty(anyPackage, async (bytes) => {
      read += await survives(bytes)
    }),
    { numRuns: inputs(2_000) },
  )
  expect(read).toBeGreaterThan(inputs(50))
})

/** Overwrites some bytes, or some more where the edit also cuts. */
function edited(zip: Uint8Array, [place, bytes, cut]: [number, Uint8Array, number]): Uint8Array {
  const at = place % (zip.length + 1)
  return Buffer.concat([zip.subarray(0, at), bytes, zip.subarray(at + bytes.length + cut)])
}
