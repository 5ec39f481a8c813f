import type { SheetLanguage } from '../../../shared/contract/imports.ts'
import { type SheetField, sheetFields, sheetWords } from '../imports/sheet-words.ts'
import { fileTypes } from './file-types.ts'
import { questionCsv, questionXlsx } from './question-sheet.ts'

const letters = ['A', 'B', 'C', 'D']

/** A sheet with the columns that are read and an example of each kind of question. */
export async function sheetTemplate(format: 'csv' | 'xlsx', language: SheetLanguage) {
  const rows = templateRows(language)
  const bytes = format === 'csv' ? Buffer.from(questionCsv(rows, language)) : await questionXlsx(rows, language)
  const { extension, mimeType } = fileTypes[format]
  return { fileName: `${names[language]}.${extension}`, mimeType, base64: bytes.toString('base64') }
}

const names: Record<SheetLanguage, string> = { en: 'Questions', fr: 'Questions', ar: 'أسئلة' }

function templateRows(language: SheetLanguage): string[][] {
  const words = sheetWords[language]
  const fields = sheetFields.filter((field): field is Exclude<SheetField, 'options'> => field !== 'options')
  const [before, behind] = [fields.slice(0, 2), fields.slice(2)]
  const label = (field: SheetField) => words.fields[field][0]
  const option = letters.map((letter) => `${words.option[0]} ${letter}`)
  const feedback = letters.map((letter) => `${words.optionFeedback[0]} ${letter}`)
  const rows = examples(language).map(({ options = [], feedbackOn = [], ...cells }) => [
    ...before.map((field) => cells[field] ?? ''),
    ...letters.map((_, place) => options[place] ?? ''),
    ...behind.map((field) => cells[field] ?? ''),
    ...letters.map((_, place) => feedbackOn[place] ?? ''),
  ])
  return [[...before.map(label), ...option, ...behind.map(label), ...feedback], ...rows]
}

type Example = Partial<Record<Exclude<SheetField, 'options'>, string>> & { options?: string[]; feedbackOn?: string[] }

function examples(language: SheetLanguage): Example[] {
  const { types, true: yes } = sheetWords[language]
  const said = exampleTexts[language]
  return [
    { type: types.one[0], right: 'B', points: '1', ...said.one },
    { type: types.many[0], right: 'A; C', points: '2', ...said.many },
    { type: types.trueFalse[0], right: yes[0], points: '1', ...said.trueFalse },
    { type: types.short[0], points: '1', ...said.short },
    { type: types.number[0], right: '100', tolerance: '0.5', points: '1', ...said.number },
    { type: types.essay[0], points: '5', ...said.essay },
  ]
}

type ExampleKind = 'one' | 'many' | 'trueFalse' | 'short' | 'number' | 'essay'

const exampleTexts: Record<SheetLanguage, Record<ExampleKind, Example>> = {
  en: {
    one: {
      question: 'The fire alarm rings. What do you do first?',
      options: ['Fetch my bag', 'Leave by the nearest exit', 'Wait for the trainer'],
      feedback: 'People first, things never.',
      category: 'Safety/Fire',
      tags: 'fire; exit',
    },
    many: {
      question: 'Which of these burn?',
      options: ['Paper', 'Sand', 'Petrol'],
      feedbackOn: ['', 'Sand puts fires out.'],
      category: 'Safety/Fire',
    },
    trueFalse: { question: 'Water boils at 100 °C at sea level.' },
    short: { question: 'What is the capital of Mali?', right: 'Bamako', accepted: 'Bamako, Mali' },
    number: { question: 'How many centimetres are in a metre?' },
    essay: { question: 'Describe how you keep your workplace safe.', right: 'Names at least three measures.' },
  },
  fr: {
    one: {
      question: 'L’alarme incendie sonne. Que faites-vous d’abord ?',
      options: ['Je prends mon sac', 'Je sors par l’issue la plus proche', 'J’attends le formateur'],
      feedback: 'Les personnes d’abord, les choses jamais.',
      category: 'Sécurité/Incendie',
      tags: 'incendie; issue',
    },
    many: {
      question: 'Lesquels de ces matériaux brûlent ?',
      options: ['Le papier', 'Le sable', 'L’essence'],
      feedbackOn: ['', 'Le sable éteint les feux.'],
      category: 'Sécurité/Incendie',
    },
    trueFalse: { question: 'L’eau bout à 100 °C au niveau de la mer.' },
    short: { question: 'Quelle est la capitale du Mali ?', right: 'Bamako', accepted: 'Bamako, Mali' },
    number: { question: 'Combien de centimètres y a-t-il dans un mètre ?' },
    essay: {
      question: 'Décrivez comment vous gardez votre poste de travail sûr.',
      right: 'Cite au moins trois mesures.',
    },
  },
  ar: {
    one: {
      question: 'يرن جرس إنذار الحريق. ماذا تفعل أولًا؟',
      options: ['آخذ حقيبتي', 'أخرج من أقرب مخرج', 'أنتظر المدرب'],
      feedback: 'الناس أولًا، والأشياء لا تهم.',
      category: 'السلامة/الحريق',
      tags: 'حريق; مخرج',
    },
    many: {
      question: 'أي من هذه المواد يحترق؟',
      options: ['الورق', 'الرمل', 'البنزين'],
      feedbackOn: ['', 'الرمل يطفئ النار.'],
      category: 'السلامة/الحريق',
    },
    trueFalse: { question: 'يغلي الماء عند 100 درجة مئوية على مستوى سطح البحر.' },
    short: { question: 'ما عاصمة مالي؟', right: 'باماكو', accepted: 'بماكو' },
    number: { question: 'كم سنتيمترًا في المتر؟' },
    essay: { question: 'صف كيف تحافظ على سلامة مكان عملك.', right: 'يذكر ثلاثة تدابير على الأقل.' },
  },
}
