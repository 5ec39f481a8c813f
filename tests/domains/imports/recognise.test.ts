import { describe, expect, it } from 'vitest'
import { questionXlsx } from '../../../main/domains/exports/question-sheet.ts'
import { readQuestions } from '../../../main/domains/imports/read-questions.ts'

const formatOf = async (content: string | Uint8Array, fileName?: string) =>
  (await readQuestions(typeof content === 'string' ? Buffer.from(content) : content, { fileName })).format

describe('the format of a file', () => {
  it.each([
    ['gift', 'Water boils. {T}', 'a.csv'],
    ['gift', '<p>Water boils.</p> {T}', 'a.txt'],
    ['gift', 'Question, Answer? {=A. one ~B. two}', undefined],
    ['aiken', 'What?\nA. one\nB. two\nANSWER: B', 'a.gift'],
    ['csv', 'Question;Answer\nWhat? {=a};b', 'a.gift'],
    ['csv', 'A heap of words', 'a.csv'],
    ['gift', 'A heap of words', 'a.txt'],
    ['moodle_xml', '<?xml version="1.0"?><quiz></quiz>', 'a.txt'],
    ['moodle_xml', '\uFEFF\n<quiz>', undefined],
    ['qti', '<assessmentItem/>', 'a.gift'],
    ['qti', 'PK\u0003\u0004', 'a.zip'],
    ['xlsx', 'PK\u0003\u0004', 'a.xlsx'],
    ['xlsx', 'a damaged {=one} sheet }', 'a.XLSX'],
    ['csv', 'Question;Answer\nWhat? {=a};b', 'a.xlsx'],
  ])('is %s for %j called %s', async (format, content, name) => {
    expect(await formatOf(content, name)).toBe(format)
  })

  it('is a workbook where the package holds one', async () => {
    expect(await formatOf(await questionXlsx([['Question'], ['What?']], 'en'), 'a.zip')).toBe('xlsx')
  })

  it('is what somebody says it is', async () => {
    const { format, questions } = await readQuestions(Buffer.from('Question;Answer\nWhat? {=a};b'), { format: 'gift' })
    expect(format).toBe('gift')
    expect(questions).toHaveLength(1)
  })

  it('is a workbook that cannot be read where one is damaged', async () => {
    const whole = Buffer.from(await questionXlsx([['Question'], ['What?']], 'en'))
    for (const damaged of [whole.subarray(0, whole.length / 2), whole.subarray(20), Buffer.from('} no workbook {')]) {
      const { format, questions, problems } = await readQuestions(damaged, { fileName: 'questions.xlsx' })
      expect({ format, questions, problems }).toMatchObject({
        format: 'xlsx',
        questions: [],
        problems: [{ kind: 'notAWorkbook' }],
      })
    }
  })

  it('is never nothing: a file without a question says so', async () => {
    for (const text of ['', '\uFEFF', '\n\n']) {
      for (const fileName of ['a.csv', 'a.xlsx', 'a.gift', 'a.xml']) {
        const { problems } = await readQuestions(Buffer.from(text), { fileName })
        expect({ fileName, problems }).toMatchObject({ problems: [{ line: 1, kind: 'emptyFile' }] })
      }
    }
    expect((await readQuestions(Buffer.from('// note'), {})).problems).toMatchObject([{ line: 1, kind: 'noAnswer' }])
  })
})
