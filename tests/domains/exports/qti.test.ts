import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { writeQti } from '../../../main/domains/exports/qti.ts'
import { Question } from '../../../shared/contract/questions.ts'

const question = (more: object) => Question.parse({ text: 'Why?', points: 2, required: true, ...more })
const none = () => undefined

describe('a package of QTI 3.0', () => {
  it('is the same for the same questions', () => {
    const questions = [question({ type: 'essay' }), question({ type: 'true_false', correct: true })]
    expect(writeQti(questions, none).bytes).toEqual(writeQti(questions, none).bytes)
  })

  it('asks for the best answer last, as the last rule that holds counts', () => {
    const accepted = [
      { text: 'colour', credit: 100 },
      { text: 'colo*', wildcard: true, credit: 50 },
    ]
    const files = unzipSync(writeQti([question({ type: 'short_answer', accepted })], none).bytes)
    const item = strFromU8(files['items/item-0001.xml'] ?? new Uint8Array())
    const credits = [...item.matchAll(/"CREDIT"><qti-base-value base-type="float">(\d+)/g)].map(([, credit]) => credit)
    expect(credits).toEqual(['50', '100'])
  })

  it('says what others will not read, by question', () => {
    const picture = { image: 'a'.repeat(64), alt: '' }
    const questions = [
      question({ type: 'essay', images: [picture] }),
      question({
        type: 'short_answer',
        accentsMatter: true,
        accepted: [
          { text: 'a', credit: 100 },
          { min: 1, max: 2, credit: 50 },
        ],
      }),
      question({ type: 'true_false', correct: true, required: false, text: 'a  b' }),
    ]
    expect(writeQti(questions, none).losses).toEqual([
      { question: 1, kind: 'pictureMissing' },
      { question: 2, kind: 'rangeBesideTexts' },
      { question: 3, kind: 'optional' },
      { question: 3, kind: 'spacing' },
    ])
  })
})
