import { describe, expect, it } from 'vitest'
import { readGift } from '../../../main/domains/imports/gift.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import { giftFixture } from './gift-fixture.ts'

const ordinary = { points: 1, required: true }

describe('a whole question of a real file', () => {
  it('is a choice of one, with what each option is told', async () => {
    expect(await only('giftFormatPhpExamples', 22)).toEqual({
      ...ordinary,
      type: 'multiple_choice',
      name: "Grant's Tomb",
      text: "Grant is _____ in Grant's tomb.",
      selection: 'one',
      options: [
        { id: 'a', text: 'buried', credit: 0, feedback: 'No one is buried there.' },
        { id: 'b', text: 'entombed', credit: 100, feedback: 'Right answer!' },
        { id: 'c', text: 'living', credit: 0, feedback: 'We hope not!' },
      ],
    })
  })

  it('is a choice of one that pays partly for a nearly right option', async () => {
    expect(await only('giftFormatPhpExamples', 28)).toMatchObject({
      options: [{ credit: 0 }, { text: 'half credit answer', credit: 50 }, { credit: 100 }],
    })
  })

  it('is a choice of many when there are weights and no right answer, and costs what the author says', async () => {
    expect(await only('multipleAnswersFloat', 1)).toEqual({
      ...ordinary,
      type: 'multiple_choice',
      text: 'Select all of the options below which name a continent:',
      selection: 'many',
      options: [
        { id: 'a', text: 'Africa', credit: 33.33333 },
        { id: 'b', text: 'Asia', credit: 33.33333 },
        { id: 'c', text: 'China', credit: -100 },
        { id: 'd', text: 'Antarctica', credit: 33.33333 },
        { id: 'e', text: 'America', credit: -100 },
      ],
    })
  })

  it('is a choice of one in which each of several right answers is right by itself', async () => {
    expect(await only('escapeColon', 1)).toMatchObject({
      text: 'Specify the seasons:',
      selection: 'one',
      options: [100, 100, 100, 100, 0].map((credit) => ({ credit })),
    })
  })

  it('is true or false, with what each of the two is told', async () => {
    expect(await only('totara_moodle_truefalse', 4)).toEqual({
      ...ordinary,
      type: 'true_false',
      name: 'Q1',
      text: '42 is the Absolute Answer to everything.',
      correct: false,
      feedbackTrue: '42 is the Ultimate Answer.',
      feedbackFalse: 'You gave the right answer.',
    })
  })

  it('is a short answer, with what all other answers are told', async () => {
    expect(await only('totara_moodle_shortanswer_general_feedback', 4)).toEqual({
      ...ordinary,
      type: 'short_answer',
      name: 'Shortanswer',
      text: 'Which is the best animal?',
      accepted: [
        { text: 'Frog', credit: 100, feedback: 'Good!' },
        { text: 'Cat', credit: 50, feedback: 'What is it with Moodlers and cats?' },
        { text: '*', wildcard: true, credit: 0, feedback: 'Completely wrong' },
      ],
      feedback: 'Here is some general feedback!',
    })
  })

  it('is a number with a tolerance, free of binary noise', async () => {
    expect(await only('numerical1', 7)).toMatchObject({
      type: 'short_answer',
      accepted: [{ min: 3.141, max: 3.142, credit: 100 }],
    })
  })

  it('is a number between two limits below zero', async () => {
    expect(await only('numerical1', 13)).toMatchObject({ accepted: [{ min: -3.142, max: -3.141 }] })
  })

  it('is one of several numbers that pay differently', async () => {
    expect(await only('numerical1', 19)).toMatchObject({
      accepted: [
        { min: 1822, max: 1822, credit: 100 },
        { min: 1820, max: 1824, credit: 50 },
      ],
    })
  })

  it('is a number with a word for every other one', async () => {
    expect(await only('totara_moodle_numerical', 12)).toEqual({
      ...ordinary,
      type: 'short_answer',
      name: 'Q5',
      text: 'What is a number from 1 to 5?',
      accepted: [
        { min: 1, max: 5, credit: 100 },
        { text: '*', wildcard: true, credit: 0, feedback: 'Completely wrong' },
      ],
    })
  })

  it('is an essay, and keeps the lines of a program', async () => {
    expect(await only('totara_moodle_pre_content', 3)).toEqual({
      ...ordinary,
      type: 'essay',
      name: 'Q001',
      text: [
        'What would running the test method print?',
        '',
        '    public void test() {',
        '        method1();',
        '        method2();',
        '        method3();',
        '    }',
      ].join('\n'),
    })
  })

  it('is plain text where the author wrote HTML', async () => {
    expect(await only('multiLineFeedback1', 11)).toMatchObject({
      name: "06- création d'instance",
      text: expect.stringMatching(/^CU4-1 demarrerAbonnement\(duree\u00a0:Integer\)\u00a0: Comment .* sont\u00a0:$/),
      options: [
        { text: 'Client' },
        { text: 'ConditionAbonnement' },
        { text: 'Paiement' },
        { text: 'Emprunt' },
        { text: 'ContrôleurAbonnement', credit: 100 },
        { text: 'CléAccess' },
      ],
    })
  })

  it('speaks Arabic and keeps formulas readable', async () => {
    expect(await only('workshop-safety', 127)).toMatchObject({
      name: 'AR 01 السلامة',
      text: 'ماذا تفعل عندما تسمع جرس إنذار الحريق؟',
      options: [{ text: 'أترك كل شيء وأتجه إلى أقرب مخرج', credit: 100 }, {}, {}, {}],
    })
    expect(await only('workshop-safety', 77)).toMatchObject({
      text: 'Electrical power in a resistor is P\u00a0=\u00a0R\u00a0×\u00a0I². How many watts does a resistor of 10\u00a0Ω turn into heat at 3\u00a0A?',
    })
  })
})

async function only(fixture: string, line: number): Promise<Question | undefined> {
  const { questions } = await readGift(giftFixture(fixture))
  return questions.find((question) => question.line === line)?.question
}
