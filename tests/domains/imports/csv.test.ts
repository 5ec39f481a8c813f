import { describe, expect, it } from 'vitest'
import { readCsv } from '../../../main/domains/imports/csv.ts'
import { readQuestions } from '../../../main/domains/imports/read-questions.ts'

const basic = 'Question,Option A,Option B,Right answer'
async function rows(...lines: string[]) {
  const { questions, problems } = await readCsv(lines.join('\n'))
  return { questions: questions.map(({ question }) => question), problems }
}
async function only(...lines: string[]) {
  const { questions, problems } = await rows(...lines)
  expect(problems).toEqual([])
  return questions[0]
}

describe('what cannot come in from a sheet', () => {
  it('is told by row and column, and everything else comes in', async () => {
    const { questions, problems } = await readCsv(
      [
        'Kind,Question,Option A,Option B,Right answer,Points,Colour',
        ',Good?,yes,no,A,2,red',
        ',Which?,one,two,C,,',
        'riddle,What?,one,two,A,,',
        ',Where?,one,two,,,',
        ',,one,two,A,,',
        ',Worth?,one,two,A,much,',
        ',Rounded?,one,two,A,2.5,',
        'true or false,Sure?,,,perhaps,,',
        'number,How many?,,,a few,,',
      ].join('\n'),
    )
    expect(questions.map(({ line }) => line)).toEqual([2, 7, 8])
    expect(problems.map(({ line, column, effect, kind, detail }) => [line, column, effect, kind, detail])).toEqual([
      [1, 'G: Colour', 'changed', 'unknownColumn', ''],
      [3, 'E: Right answer', 'skipped', 'unknownAnswer', 'C'],
      [4, 'A: Kind', 'skipped', 'unknownType', 'riddle'],
      [5, 'E: Right answer', 'skipped', 'noRightAnswer', ''],
      [6, 'B: Question', 'skipped', 'invalidQuestion', 'text'],
      [7, 'F: Points', 'changed', 'unreadableCell', 'much'],
      [8, 'F: Points', 'changed', 'partialCreditRounded', '2.5 → 3'],
      [9, 'E: Right answer', 'skipped', 'unknownAnswer', 'perhaps'],
      [10, 'E: Right answer', 'skipped', 'unreadableCell', 'a few'],
    ])
    expect(problems[1]?.excerpt).toBe('Which?')
  })

  it('is all of it where no column is called the question', async () => {
    expect(await rows('One,Two', 'a,b')).toMatchObject({
      questions: [],
      problems: [{ line: 1, effect: 'skipped', kind: 'noQuestionColumn' }],
    })
  })

  it('is a row whose " does not close, without the rows below it', async () => {
    const { questions, problems } = await rows(basic, 'One?,a,b,A', '"Two?,a,b,A', 'Three?,a,b,B')
    expect(problems).toMatchObject([{ line: 3, kind: 'syntax', detail: 'a " opens and does not close' }])
    expect(questions.map(({ text }) => text)).toEqual(['One?', 'Three?'])
  })
})

