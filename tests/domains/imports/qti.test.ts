import { strToU8, type Zippable, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readQti } from '../../../main/domains/imports/qti.ts'
import { png } from '../../support/pictures.ts'
import { processorTime } from '../../support/processor.ts'
import { qtiFixture } from './qti-fixture.ts'

async function only(name: string) {
  const { questions } = await readQti(qtiFixture(name))
  expect(questions).toHaveLength(1)
  return questions[0]?.question
}

describe('an item of QTI', () => {
  it('2.1 is a choice of one, with what each option is told and the picture named as missing', async () => {
    expect(await only('qti21-extinguisher')).toMatchObject({
      type: 'multiple_choice',
      name: 'Choosing an extinguisher',
      text: 'The switchboard burns.\n\n[A burning switchboard]\n\nWhich extinguisher do you take?',
      selection: 'one',
      keepOrder: undefined,
      feedback: '✗ Never water on wires.',
      options: [
        { id: 'a', text: 'Water', credit: 0, feedback: 'Water conducts.' },
        { id: 'b', text: 'Carbon dioxide, CO₂', credit: 100, feedback: 'Right: it leaves no residue.' },
        { id: 'c', text: 'None of these', credit: 0 },
      ],
    })
    expect((await readQti(qtiFixture('qti21-extinguisher'))).problems).toMatchObject([
      { line: 2, effect: 'changed', detail: 'fixed', excerpt: 'Choosing an extinguisher' },
      { effect: 'changed', kind: 'imageDropped', detail: 'board%201.png' },
    ])
  })

  it('2.2 is a choice of many whose mapping is its credits, what is not mapped included', async () => {
    expect(await only('qti22-mapped')).toMatchObject({
      text: 'What of it burns?',
      points: 4,
      selection: 'many',
      keepOrder: true,
      options: [{ credit: 25 }, { credit: 75 }, { text: 'sand', credit: -25 }],
    })
  })

  it('2.2 is a number with a tolerance, in a sentence with a gap and a formula', async () => {
    expect(await only('qti22-number')).toMatchObject({
      type: 'short_answer',
      text: 'With \\(R = \\frac{U}{I^{2}}\\) the resistance is _____ ohm.',
      points: 2,
      accepted: [{ min: 0.6, max: 0.8, credit: 100 }],
    })
  })

  it('3.0 is a short answer with half credit and strict case', async () => {
    expect(await only('qti30-entry')).toMatchObject({
      text: 'An exit sign is _____.',
      points: 2,
      caseMatters: true,
      accepted: [
        { text: 'green', credit: 100 },
        { text: 'Green', credit: 50 },
      ],
    })
  })

  it('3.0 is a choice in the middle of a sentence', async () => {
    expect(await only('qti30-inline')).toMatchObject({
      text: 'In a fire I take the _____.',
      points: 2,
      selection: 'one',
      options: [
        { text: 'lift', credit: 0 },
        { text: 'stairs', credit: 100 },
      ],
    })
  })

  it('3.0 is an essay with a sample for whoever scores, which learners do not see', async () => {
    expect(await only('qti30-essay')).toMatchObject({
      type: 'essay',
      text: 'Ten lines.\n\nDescribe the accident.',
      points: 10,
      sampleAnswer: 'Place, time, people.',
    })
  })

  it('is told by its line where it is none of our kinds', async () => {
    const { questions, problems } = await readQti(qtiFixture('qti21-match'))
    expect(questions).toEqual([])
    expect(problems).toMatchObject([
      { effect: 'skipped', kind: 'unsupportedType', detail: 'matchInteraction in line 5', excerpt: 'Signs' },
    ])
  })

  it('is told by its line where its XML is broken', async () => {
    const broken = qtiFixture('qti30-inline').toString().replace('</qti-inline-choice>', '')
    const { problems } = await readQti(Buffer.from(broken))
    expect(problems).toMatchObject([{ line: 11, effect: 'skipped', kind: 'syntax' }])
  })

  it('with an answer that is right as a whole only says that it now pays in shares', async () => {
    const item = qtiFixture('qti22-mapped').toString().replace('map_response', 'match_correct')
    const { questions, problems } = await readQti(Buffer.from(item))
    expect(questions[0]?.question).toMatchObject({ options: [{ credit: 50 }, { credit: 50 }, { credit: -100 }] })
    expect(problems).toMatchObject([{ effect: 'changed', detail: 'all or nothing → shares' }])
  })

  it('scored by a condition on the right answer is worth what the condition gives', async () => {
    const processing =
      '<qti-response-processing><qti-response-condition><qti-response-if><qti-match><qti-variable identifier="RESPONSE"/>' +
      '<qti-correct identifier="RESPONSE"/></qti-match><qti-set-outcome-value identifier="SCORE">' +
      '<qti-base-value base-type="float">3</qti-base-value></qti-set-outcome-value></qti-response-if>' +
      '</qti-response-condition></qti-response-processing>'
    const item = qtiFixture('qti30-inline')
      .toString()
      .replace(' normal-maximum="2"', '')
      .replace(/<qti-response-processing.*>/, processing)
    const { questions, problems } = await readQti(Buffer.from(item))
    expect(problems).toEqual([])
    expect(questions).toMatchObject([{ question: { points: 3, options: [{ credit: 0 }, { credit: 100 }] } }])
  })

  it('of two options that can be nothing else is true or false', async () => {
    const item = qtiFixture('qti30-inline')
      .toString()
      .replaceAll('inline-choice-interaction', 'choice-interaction')
      .replaceAll('inline-choice', 'simple-choice')
      .replace('lift', 'Vrai')
      .replace('stairs', 'Faux')
    expect((await readQti(Buffer.from(item))).questions).toMatchObject([
      { question: { type: 'true_false', correct: false } },
    ])
  })
})

