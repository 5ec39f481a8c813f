import { describe, expect, it } from 'vitest'
import { readGift } from '../../../main/domains/imports/gift.ts'
import { creditOf } from '../../../shared/scoring.ts'

describe('a bad block', () => {
  it('is skipped with its line and its beginning, and the others are read', async () => {
    const file = await readGift('One {T}\n\n// a comment\nTwo {=a ~b\n~c} and {T}\n\nThree {F}')

    expect(file.questions.map(({ line }) => line)).toEqual([1, 7])
    expect(file.problems).toEqual([
      {
        line: 4,
        effect: 'skipped',
        kind: 'syntax',
        detail: 'line 5: unexpected "{", expected (blank lines separator)',
        excerpt: 'Two {=a ~b',
      },
    ])
  })

  it('does not swallow the blocks behind it when its answers never close', async () => {
    const file = await readGift('One {=a ~b\n\nTwo {T}\n\nThree {\n\nFour')

    expect(file.questions.map(({ line }) => line)).toEqual([3])
    expect(file.problems).toMatchObject([
      { line: 1, kind: 'syntax', detail: 'the { has no }' },
      { line: 5, kind: 'syntax', detail: 'the { has no }' },
      { line: 7, kind: 'unsupportedType', detail: 'description' },
    ])
  })

  it.each([
    ['a brace closes that never opened', 'One } two', 'syntax', 'line 1: unexpected "}"'],
    [
      'a weight is out of range',
      'One {=%500%a}',
      'syntax',
      'line 1: unexpected "500", expected a value between -100 and 100',
    ],
    ['the number is missing', 'One {#}', 'noAnswer', ''],
    ['the answers are empty', 'One {= ~}', 'noAnswer', ''],
    ['no option is right', 'One {~a ~b}', 'noRightAnswer', ''],
    ['no accepted answer pays', 'One {=%0%a =%-5%b}', 'noRightAnswer', ''],
    ['pairs are to be matched', 'One {=a -> b =c -> d}', 'unsupportedType', 'matching'],
    ['nothing is asked', 'Read this: it is easy.', 'unsupportedType', 'description'],
    ['it has no text', '{=a ~b}', 'invalidQuestion', 'text: Too small: expected string to have >=1 characters'],
    [
      'there are too many answers',
      `One {${'=a '.repeat(51)}}`,
      'invalidQuestion',
      'accepted: Too big: expected array to have <=50 items',
    ],
    ['an option is a picture', 'One {~<img src\\="wheel.png"> =b}', 'imageDropped', 'wheel.png'],
    ['a number has hundreds of digits', `One {#${'9'.repeat(400)}..1}`, 'syntax', 'line 1: a number is too large'],
    ['it is too long', `One ${'x'.repeat(30_000)} {T}`, 'tooLong', '30008 characters'],
    ['it is too long once spelled out', `One ${':'.repeat(20_000)} {T}`, 'tooLong', '40008 characters'],
  ])('is skipped where %s', async (_, text, kind, detail) => {
    const file = await readGift(`${text}\n\nGood {T}`)

    expect(file.questions).toHaveLength(1)
    expect(file.problems).toMatchObject([{ line: 1, effect: 'skipped', kind, detail }])
  })

  it('is the last one to be read when there are too many', async () => {
    const file = await readGift('One {T}\n\n'.repeat(10_005))

    expect(file.questions).toHaveLength(10_000)
    expect(file.problems).toMatchObject([{ line: 20_001, effect: 'skipped', kind: 'tooLong' }])
  })
})

describe('the lines of a file', () => {
  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('end in %s', async (_, end) => {
    const lines = [
      '\uFEFF// first',
      '$CATEGORY: tools',
      '',
      'One {',
      '=a',
      '',
      '~b',
      '}',
      ' \t',
      '::n::Two {T}',
      '::m::Three {F}',
    ]
    const file = await readGift(lines.join(end))

    expect(file.problems).toEqual([])
    expect(file.questions.map(({ line }) => line)).toEqual([4, 10, 11])
    expect(file.questions[0]?.question).toMatchObject({ text: 'One', options: [{ text: 'a' }, { text: 'b' }] })
  })

  it('may be comments among answers, and categories right above a question', async () => {
    const file = await readGift('$CATEGORY: a: b\nOne {\n// } not the end {\n=a\n  // ~c\n~b}\n$CATEGORY: c\nTwo {T}')

    expect(file.problems).toEqual([])
    expect(file.questions).toMatchObject([
      { line: 2, question: { options: [{ text: 'a' }, { text: 'b' }] } },
      { line: 8, question: { text: 'Two' } },
    ])
  })
})

