import { describe, expect, it } from 'vitest'
import { readAiken } from '../../../main/domains/imports/aiken.ts'

const good = 'Which?\nA. one\nB) two\nANSWER: B'

describe('a file in Aiken', () => {
  it.each([
    ['an option before its question', 'A. one\nB. two\nANSWER: A', 'syntax', 'line 6: an option before the question'],
    ['an option out of turn', 'What?\nA. one\nC. two\nANSWER: A', 'syntax', 'line 8: C where B is next'],
    ['an answer that is no option', 'What?\nA. one\nB. two\nANSWER: D', 'unknownAnswer', 'D'],
    ['a question without an answer', 'What?\nA. one\nB. two\n', 'noAnswer', 'no ANSWER line'],
    ['a text alone', 'Hello\n', 'noAnswer', 'no options'],
    ['one option alone', 'What?\nA. one\nANSWER: A', 'invalidQuestion', expect.stringMatching(/^options:/)],
    ['a line without end', `${'x'.repeat(20_001)}\nA. one\nB. two\nANSWER: A`, 'tooLong', '20001 characters'],
  ])('tells %s by its line, and reads the good ones around it', async (_, broken, kind, detail) => {
    const isLast = !broken.includes('ANSWER')
    const parts = isLast ? [good, '', good, '', broken] : [good, '', broken, '', good]
    const { questions, problems } = await readAiken(parts.join('\n'))
    expect(questions).toHaveLength(2)
    expect(problems).toMatchObject([{ line: isLast ? 11 : 6, effect: 'skipped', kind, detail }])
  })

  it('tells a question whose answer was forgotten, where the next one begins', async () => {
    const { questions, problems } = await readAiken(`What?\nA. one\nB. two\n\n${good}`)
    expect(problems).toMatchObject([{ line: 1, kind: 'noAnswer' }])
    expect(questions).toMatchObject([{ line: 5, question: { text: 'Which?' } }])
  })

  it.each(['\n', '\r\n', '\r'])('gives its questions with the line of each where lines end in %j', async (end) => {
    const text = ['\uFEFFWhat is it', 'about?', 'a. one', 'b. two', 'answer: b', '', good].join('\n')
    const { questions, problems } = await readAiken(text.replaceAll('\n', end))
    expect(problems).toEqual([])
    expect(questions).toEqual([
      {
        line: 1,
        question: {
          type: 'multiple_choice',
          text: 'What is it\nabout?',
          points: 1,
          required: true,
          selection: 'one',
          options: [
            { id: 'a', text: 'one', credit: 0 },
            { id: 'b', text: 'two', credit: 100 },
          ],
        },
      },
      expect.objectContaining({ line: 7 }),
    ])
  })

  it('takes several answers for right together', async () => {
    const { questions } = await readAiken('Which?\nA. one\nB. two\nC. three\nANSWER: A, C')
    expect(questions).toMatchObject([
      { question: { selection: 'many', options: [{ credit: 50 }, {}, { credit: 50 }] } },
    ])
  })
})