const manifest = (inner: string) =>
  strToU8(`<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>${inner}</resources></manifest>`)

describe('a package of QTI', () => {
  it('gives its items in the order of the manifest, with pictures, category and tags', async () => {
    const files: Zippable = {
      'course/imsmanifest.xml': manifest(
        '<resource type="imsqti_item_xmlv2p2" href="i/mapped.xml"><metadata><lom><general><keyword><string>fire</string></keyword></general>' +
          '<classification><taxonPath><taxon><entry><string>A/B</string></entry></taxon><taxon><entry><string>C</string></entry></taxon></taxonPath></classification></lom></metadata></resource>' +
          '<resource type="webcontent" href="style.css"/>' +
          '<resource type="imsqti_item_xmlv2p1" href="i/extinguisher.xml"/><resource type="imsqti_item_xmlv2p1" href="i/gone.xml"/>' +
          '<resource type="imsqti_item_xmlv2p1" href="i/match.xml"/>',
      ),
      'course/i/extinguisher.xml': qtiFixture('qti21-extinguisher'),
      'course/i/mapped.xml': qtiFixture('qti22-mapped'),
      'course/i/match.xml': qtiFixture('qti21-match'),
      'course/i/images/board 1.png': png,
    }
    const { questions, problems, pictures } = await readQti(zipSync(files))

    expect(questions.map(({ question }) => question)).toMatchObject([
      { name: 'Which burn?', category: 'A//B/C', tags: ['fire'] },
      { name: 'Choosing an extinguisher', images: [{ alt: 'A burning switchboard' }] },
    ])
    expect([...pictures.values()].map((bytes) => Buffer.from(bytes))).toEqual([png])
    expect(problems.map(({ excerpt, detail }) => [excerpt, detail])).toEqual([
      ['course/i/extinguisher.xml: Choosing an extinguisher', 'fixed'],
      ['course/i/gone.xml', 'the file is missing'],
      ['course/i/match.xml: Signs', 'matchInteraction in line 5'],
    ])
  })

  it('without a manifest gives every item in it', async () => {
    const { questions } = await readQti(zipSync({ 'a.xml': qtiFixture('qti30-entry'), 'b.xml': strToU8('<other/>') }))
    expect(questions).toHaveLength(1)
  })
})

const item = () => qtiFixture('qti30-entry')

/** Marks the first file as encrypted, in both places where a zip says so. */
function encrypted(): Uint8Array {
  const bytes = zipSync({ 'a.xml': item() })
  const directory = Buffer.from(bytes).lastIndexOf(Buffer.from('PK\x01\x02'))
  bytes.set([1], 6)
  bytes.set([1], directory + 8)
  return bytes
}

