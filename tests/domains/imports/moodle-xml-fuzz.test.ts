import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readMoodleXml } from '../../../main/domains/imports/moodle-xml.ts'
import { ImportProblem } from '../../../shared/contract/imports.ts'
import { Question } from '../../../shared/contract/questions.ts'
import { inputs } from '../../support/inputs.ts'
import { processorTime } from '../../support/processor.ts'
import { mutationsOf } from './mutations.ts'

const whole = readFileSync(join(import.meta.dirname, '../../fixtures/moodle-xml/workshop-safety.xml'), 'utf8')
const single = whole.split(/(?=<question )/).map((question) => `<quiz>${question}`)
const tags = [
  '<question type="',
  '<question>',
  '</question>',
  '<answer fraction="1e999">',
  '<text>',
  '</text>',
  '<file ',
]
const signs = [
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<?',
  '?>',
  '<!DOCTYPE a>',
  '<!DOCTYPE a [',
  '&',
  '&#0;',
  '&#xD800;',
  '&lt;',
  '<',
  '>',
  '"',
]
const words = [
  'NaN',
  '-',
  '*',
  '\\*',
  '__proto__',
  '#text',
  ':@',
  '$$',
  '\\(',
  '<img src="data:image/png;base64,AAAA">',
  '\r',
  '\0',
  '\ud800',
]

it('reads broken files without a throw, each within two seconds, into valid questions', {
  timeout: inputs(120_000),
}, async () => {
  let read = 0
  await fc.assert(
    fc.asyncProperty(mutationsOf(single, [...tags, ...signs, ...words]), async (text) => {
      const spent = processorTime()
      const { questions, problems } = await readMoodleXml(Buffer.from(text))
      expect(spent()).toBeLessThan(2000)

      const lines = text.split(/\r\n|\n|\r/).length
      for (const { line, question } of questions) {
        expect(Question.safeParse(question).error).toBeUndefined()
        expect(line).toBeLessThanOrEqual(lines)
      }
      for (const problem of problems) {
        expect(ImportProblem.safeParse(problem).error).toBeUndefined()
        expect(problem.line).toBeLessThanOrEqual(lines)
      }
      read += questions.length
    }),
    { numRuns: inputs(2_000) },
  )
  expect(read).toBeGreaterThan(inputs(50))
})
