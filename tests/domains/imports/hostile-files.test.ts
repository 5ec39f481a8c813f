import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { questionXlsx } from '../../../main/domains/exports/question-sheet.ts'
import { readAiken } from '../../../main/domains/imports/aiken.ts'
import { readCsv } from '../../../main/domains/imports/csv.ts'
import { readGift } from '../../../main/domains/imports/gift.ts'
import { readMoodleXml } from '../../../main/domains/imports/moodle-xml.ts'
import { readQti } from '../../../main/domains/imports/qti.ts'
import { readQuestions } from '../../../main/domains/imports/read-questions.ts'
import { readXlsx } from '../../../main/domains/imports/xlsx.ts'
import { ImportProblem } from '../../../shared/contract/imports.ts'
import { Question } from '../../../shared/contract/questions.ts'
import { processorTime } from '../../support/processor.ts'

const bytesOf = (text: string) => Buffer.from(text)
const readers = {
  gift: readGift,
  aiken: readAiken,
  csv: readCsv,
  xlsx: (text: string) => readXlsx(bytesOf(text)),
  moodle_xml: (text: string) => readMoodleXml(bytesOf(text)),
  qti: (text: string) => readQti(bytesOf(text)),
  any: (text: string) => readQuestions(bytesOf(text), {}),
}
const MB = 1024 * 1024
const texts: [string, () => string][] = [
  ['100 MB of {', () => '{'.repeat(100_000_000)],
  ['two million lines', () => 'line\n'.repeat(2_000_000)],
  ['two million open braces in lines of their own', () => '{\n'.repeat(2_000_000)],
  ['two million blank lines between', () => 'line {\n\n'.repeat(2_000_000)],
  ['two million rows below a head', () => `Question,Answer\n${'a,b\n'.repeat(2_000_000)}`],
  ['two million answers', () => 'ANSWER: A\n'.repeat(1_600_000)],
  ['one line of 16 MB', () => 'a'.repeat(16 * MB)],
  ['one option of 16 MB', () => `What?\nA. ${'a'.repeat(15 * MB)}\nB. b\nANSWER: B`],
  ['one quoted cell of 16 MB', () => `Question,Answer\n"${'a'.repeat(15 * MB)}`],
  ['quotes that never close', () => `Question,Answer\n${'"a\n'.repeat(4 * MB)}`],
  ['quotes that are doubled for ever', () => `Question,Answer\n"${'""'.repeat(7 * MB)}`],
  ['quotes with words behind them', () => `Question,Answer\n${'"a"b'.repeat(3 * MB)}`],
  ['one row of 16 million cells', () => `Question,Answer\n${','.repeat(15 * MB)}`],
  ['a head of 16 million cells', () => `Question${','.repeat(15 * MB)}`],
  ['zeros', () => '\0'.repeat(16 * MB)],
  ['half characters', () => '\ud800'.repeat(5 * MB)],
  ['half characters in braces', () => `\udc00 {=\ud800 ~\0}\n\n`.repeat(100_000)],
  ['backslashes', () => '\\'.repeat(16 * MB)],
  ['backslashes in a question', () => `What${'\\'.repeat(20_000)} {=a ~b}`],
  ['comments', () => '// [tag:'.repeat(2 * MB)],
  ['tags in a comment', () => `// ${'[tag:a'.repeat(150)}\nOne {T}\n`.repeat(9_000)],
  ['right answers', () => `Question,A,B,Answer\na,b,c,"${'A;'.repeat(100_000)}"`],
  ['spaces in a right answer', () => `Question,A,B,Answer\na,b,c,"A${' '.repeat(200_000)}B"`],
  ['digits in a right answer', () => `Question,A,B,Answer\na,b,c,${'9'.repeat(200_000)}%`],
  ['parentheses in a right answer', () => `Question,Answer\na,${'(1'.repeat(100_000)}`],
  ['backslashes in a list', () => `Question,Answer,Tags\na,b,${'\\;'.repeat(100_000)}`],
  ['apostrophes', () => `Question,Answer\n${"'".repeat(200_000)}=1,b`],
]

/** What reading costs: in milliseconds of this thread, so that a busy machine does not count, and in bytes that are kept. */
async function costOf(read: (text: string) => ReturnType<typeof readGift>, text: string) {
  const before = process.memoryUsage().heapUsed
  const began = process.threadCpuUsage()
  const { questions, problems } = await read(text)
  const { user, system } = process.threadCpuUsage(began)
  const isValid =
    questions.every(({ question }) => Question.safeParse(question).success) &&
    problems.every((problem) => ImportProblem.safeParse(problem).success)
  return { took: (user + system) / 1000, kept: process.memoryUsage().heapUsed - before, isValid }
}

describe.each(Object.entries(readers))('the reader of %s', (_, read) => {
  it.each(texts)('answers within two seconds to %s', { timeout: 30_000 }, async (_name, text) => {
    const { took, kept, isValid } = await costOf(read, text())
    expect(took).toBeLessThan(2000)
    expect(kept).toBeLessThan(500 * MB)
    expect(isValid).toBe(true)
  })
})