describe('a package with a long manifest', () => {
  it('gives its items one by one, and tells a broken entry by its line', async () => {
    const entry = (href: string) =>
      `<resource type="imsqti_item_xmlv3p0" href="${href}"><metadata>${' '.repeat(200)}</metadata></resource>\n`
    const entries = Array.from({ length: 600 }, (_, n) => entry(`${n}.xml`))
    const manifest = `<manifest>\n<resources>\n${entries.slice(0, 300).join('')}<resource href="x"><a></resource>\n${entries.slice(300).join('')}</resources></manifest>`
    const items = Object.fromEntries(Array.from({ length: 600 }, (_, n) => [`${n}.xml`, item()]))
    const { questions, problems } = await readQti(zipSync({ ...items, 'imsmanifest.xml': strToU8(manifest) }))
    expect(questions).toHaveLength(600)
    expect(problems).toMatchObject([{ line: 303, effect: 'skipped', kind: 'syntax' }])
  })

  it.each([
    ['declarations', '<!DOCTYPE a [<!ENTITY b "c">]>'],
    ['broken bytes', '\xff'],
  ])('and %s is refused', async (_, beginning) => {
    const manifest = Buffer.from(`${beginning}<manifest>${' '.repeat(200_000)}</manifest>`, 'latin1')
    const { questions, problems } = await readQti(
      zipSync({ 'a.xml': item(), 'imsmanifest.xml': manifest }, { level: 0 }),
    )
    expect(questions).toEqual([])
    expect(problems).toMatchObject([{ kind: 'syntax', excerpt: expect.stringMatching(/^imsmanifest/) }])
  })
})

describe('a hostile package', () => {
  const hostile: [string, () => Uint8Array, string | RegExp][] = [
    ['a path out of it', () => zipSync({ '../../etc/a.xml': item() }), /invalid relative path/],
    ['an absolute path', () => zipSync({ '/etc/a.xml': item() }), /absolute path/],
    ['a path of a drive', () => zipSync({ 'C:/a.xml': item() }), /absolute path/],
    ['a path with backslashes out of it', () => zipSync({ '..\\a.xml': item() }), /invalid relative path/],
    [
      'a link',
      () => zipSync({ 'a.xml': [strToU8('/etc/passwd'), { os: 3, attrs: (0o120777 << 16) >>> 0 }] }),
      'a.xml is a link',
    ],
    ['an encrypted file', encrypted, 'a.xml is encrypted'],
    ['a bomb', () => zipSync({ 'a.xml': new Uint8Array(15_000_000) }), 'a.xml is a bomb'],
    ['a huge file', () => zipSync({ 'a.xml': new Uint8Array(17_000_000) }), 'a.xml: 17000000 bytes'],
    [
      'many bombs',
      () =>
        zipSync(Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`${n}.xml`, new Uint8Array(1_000_000)])), {
          level: 1,
        }),
      /bytes unfolded/,
    ],
    [
      'too many files',
      () => zipSync(Object.fromEntries(Array.from({ length: 5001 }, (_, n) => [`${n}.xml`, new Uint8Array(0)]))),
      'more than 5000 files',
    ],
    ['half a zip', () => zipSync({ 'a.xml': item() }).slice(0, 100), /./],
    [
      'a billion laughs in an item',
      () => zipSync({ 'a.xml': strToU8('<!DOCTYPE a [<!ENTITY b "c">]><qti-assessment-item/>') }),
      'a DOCTYPE with declarations',
    ],
  ]

  it.each(hostile)('with %s is refused within a second', async (_, bytes, detail) => {
    const file = bytes()
    const spent = processorTime()
    const { questions, problems } = await readQti(file)

    expect(spent()).toBeLessThan(1000)
    expect(questions).toEqual([])
    expect(problems).toMatchObject([{ effect: 'skipped', detail: expect.stringMatching(detail) }])
  })

  it('that states a smaller size than it has is refused', async () => {
    const bytes = zipSync({ 'a.xml': item() })
    const directory = Buffer.from(bytes).lastIndexOf(Buffer.from('PK\x01\x02'))
    new DataView(bytes.buffer).setUint32(directory + 24, 10, true)
    expect(await readQti(bytes)).toMatchObject({ questions: [], problems: [{ kind: 'syntax' }] })
  })
})
