import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { type Picture, Question } from '../../../shared/contract/questions.ts'
import { gif, jpeg, png, pngOf, webp } from '../../support/pictures.ts'

const pictureBytes = [png, jpeg, gif, webp, pngOf(2, 2)]
export const arbitraryPictures = new Map(
  pictureBytes.map((bytes) => [createHash('sha256').update(bytes).digest('hex'), bytes]),
)

const words = [
  'Paris',
  'a < b',
  'x & y',
  '"so"',
  "l'eau",
  'السلامة',
  '😀',
  '&amp;',
  '<b>',
  ']]>',
  '*',
  '\\*',
  '@@PLUGINFILE@@',
]
const formulas = ['\\(x^2\\)', '\\[\\frac{a}{b} < 1\\]', '\\(a & b\\)']
const piece = fc.oneof(
  fc.constantFrom(...words, ...formulas),
  fc.string({ maxLength: 8 }),
  fc.constantFrom('\n', '\n\n'),
)

/** Texts as people write them: single spaces, no blanks at the ends of lines. */
export const writtenText = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => `T${tidy(pieces.join(' '))}`)
const optionalText = fc.option(writtenText, { nil: undefined })
/** One line, cut between characters: half of one would be U+FFFD, which the writer of workbooks leaves out. */
const word = writtenText.map((text) => [...text.replace(/\s+/g, ' ')].slice(0, 40).join('').trim())

function tidy(text: string): string {
  return text
    .replace(/ *\n */g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/ {2,}/g, ' ')
    .replace(/\$\$/g, '$')
    .trim()
}

const picture: fc.Arbitrary<Picture> = fc.record({
  image: fc.constantFrom(...arbitraryPictures.keys()),
  alt: fc.oneof(fc.constant(''), word),
})
const credit = fc.oneof(
  fc.constantFrom(100, 0, -100, 50, 33.33333, -25),
  fc.double({ min: -100, max: 100, noNaN: true }).map((number) => number + 0),
)
const ids = [...'abcdefghijklmnopqrstuvwxyz']
const common = {
  text: writtenText,
  points: fc.integer({ min: 0, max: 1000 }),
  required: fc.boolean(),
  feedback: optionalText,
  name: fc.option(
    word.map((text) => `N ${text}`),
    { nil: undefined },
  ),
  category: fc.option(fc.constantFrom('Maths', 'Maths/Fractions', 'A//B/C', 'السلامة/الحريق'), { nil: undefined }),
  tags: fc.option(fc.uniqueArray(word, { minLength: 1, maxLength: 3 }), { nil: undefined }),
  images: fc.option(fc.array(picture, { minLength: 1, maxLength: 3 }), { nil: undefined }),
}
const option = fc.record({
  text: writtenText,
  picture: fc.option(picture, { nil: undefined }),
  credit,
  feedback: optionalText,
})
const acceptedText = fc.record({ text: word, credit, feedback: optionalText })
const wildcard = acceptedText.map((answer) => ({ ...answer, text: `${answer.text} *b`, wildcard: true as const }))
const range = fc
  .record({
    one: fc.double({ noNaN: true, noDefaultInfinity: true }),
    width: fc.nat(5),
    credit,
    feedback: optionalText,
  })
  .map(({ one, width, ...rest }) => ({ min: one + 0, max: one + width, ...rest }))
const rubric = fc.uniqueArray(word, { minLength: 1, maxLength: 4 }).map((titles) =>
  titles.map((title, index) => ({
    id: `c${index}`,
    title,
    weight: 100 / titles.length,
    levels: [
      { id: 'low', title: 'not yet', share: 0 },
      { id: 'high', title, share: 100 },
    ],
  })),
)
const flag = fc.constantFrom(undefined, true as const)

export const arbitraryQuestion: fc.Arbitrary<Question> = fc
  .oneof(
    fc.record({
      type: fc.constant('multiple_choice'),
      ...common,
      selection: fc.constantFrom('one', 'many'),
      options: fc
        .array(option, { minLength: 2, maxLength: 5 })
        .map((options) =>
          options.map((one, index) => ({ id: ids[index], ...one, credit: index === 0 ? 100 : one.credit })),
        ),
      keepOrder: flag,
    }),
    fc.record({
      type: fc.constant('true_false'),
      ...common,
      correct: fc.boolean(),
      feedbackTrue: optionalText,
      feedbackFalse: optionalText,
    }),
    fc.record({
      type: fc.constant('short_answer'),
      ...common,
      accepted: fc
        .array(fc.oneof(acceptedText, wildcard, range), { minLength: 1, maxLength: 4 })
        .map((answers) => answers.map((answer, index) => (index === 0 ? { ...answer, credit: 100 } : answer))),
      caseMatters: flag,
      accentsMatter: flag,
    }),
    fc.record({
      type: fc.constant('essay'),
      ...common,
      rubric: fc.option(rubric, { nil: undefined }),
      sampleAnswer: optionalText,
    }),
  )
  .map((question) => Question.parse(question))