describe('a file that is too large', () => {
  it.each(['gift', 'aiken', 'csv'] as const)('of 100 MB is not looked at by the reader of %s', async (name) => {
    const { questions, problems } = await readers[name]('{'.repeat(100_000_000))
    expect(questions).toEqual([])
    expect(problems).toMatchObject([{ line: 1, kind: 'tooLong', detail: '100000000 characters' }])
  })

  it.each([
    ['gift', 'One {T}', '// no question\n'],
    ['aiken', 'One?\nA. a\nB. b\nANSWER: A', '\r'],
  ] as const)('in lines is read to its 500,000th by the reader of %s, and that is said', async (name, first, line) => {
    const { questions, problems } = await readers[name](`${first}\n\n${line.repeat(600_000)}\n${first}`)
    expect(questions).toMatchObject([{ line: 1 }])
    expect(problems).toMatchObject([{ line: 500_000, kind: 'tooLong' }])
  })
})

const workbook = async () => {
  const { unzipSync } = await import('fflate')
  return unzipSync(
    await questionXlsx(
      [
        ['Question', 'Answer'],
        ['What?', 'b'],
      ],
      'en',
    ),
  )
}
const sheetPath = 'xl/worksheets/sheet1.xml'
const sheet = (data: string) => strToU8(`<worksheet><sheetData>${data}</sheetData></worksheet>`)

describe('a hostile workbook', () => {
  it.each<[string, string, Uint8Array, string | RegExp]>([
    [
      'a cell far down',
      sheetPath,
      sheet('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
      /more than 10000 rows/,
    ],
    ['a cell far right', sheetPath, sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>'), /more than 200 columns/],
    ['a row out of this world', sheetPath, sheet('<row r="99999999999"/>'), /row 99999999999/],
    ['a row that is no number', sheetPath, sheet('<row r="1e9"><c r="A1"><v>1</v></c></row>'), /row 1e9/],
    ['a column beyond the alphabet', sheetPath, sheet('<row r="1"><c r="~~~~1"><v>1</v></c></row>'), /cell ~~~~1/],
    ['a place hidden by an entity', sheetPath, sheet('<row r="1"><c r="&#88;FD1"><v>1</v></c></row>'), /cell &#88;FD1/],
    ['a place behind a >', sheetPath, sheet('<row x=">" r="99999999"><c r="A1"><v>1</v></c></row>'), /row 99999999/],
    ['a place without quotes', sheetPath, sheet('<row r=99999999><c r="A1"/></row>'), /not well-formed/],
    ['a billion laughs', sheetPath, strToU8('<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'), /DOCTYPE/],
    [
      'an external entity',
      'xl/workbook.xml',
      strToU8('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a/>'),
      /DOCTYPE/,
    ],
    ['a bomb', sheetPath, new Uint8Array(15_000_000), /is a bomb/],
    ['a huge file', sheetPath, new Uint8Array(17_000_000), /17000000 bytes/],
    ['a path out of it', '../../etc/a.xml', new Uint8Array(1), /invalid relative path/],
    ['an absolute path', '/etc/a.xml', new Uint8Array(1), /absolute path/],
    ['nothing in its sheet', sheetPath, new Uint8Array(0), /./],
    ['tags that do not end', sheetPath, strToU8('<c '.repeat(300_000)), /./],
    ['deep nesting', sheetPath, sheet('<c>'.repeat(200_000)), /./],
  ])('with %s is refused within two seconds', async (_, path, content, detail) => {
    const bytes = zipSync({ ...(await workbook()), [path]: content })
    const spent = processorTime()
    const { questions, problems } = await readXlsx(bytes)
    expect(spent()).toBeLessThan(2000)
    expect(questions).toEqual([])
    expect(problems).toMatchObject([{ line: 1, effect: 'skipped', detail: expect.stringMatching(detail) }])
  })

  it('whose cells all name one long text is read no further than it should', async () => {
    const row = (number: number, text: number) => `<row r="${number}"><c r="A${number}" t="s"><v>${text}</v></c></row>`
    const rows = Array.from({ length: 5000 }, (_, index) => row(index + 1, index === 0 ? 1 : 0))
    const strings = strToU8(`<sst><si><t>${'Why? '.repeat(40_000)}</t></si><si><t>Question</t></si></sst>`)
    const bytes = zipSync({ ...(await workbook()), [sheetPath]: sheet(rows.join('')), 'xl/sharedStrings.xml': strings })
    const began = process.threadCpuUsage()
    const { problems } = await readXlsx(bytes)
    const { user, system } = process.threadCpuUsage(began)
    // On a slow machine, too; to read all of it takes minutes.
    expect((user + system) / 1000).toBeLessThan(5000)
    expect(problems.at(-1)).toMatchObject({ kind: 'syntax', detail: 'texts that are named too often' })
    expect(problems.length).toBeLessThan(400)
  })

  it('that states a smaller size than it has is refused', async () => {
    const bytes = zipSync(await workbook())
    const directory = Buffer.from(bytes)
    for (let at = directory.indexOf('PK\x01\x02'); at >= 0; at = directory.indexOf('PK\x01\x02', at + 4)) {
      new DataView(bytes.buffer).setUint32(at + 24, 1, true)
    }
    expect(await readXlsx(bytes)).toMatchObject({ questions: [], problems: [{ kind: 'notAWorkbook' }] })
  })

  it('with a bomb in a package within it is not unfolded', async () => {
    const bomb = zipSync({ 'a.xml': new Uint8Array(15_000_000) })
    const inner = zipSync({ 'a.zip': bomb }, { level: 0 })
    const bytes = zipSync({ ...(await workbook()), 'xl/inner.zip': inner, 'xl/media/inner.xml.zip': bomb })
    const before = process.memoryUsage().rss
    expect((await readXlsx(bytes)).questions).toHaveLength(1)
    expect((await readQti(bytes)).questions).toEqual([])
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * MB)
  })
})
