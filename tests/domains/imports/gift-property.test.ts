import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readGift } from '../../../main/domains/imports/gift.ts'
import { Question } from '../../../shared/contract/questions.ts'
import { processorTime } from '../../support/processor.ts'
import { giftFixture, giftFixtureNames } from './gift-fixture.ts'

const signs = ['{', '}', '=', '~', '#', ':', '::', '\\', '%', '%50%', '####', '->', '//', '$CATEGORY:', '*', ',']
const spaces = ['\n', '\n\n', '\r', '\r\n', ' ', '\uFEFF']
const markup = ['[html]', '[markdown]', '<p>', '</p>', '<table>', '<td>', '<img src=x>', '&nbsp;']
const words = ['T', 'FALSE', '1', '-2.5', '..', 'word', 'é', 'السلامة', '\0', '\ud83d', '😀', 'e9']
const pieces = fc.constantFrom(...signs, ...spaces, ...markup, ...words)
const noise = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 120 }).map(join)

const fixtures = giftFixtureNames().map(giftFixture)
const mutated = fc
  .tuple(fc.constantFrom(...fixtures), fc.array(fc.tuple(fc.nat(), fc.nat(12), pieces), { minLength: 1, maxLength: 6 }))
  .map(([fixture, edits]) => edits.reduce(edited, fixture))

describe('any text at all', () => {
  it('is read within two seconds, into valid questions and problems that point into the file', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(noise, mutated), async (text) => {
        const spent = processorTime()
        const { questions, problems } = await readGift(text)
        expect(spent()).toBeLessThan(2000)

        const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
        for (const { line, question } of questions) {
          expect(Question.safeParse(question).error).toBeUndefined()
          expect(line).toBeLessThanOrEqual(lines.length)
        }
        for (const { line, excerpt } of problems) {
          expect(storable(lines[line - 1] ?? 'no such line')).toContain(excerpt.replace(/\ufffd?…?$/, ''))
        }
      }),
      { numRuns: 2000 },
    )
  })
})

function join(parts: string[]): string {
  return parts.join('')
}

function storable(line: string): string {
  return line.toWellFormed().replaceAll('\0', '')
}

function edited(text: string, [place, length, piece]: [number, number, string]): string {
  const at = place % (text.length + 1)
  return text.slice(0, at) + piece + text.slice(at + length)
}
