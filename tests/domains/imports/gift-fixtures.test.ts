import { describe, expect, it } from 'vitest'
import { readGift } from '../../../main/domains/imports/gift.ts'
import { giftFixture, giftFixtureNames } from './gift-fixture.ts'

const matching = (line: number) => ({ line, effect: 'skipped', kind: 'unsupportedType', detail: 'matching' })
const description = (line: number) => ({ line, effect: 'skipped', kind: 'unsupportedType', detail: 'description' })
const linkLost = (line: number) => ({ line, effect: 'changed', kind: 'markupSimplified', detail: 'link' })

/** The first lines of the questions each file gives, and its problems. */
const expected: Record<string, { lines: number[]; problems?: object[] }> = {
  TFTwoFeedback: { lines: [1, 3, 5] },
  category1: { lines: [] },
  categorySpecialCharacter: { lines: [] },
  description1: { lines: [3], problems: [description(1)] },
  descriptionTitleEscapedColon: { lines: [3], problems: [description(1)] },
  descriptionWithID: { lines: [4], problems: [description(2)] },
  escapeAll: { lines: [1] },
  escapeColon: { lines: [1] },
  escapeEquals: { lines: [2] },
  essay1: { lines: [1] },
  formatExamples: { lines: [2] },
  giftFormatPhpExamples: { lines: [5, 7, 9, 11, 13, 22, 28, 33, 40], problems: [matching(15)] },
  markdown: { lines: [], problems: [1, 3, 6, 11].map(description) },
  matching1: { lines: [], problems: [matching(3), matching(9)] },
  mc1: { lines: [1] },
  mc2: { lines: [1] },
  mc4: { lines: [2] },
  mc5: { lines: [7, 9, 11, 17] },
  mcHTMLComment: { lines: [1], problems: [linkLost(1)] },
  multiLineFeedback1: {
    lines: [3, 11],
    problems: [{ line: 11, effect: 'changed', kind: 'imageDropped', detail: '3.png' }],
  },
  multipleAnswersFloat: { lines: [1] },
  newlineAndLaTeX: { lines: [1] },
  numerical1: { lines: [3, 5, 7, 9, 11, 13, 15, 17, 19, 23], problems: [linkLost(23)] },
  options1: { lines: [6, 11, 14, 19, 24, 29, 34, 36, 38, 44, 51, 57, 64, 69] },
  shortAnswer1: { lines: [3, 5] },
  shortAnswer2: { lines: [1, 5] },
  shortAnswerNotMatching: { lines: [1, 4] },
  shortFirstEmbedded: { lines: [1, 3] },
  shortFirstEmbeddedUnderline: { lines: [1, 5] },
  shortFirstEmbeddedUnderlineHTML: { lines: [1, 5] },
  symbolsAll: { lines: [1] },
  tag_id: { lines: [2] },
  tag_id_and_two_tags: { lines: [3] },
  tag_two_tags: { lines: [2] },
  tf1: { lines: [1] },
  tf1_html: { lines: [1] },
  tf1_markdown: { lines: [1] },
  tf2: { lines: [3, 5] },
  totara_moodle_backslash: { lines: [4] },
  totara_moodle_essay: { lines: [4] },
  totara_moodle_match: { lines: [], problems: [matching(4)] },
  totara_moodle_multichoice: { lines: [4] },
  totara_moodle_multichoice_multi: { lines: [4] },
  totara_moodle_numerical: { lines: [12] },
  totara_moodle_pre_content: { lines: [3] },
  totara_moodle_shortanswer: { lines: [4] },
  totara_moodle_shortanswer_general_feedback: { lines: [4] },
  totara_moodle_truefalse: { lines: [4] },
  totara_moodle_truefalse_true_answer1: { lines: [4] },
  totara_moodle_truefalse_true_answer2: { lines: [4] },
  type_inferred_multiline_markdown: { lines: [1] },
  'workshop-safety': {
    lines: [
      9, 16, 18, 20, 26, 36, 38, 40, 45, 55, 62, 64, 71, 77, 81, 83, 85, 91, 93, 99, 106, 116, 123, 125, 127, 148,
    ],
    problems: [
      { line: 136, effect: 'skipped', kind: 'syntax', detail: 'the { has no }' },
      { line: 141, effect: 'skipped', kind: 'noRightAnswer' },
    ],
  },
}

describe('real GIFT files', () => {
  it('are all expected here', () => {
    expect(Object.keys(expected).toSorted()).toEqual(giftFixtureNames().toSorted())
  })

  it.each(Object.entries(expected))('%s gives its questions and problems', async (name, { lines, problems = [] }) => {
    const file = await readGift(giftFixture(name))

    expect(file.questions.map((question) => question.line)).toEqual(lines)
    expect(file.problems).toHaveLength(problems.length)
    expect(file.problems).toMatchObject(problems)
  })
})