describe('control characters', () => {
  it('may stand unescaped where they can mean nothing else', async () => {
    expect(
      await only('::No. 1: a=b::At 12:30, is 2+2=4 ~ #1? {=yes: it is ~no####see <b class="x">x=y</b>: z}'),
    ).toMatchObject({
      name: 'No. 1: a=b',
      text: 'At 12:30, is 2+2=4 ~ #1?',
      options: [{ text: 'yes: it is' }, { text: 'no' }],
      feedback: 'see x=y: z',
    })
  })

  it('lose their backslash and nothing else does', async () => {
    expect(await only('a \\{b\\} \\\\ c\\nd \\e {=x\\=y\\:z ~q}')).toMatchObject({
      text: 'a {b} \\ c\nd \\e',
      options: [{ text: 'x=y:z' }, { text: 'q' }],
    })
  })

  it('that no database stores are left out', async () => {
    expect(await only('a\0b \ud800 {=c\0 ~d}')).toMatchObject({ text: 'ab \ufffd', options: [{ text: 'c' }, {}] })
  })
})

describe('numbers', () => {
  it.each([
    ['3:2', { min: 1, max: 5 }],
    ['\n=3:2\n', { min: 1, max: 5 }],
    [' = 3 : 2 ', { min: 1, max: 5 }],
    ['3:-2', { min: 1, max: 5 }],
    ['5..1', { min: 1, max: 5 }],
    ['1 .. 5 # well: done', { min: 1, max: 5, feedback: 'well: done' }],
    ['0.7:.1', { min: 0.6, max: 0.8 }],
    ['3,14:0,01', { min: 3.13, max: 3.15 }],
    ['\u22125', { min: -5, max: -5 }],
    ['0.0000001:0.00000005', { min: 0.00000005, max: 0.00000015 }],
  ])('{#%s}', async (numbers, accepted) => {
    expect(await only(`a {#${numbers}}`)).toMatchObject({ type: 'short_answer', accepted: [accepted] })
  })

  it('accept the very ends of a tolerance', async () => {
    const question = await only('a {#0.7:0.1}')

    expect(question && [creditOf(question, '0.8'), creditOf(question, '0,6'), creditOf(question, '0.81')]).toEqual([
      1, 1, 0,
    ])
  })
})

describe('credits', () => {
  it('that nearly add up to all points are rounded, and it is said', async () => {
    const file = await readGift('a {~%33%b ~%33%c ~%33%d ~%-33%e}')

    expect(file.questions[0]?.question).toMatchObject({
      selection: 'many',
      options: [{ credit: 33.33333 }, { credit: 33.33333 }, { credit: 33.33333 }, { credit: -33 }],
    })
    expect(file.problems).toMatchObject([{ effect: 'changed', kind: 'partialCreditRounded', detail: '99 % → 100 %' }])
  })

  it('may have a decimal comma', async () => {
    expect(await only('a {~%33,4%b ~%66,6%c ~d}')).toMatchObject({ options: [{ credit: 33.4 }, { credit: 66.6 }, {}] })
  })

  it('that nobody can earn in full are imported with a warning', async () => {
    const file = await readGift('a {=%50%b}')

    expect(file.questions).toHaveLength(1)
    expect(file.problems).toMatchObject([
      { effect: 'changed', kind: 'noRightAnswer', detail: 'the best answer earns 50 %' },
    ])
  })
})

describe('wildcards', () => {
  it('are kept in an accepted answer, and a star behind a backslash is a star', async () => {
    expect(await only('a {=* Paris * =5 \\* 3}')).toMatchObject({
      accepted: [{ text: '* Paris *', wildcard: true }, { text: '5 * 3' }],
    })
  })

  it.each(['{=b =%10%*#nearly}', '{#=3:2 =%10%*#nearly}', '{#3:2~%10%#nearly}'])(
    'stand for every other answer in %s',
    async (answers) => {
      const question = await only(`a ${answers}`)
      expect(question).toMatchObject({
        accepted: [{ credit: 100 }, { text: '*', wildcard: true, credit: 10, feedback: 'nearly' }],
      })
    },
  )
})

