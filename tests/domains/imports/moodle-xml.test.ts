import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readMoodleXml } from '../../../main/domains/imports/moodle-xml.ts'
import { gif, jpeg, png } from '../../support/pictures.ts'
import { processorTime } from '../../support/processor.ts'

const fixture = readFileSync(join(import.meta.dirname, '../../fixtures/moodle-xml/workshop-safety.xml'))
const lineOf = (sign: string) => fixture.toString().split(sign)[0]?.split('\n').length

describe('a Moodle XML file', () => {
  it('tells by line and name what cannot come in and what is left behind', async () => {
    const { problems } = await readMoodleXml(fixture)

    expect(problems.map(({ excerpt, effect, kind, detail }) => [excerpt, effect, kind, detail])).toEqual([
      ['Alarm', 'changed', 'partialCreditRounded', '2.5 → 3'],
      ['Alarm', 'changed', 'unsupportedType', 'partiallycorrectfeedback'],
      ['Alarm', 'changed', 'unsupportedType', 'hint'],
      ['Alarm', 'changed', 'markupSimplified', 'link'],
      ['Resistance', 'changed', 'unsupportedType', 'unit: kΩ'],
      ['Report', 'changed', 'unsupportedType', 'attachments'],
      ['Read this', 'skipped', 'unsupportedType', 'description'],
      ['Signs', 'skipped', 'unsupportedType', 'matching'],
      ['Gaps', 'skipped', 'unsupportedType', 'cloze'],
      [expect.stringContaining('Broken'), 'skipped', 'syntax', expect.stringMatching(/^line \d+: char '&'/)],
    ])
    expect(problems.find(({ excerpt }) => excerpt === 'Gaps')?.line).toBe(lineOf('<question type="cloze">'))
    expect(problems.at(-1)?.detail).toContain(`line ${lineOf('a & b')}:`)
  })

  it('gives a choice with its pictures, its category, its tags and its costly option', async () => {
    const { questions, pictures } = await readMoodleXml(fixture)

    const [alarm] = questions
    expect(alarm).toMatchObject({
      line: lineOf('<question type="multichoice">'),
      question: {
        type: 'multiple_choice',
        name: 'Alarm',
        text: 'The alarm rings.\u00a0What do you do first?',
        category: 'Default for Workshop/Fire // smoke',
        tags: ['fire', 'evacuation'],
        points: 3,
        feedback: 'People first, things never.',
        images: [{ alt: 'A red bell' }],
        selection: 'one',
        keepOrder: true,
        options: [
          { id: 'a', text: 'I leave by the nearest exit', credit: 100, feedback: 'Yes.' },
          { id: 'b', text: 'I take the lift', credit: -50 },
          { id: 'c', text: 'I fetch my bag', credit: 0, picture: { alt: 'I fetch my bag' } },
        ],
      },
    })
    expect([...pictures.values()]).toEqual([gif, png])
  })

  it('gives all other kinds of questions that it knows', async () => {
    const { questions } = await readMoodleXml(fixture)

    expect(questions.slice(1).map(({ question }) => question)).toMatchObject([
      { selection: 'many', options: [{ credit: 33.33333 }, {}, {}, { text: 'sand', credit: -100 }] },
      {
        type: 'true_false',
        correct: false,
        feedbackTrue: 'It bursts into flames.',
        feedbackFalse: 'Right: smother it.',
      },
      {
        text: 'What colour has an exit sign?  (one word)',
        caseMatters: true,
        accepted: [
          { text: 'green', credit: 100, feedback: 'Yes' },
          { text: '*green*', wildcard: true, credit: 50 },
          { text: '5 * 3', credit: 10 },
          { text: '*', wildcard: true, credit: 0, feedback: 'Look at the door.' },
        ],
      },
      {
        text: 'With \\[U = R \\cdot I\\] and \\(U<230\\): what is R?',
        accepted: [
          { min: 0.6, max: 0.8, credit: 100 },
          { text: '*', wildcard: true, feedback: 'Measure again.' },
        ],
      },
      { type: 'essay', points: 10, required: false, sampleAnswer: '- place\n- time' },
      { type: 'true_false', correct: false, text: 'هل الماء يطفئ الزيت المشتعل؟', category: undefined },
    ])
  })
})