describe('the form of a sheet', () => {
  it.each([
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
    ['bars', '|'],
  ])('may be parted by %s', async (_, sign) => {
    const row = (...cells: string[]) => cells.join(sign)
    expect(
      await only(row('Question', 'Answer', 'Points'), row('"Mali, its capital;\twhat|?"', 'Bamako', '2')),
    ).toMatchObject({
      text: 'Mali, its capital;\twhat|?',
      points: 2,
    })
  })

  it.each(['\n', '\r\n', '\r'])('may end its lines in %j, with line breaks and quotes inside quotes', async (end) => {
    const text = [`sep=;`, 'Question;Answer', `"He said ""go""${end}and left";"a;b"`, '', 'Two?;c'].join(end)
    const { questions, problems } = await readCsv(text)
    expect(problems).toEqual([])
    expect(questions).toMatchObject([
      { line: 3, question: { text: 'He said "go"\nand left', accepted: [{ text: 'a;b' }] } },
      { line: 5, question: { text: 'Two?' } },
    ])
  })

  it.each([
    [
      'Type;Question;Option A;Option B;Bonne réponse;Points;Obligatoire;Catégorie;Étiquettes;Commentaire',
      'QCM;Quoi ?;un;deux;B;3;non;Maths/Sommes;a, b;Bien',
    ],
    [
      'الوسوم;التعليق;الإجابة الصحيحة;السؤال;الخيار أ;الخيار ب;النقاط;إلزامي;الفئة;النوع',
      'a، b;Bien;ب;Quoi ?;un;deux;3;لا;Maths/Sommes;اختيار من متعدد',
    ],
    [
      'points,TAGS,Choice 1,Choice 2,"right ANSWER(S)",required?,QUESTION,Category,Feedback,question type',
      '3,a|b,un,deux,2,no,Quoi ?,Maths/Sommes,Bien,MCQ',
    ],
  ])('names its columns in any language and order: %s', async (head, row) => {
    expect(await only(head, row)).toEqual({
      type: 'multiple_choice',
      text: 'Quoi ?',
      points: 3,
      required: false,
      feedback: 'Bien',
      category: 'Maths/Sommes',
      tags: ['a', 'b'],
      selection: 'one',
      options: [
        { id: 'a', text: 'un', credit: 0 },
        { id: 'b', text: 'deux', credit: 100 },
      ],
    })
  })

  it.each([
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${basic}\né?,ü,b,A`)],
    ['Windows-1252', Buffer.from(`${basic}\né?,ü,b,A`, 'latin1')],
    ['UTF-16 with a mark', Buffer.from(`\uFEFF${basic}\né?,ü,b,A`, 'utf16le')],
    ['UTF-16 without one', Buffer.from(`${basic}\né?,ü,b,A`, 'utf16le')],
  ])('may be in %s', async (name, bytes) => {
    const { format, guessedEncoding, questions } = await readQuestions(bytes, {})
    expect(format).toBe('csv')
    expect(guessedEncoding).toBe(name === 'Windows-1252' ? 'windows-1252' : null)
    expect(questions).toMatchObject([{ question: { text: 'é?', options: [{ text: 'ü' }, {}] } }])
  })
})

describe('the right answer', () => {
  const head = 'Question;A;B;C;Right answer'
  it.each([
    ['B', 'one', [0, 100, 0]],
    ['b)', 'one', [0, 100, 0]],
    ['2', 'one', [0, 100, 0]],
    ['Two words', 'one', [0, 100, 0]],
    ['two WORDS', 'one', [0, 100, 0]],
    ['A, C', 'many', [50, 0, 50]],
    ['AC', 'many', [50, 0, 50]],
    ['1 and 3', 'many', [50, 0, 50]],
    ['"A; C (50%)"', 'many', [100, 0, 50]],
    ['"A (100%); C (50%)"', 'one', [100, 0, 50]],
    ['"A 60 %; B 40,5 %; C: -25%"', 'many', [60, 40.5, -25]],
    ['"One|3"', 'many', [50, 0, 50]],
  ])('%s is understood', async (right, selection, credits) => {
    const question = await only(head, `Which?;One;Two words;3;${right}`)
    expect(question).toMatchObject({ selection, options: credits.map((credit) => ({ credit })) })
  })

  it('is the word before the place where options are numbers', async () => {
    expect(await only(head, '2 + 2?;2;3;4;4')).toMatchObject({ options: [{}, {}, { credit: 100 }] })
    expect(await only(head, '2 + 1?;4;3;1;3')).toMatchObject({ options: [{}, { credit: 100 }, {}] })
  })

  it('says what kind of question it is where no column does', async () => {
    const { questions, problems } = await rows(
      'Question;Options;Answer;Tolerance;Also accepted',
      'Choice?;"a) one | b) two";two;;',
      'Boiling?;;vrai;;',
      'Pi?;;3,14;0,01;',
      'Between?;;1..5;1;',
      'Capital?;;Bamako;;"Bko; BKO"',
      'Discuss.;;;;',
    )
    expect(problems).toEqual([])
    expect(questions).toMatchObject([
      { type: 'multiple_choice', options: [{ text: 'one' }, { text: 'two', credit: 100 }] },
      { type: 'true_false', correct: true },
      { type: 'short_answer', accepted: [{ min: 3.13, max: 3.15 }] },
      { type: 'short_answer', accepted: [{ min: 1, max: 5 }] },
      { type: 'short_answer', accepted: [{ text: 'Bamako' }, { text: 'Bko' }, { text: 'BKO' }] },
      { type: 'essay' },
    ])
  })
})