describe('what stands above a question', () => {
  it('files it, tags it, and says what GIFT has no sign for', async () => {
    const above = '$CATEGORY: $course$/top/Safety/Fire // smoke\n\n// [tag:exit] [points:3] [tag:a \\] b] [optional]\n'
    const { questions } = await readGift(
      `${above}// [case] [fixed-order]\nOne {=a}\n\nTwo {T}\n\n$CATEGORY: top\nThree {}`,
    )
    const [one, two, three] = questions.map(({ question }) => question)
    expect(one).toMatchObject({
      category: 'Safety/Fire // smoke',
      tags: ['exit', 'a ] b'],
      points: 3,
      required: false,
      caseMatters: true,
    })
    expect(two).toEqual({
      type: 'true_false',
      text: 'Two',
      points: 1,
      required: true,
      correct: true,
      category: one?.category,
    })
    expect(three?.category).toBeUndefined()
  })
})

describe('markup', () => {
  it.each([
    ['[html]<p>one</p><p>two<br>three</p> &eacute;&#233;', 'one\n\ntwo\nthree\n\néé', []],
    ['[html]<ul><li>one</li><li>two</li></ul>', '- one\n- two', []],
    ['[html]H<sub>2</sub>O, x<sup>-10</sup>, a<sup>b</sup>, <b>not</b> <em>so</em>', 'H₂O, x⁻¹⁰, a^(b), not so', []],
    ['[html]<!-- note --><script>alert(1)</script><style>p{}</style>one', 'one', []],
    ['[html]see <a href="http://x.example/y">here</a>', 'see here', ['markupSimplified: link']],
    ['[html]<u>one</u> <del>two</del>', 'one two', ['markupSimplified: underline, strikethrough']],
    ['[html]<video src="x">old</video>one', 'one', ['markupSimplified: media']],
    ['[html]one <img src="a/b.png?x=1" alt="a wheel">', 'one [a wheel]', ['imageDropped: b.png']],
    ['one <b>two</b> &lt; three &amp; x<y', 'one two < three & x<y', []],
    ['if a < b and c<d then &', 'if a < b and c<d then &', []],
    ['[plain]<b>one</b> &amp;', '<b>one</b> &amp;', []],
    ['[markdown]**one**\n- two', '**one**\n- two', []],
  ])('%s', async (text, expected, problems) => {
    const file = await readGift(`${text.replace('p{}', 'p\\{\\}')} {}`)

    expect(file.questions[0]?.question.text).toBe(expected)
    expect(file.problems.map(({ kind, detail }) => `${kind}: ${detail}`)).toEqual(problems)
  })

  it('keeps the cells of a table apart, and says that it was one', async () => {
    const file = await readGift(
      '[html]<table><tr><th>Tool</th><th>Use</th></tr><tr><td>Saw</td><td>Cut</td></tr></table> {}',
    )

    expect(file.questions[0]?.question.text).toMatch(/^Tool +Use\nSaw +Cut$/)
    expect(file.problems).toMatchObject([{ effect: 'changed', kind: 'markupSimplified', detail: 'table' }])
  })

  it('gives up on elements within thousands of others, and says so', async () => {
    const file = await readGift(`[html]one ${'<b>'.repeat(7000)}two {}`)

    expect(file.questions[0]?.question.text).toBe('one …')
    expect(file.problems).toMatchObject([{ effect: 'changed', kind: 'markupSimplified', detail: 'nesting' }])
  })

  it('does not count a picture inside the file as length', async () => {
    const file = await readGift(`one <img src\\="data\\:image/png;base64,${'QUJD'.repeat(50_000)}\\=\\="> {T}`)

    expect(file.questions[0]?.question).toMatchObject({ text: 'one' })
    expect(file.problems).toMatchObject([{ effect: 'changed', kind: 'imageDropped', detail: '' }])
  })
})

async function only(text: string) {
  const { questions, problems } = await readGift(text)
  expect(problems).toEqual([])
  expect(questions).toHaveLength(1)
  return questions[0]?.question
}