describe('a picture in a Moodle XML file', () => {
  const shown = (source: string, file: string) =>
    `<quiz><question type="essay"><questiontext format="html"><text>&lt;p&gt;Look&lt;/p&gt;&lt;img src="${source}"&gt;</text>${file}</questiontext></question></quiz>`
  const file = (bytes: Buffer) =>
    `<file name="a b.jpg" encoding="base64">\n${bytes.toString('base64').replace(/.{76}/g, '$&\n')}\n</file>`

  it('comes in from an attached file of many lines', async () => {
    const { questions } = await readMoodleXml(Buffer.from(shown('@@PLUGINFILE@@/a%20b.jpg', file(jpeg))))
    expect(questions).toMatchObject([{ question: { text: 'Look', images: [{ alt: '' }] } }])
  })

  it('comes in from the address itself', async () => {
    const source = `data:image/png;base64,${png.toString('base64')}`
    expect((await readMoodleXml(Buffer.from(shown(source, '')))).pictures.size).toBe(1)
  })

  it.each([
    ['a drawing that can hold a program', file(Buffer.from('<svg/>'))],
    ['half of a picture', file(png.subarray(0, 40))],
    ['a file that is not there', ''],
  ])('is named as left behind where it is %s', async (_, attached) => {
    const { questions, problems } = await readMoodleXml(Buffer.from(shown('@@PLUGINFILE@@/a%20b.jpg', attached)))
    expect(questions).toMatchObject([{ question: { text: 'Look', images: undefined } }])
    expect(problems).toMatchObject([{ effect: 'changed', kind: 'imageDropped', detail: 'a%20b.jpg' }])
  })
})

const quiz = (inner: string, head = '<?xml version="1.0"?>') => `${head}<quiz>${inner}</quiz>`
const trueFalse = (text: string) =>
  `<question type="truefalse"><name><text>n</text></name><questiontext><text>${text}</text></questiontext>` +
  '<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>'

describe('a hostile Moodle XML file', () => {
  const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('')
  const hostile: [string, () => Uint8Array, string][] = [
    [
      'a billion laughs',
      () => Buffer.from(`<!DOCTYPE quiz [<!ENTITY l0 "ha">${laughs}]>${quiz(trueFalse('&l9;'), '')}`),
      'a DOCTYPE with declarations',
    ],
    [
      'an external entity',
      () =>
        Buffer.from(
          `<?xml version="1.0"?><!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]>${quiz(trueFalse('&x;'), '')}`,
        ),
      'a DOCTYPE with declarations',
    ],
    ['100 MB of <a>', () => Buffer.alloc(100_000_000, '<a>'), '100000000 bytes'],
    ['60 MB of <a>', () => Buffer.alloc(60_000_000, '<a>'), 'no <quiz>'],
    ['60 MB of <quiz>', () => Buffer.alloc(60_000_000, '<quiz>'), ''],
    [
      '20 MB of nested elements',
      () => Buffer.from(quiz(`<question>${'<a>'.repeat(6_000_000)}</question>`)),
      'line 1: more than 100000 tags',
    ],
    [
      'nesting',
      () => Buffer.from(quiz(`<question>${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}</question>`)),
      'line 1: Maximum nested tags exceeded',
    ],
    ['broken UTF-8', () => Buffer.concat([Buffer.from('<quiz>\n\n'), Buffer.from([0xc3, 0x28, 0xff])]), 'not UTF-8'],
    [
      'an unknown encoding',
      () => Buffer.from('<?xml version="1.0" encoding="x-user-defined"?><quiz/>'),
      'encoding x-user-defined',
    ],
  ]

  it.each(hostile)('%s is refused within a second', async (_, bytes, detail) => {
    const file = bytes()
    const spent = processorTime()
    const { questions, problems } = await readMoodleXml(file)

    expect(spent()).toBeLessThan(1000)
    expect(questions).toEqual([])
    expect(problems.map((problem) => problem.detail)).toEqual(detail === '' ? [] : [detail])
  })

  it('has its broken bytes named by line', async () => {
    const { problems } = await readMoodleXml(Buffer.from([0x3c, 0x61, 0x0a, 0x0a, 0xff, 0x0a]))
    expect(problems).toMatchObject([{ line: 3, detail: 'not UTF-8' }])
  })
})

describe('the encoding of a Moodle XML file', () => {
  const text = quiz(trueFalse('élève'), '')
  const encodings: [string, Uint8Array][] = [
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 little endian', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 big endian', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['ISO-8859-1', Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${text}`, 'latin1')],
    ['Windows-1252', Buffer.from(`<?xml version='1.0' encoding='windows-1252'?>${text}`, 'latin1')],
  ]

  it.each(encodings)('may be %s', async (_, bytes) => {
    expect(await readMoodleXml(bytes)).toMatchObject({ questions: [{ question: { text: 'élève' } }], problems: [] })
  })
})
