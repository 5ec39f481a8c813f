import type { SheetLanguage } from '../../../shared/contract/imports.ts'
import { fold } from '../../../shared/fold.ts'

/** The columns of a sheet of questions, besides those that there are several of. */
export const sheetFields = [
  'type',
  'question',
  'options',
  'right',
  'accepted',
  'tolerance',
  'points',
  'required',
  'name',
  'category',
  'tags',
  'feedback',
  'keepOrder',
  'case',
  'accents',
] as const
export type SheetField = (typeof sheetFields)[number]

/** What a question can be in a sheet. `choice` leaves open whether one or several options are right. */
export const sheetTypes = ['one', 'many', 'choice', 'trueFalse', 'short', 'number', 'essay'] as const
export type SheetType = (typeof sheetTypes)[number]

/** The first word is the one that is written; all are read, in every language. */
type Words<Key extends string> = Record<Key, readonly [string, ...string[]]>

interface LanguageWords {
  fields: Words<SheetField>
  types: Words<SheetType>
  /** What stands before the letter or number of an option. */
  option: readonly [string, ...string[]]
  optionFeedback: readonly [string, ...string[]]
  yes: readonly [string, ...string[]]
  no: readonly [string, ...string[]]
  true: readonly [string, ...string[]]
  false: readonly [string, ...string[]]
}

export const sheetWords: Record<SheetLanguage, LanguageWords> = {
  en: {
    fields: {
      type: ['Type', 'Question type', 'Kind'],
      question: ['Question', 'Question text', 'Text', 'Prompt', 'Stem'],
      options: ['Options', 'Choices', 'Answers', 'Possible answers'],
      right: [
        'Right answer',
        'Right answers',
        'Correct answer',
        'Correct answers',
        'Correct',
        'Correct option',
        'Answer',
        'Key',
      ],
      accepted: ['Also accepted', 'Accepted answers', 'Alternatives', 'Accepted'],
      tolerance: ['Tolerance', 'Margin'],
      points: ['Points', 'Marks', 'Score', 'Grade'],
      required: ['Required', 'Mandatory'],
      name: ['Name', 'Title', 'Question name'],
      category: ['Category', 'Topic', 'Subject'],
      tags: ['Tags', 'Tag', 'Keywords', 'Labels'],
      feedback: ['Feedback', 'General feedback', 'Explanation', 'Comment'],
      keepOrder: ['Keep order', 'Fixed order'],
      case: ['Case matters', 'Case sensitive'],
      accents: ['Accents matter', 'Accent sensitive'],
    },
    types: {
      one: ['Single choice', 'One answer', 'Single answer', 'Single', 'Radio'],
      many: ['Several answers', 'Multiple answers', 'Multiple response', 'Multiple select', 'Checkbox', 'Checkboxes'],
      choice: ['Multiple choice', 'Choice', 'MCQ', 'MC', 'Multichoice'],
      trueFalse: ['True or false', 'True false', 'TF', 'T F'],
      short: ['Short answer', 'Short', 'Text', 'Fill in', 'Fill in the blank', 'Fill in the gap'],
      number: ['Number', 'Numeric', 'Numerical'],
      essay: ['Essay', 'Open', 'Open question', 'Long answer', 'Paragraph'],
    },
    option: ['Option', 'Choice', 'Answer', 'Answer option'],
    optionFeedback: ['Feedback', 'Comment'],
    yes: ['Yes', 'Y', 'True', 'X', '1'],
    no: ['No', 'N', 'False', '0'],
    true: ['True', 'T', 'Yes', 'Right', 'Correct', '1'],
    false: ['False', 'F', 'No', 'Wrong', 'Incorrect', '0'],
  },
  fr: {
    fields: {
      type: ['Type', 'Type de question', 'Genre'],
      question: ['Question', 'Texte', 'Énoncé', 'Texte de la question', 'Intitulé'],
      options: ['Options', 'Choix', 'Propositions', 'Réponses', 'Réponses possibles'],
      right: [
        'Bonne réponse',
        'Bonnes réponses',
        'Réponse correcte',
        'Réponses correctes',
        'Réponse juste',
        'Réponse',
        'Corrigé',
      ],
      accepted: ['Aussi accepté', 'Réponses acceptées', 'Variantes', 'Autres réponses acceptées'],
      tolerance: ['Tolérance', 'Marge'],
      points: ['Points', 'Note', 'Barème'],
      required: ['Obligatoire'],
      name: ['Nom', 'Titre'],
      category: ['Catégorie', 'Thème', 'Matière'],
      tags: ['Étiquettes', 'Étiquette', 'Mots-clés', 'Tags'],
      feedback: ['Commentaire', 'Feedback', 'Explication', 'Commentaire général', 'Rétroaction'],
      keepOrder: ['Garder l’ordre', 'Ordre fixe'],
      case: ['Casse importante', 'Respecter la casse', 'Sensible à la casse'],
      accents: ['Accents importants', 'Respecter les accents', 'Sensible aux accents'],
    },
    types: {
      one: ['Choix unique', 'Une seule réponse', 'Une réponse', 'QCU'],
      many: ['Plusieurs réponses', 'Réponses multiples', 'Cases à cocher'],
      choice: ['Choix multiple', 'Choix multiples', 'QCM', 'Choix'],
      trueFalse: ['Vrai ou faux', 'Vrai faux', 'VF', 'V F'],
      short: ['Réponse courte', 'Courte', 'Texte', 'Texte à trou', 'Texte à trous'],
      number: ['Nombre', 'Numérique'],
      essay: ['Rédaction', 'Question ouverte', 'Réponse longue', 'Composition', 'Dissertation', 'Ouverte'],
    },
    option: ['Option', 'Choix', 'Réponse', 'Proposition'],
    optionFeedback: ['Commentaire', 'Feedback', 'Rétroaction'],
    yes: ['Oui', 'O', 'Vrai'],
    no: ['Non', 'N', 'Faux'],
    true: ['Vrai', 'V', 'Oui', 'Juste', 'Correct'],
    false: ['Faux', 'Non', 'Incorrect'],
  },
  ar: {
    fields: {
      type: ['النوع', 'نوع السؤال'],
      question: ['السؤال', 'نص السؤال', 'سؤال', 'النص'],
      options: ['الخيارات', 'الاختيارات', 'خيارات', 'الإجابات'],
      right: ['الإجابة الصحيحة', 'الإجابات الصحيحة', 'الجواب الصحيح', 'الإجابة', 'الجواب', 'الحل'],
      accepted: ['إجابات مقبولة أخرى', 'إجابات مقبولة', 'الإجابات المقبولة', 'بدائل'],
      tolerance: ['هامش الخطأ', 'التفاوت', 'الهامش'],
      points: ['النقاط', 'الدرجة', 'الدرجات', 'العلامة', 'نقاط'],
      required: ['إلزامي', 'مطلوب', 'إجباري'],
      name: ['الاسم', 'العنوان', 'اسم السؤال'],
      category: ['الفئة', 'التصنيف', 'الموضوع', 'المادة'],
      tags: ['الوسوم', 'وسوم', 'الكلمات المفتاحية', 'كلمات مفتاحية'],
      feedback: ['التعليق', 'الملاحظات', 'الشرح', 'التغذية الراجعة', 'تعليق'],
      keepOrder: ['ترتيب ثابت', 'الحفاظ على الترتيب'],
      case: ['حالة الأحرف مهمة', 'حالة الأحرف'],
      accents: ['التشكيل مهم', 'التشكيل'],
    },
    types: {
      one: ['اختيار واحد', 'إجابة واحدة', 'خيار واحد'],
      many: ['عدة إجابات', 'إجابات متعددة', 'أكثر من إجابة'],
      choice: ['اختيار من متعدد', 'اختيار متعدد', 'اختيارات', 'خيارات'],
      trueFalse: ['صح أو خطأ', 'صح خطأ', 'صواب أو خطأ', 'صواب خطأ'],
      short: ['إجابة قصيرة', 'نص', 'نص قصير', 'إكمال الفراغ'],
      number: ['رقم', 'عدد', 'رقمي'],
      essay: ['مقال', 'سؤال مفتوح', 'إجابة طويلة', 'مقالي', 'إنشاء'],
    },
    option: ['الخيار', 'خيار', 'الاختيار', 'اختيار', 'الإجابة', 'إجابة'],
    optionFeedback: ['التعليق', 'تعليق', 'ملاحظة'],
    yes: ['نعم', 'صح'],
    no: ['لا', 'خطأ'],
    true: ['صح', 'صحيح', 'صواب', 'نعم'],
    false: ['خطأ', 'خاطئ', 'غلط', 'لا'],
  },
}

/** The form of a word in which it is looked for. */
export function plainWord(text: string): string {
  return fold(text.slice(0, 200))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

const languages = Object.values(sheetWords)
const fieldOf = dictionary(sheetFields, (field) => languages.flatMap(({ fields }) => fields[field]))
const typeOf = dictionary(sheetTypes, (type) => languages.flatMap(({ types }) => types[type]))
const yes = wordSet(languages.flatMap((words) => words.yes))
const no = wordSet(languages.flatMap((words) => words.no))
const truths = wordSet(languages.flatMap((words) => words.true))
const falsehoods = wordSet(languages.flatMap((words) => words.false))
const optionHeads = wordSet(languages.flatMap((words) => words.option))
const feedbackHeads = wordSet(languages.flatMap((words) => words.optionFeedback))

export function typeNamed(text: string): SheetType | undefined {
  return typeOf.get(plainWord(text))
}

/** Undefined where the cell says neither yes nor no. */
export function yesOrNo(text: string): boolean | undefined {
  const word = /^[✓✔☑]$/.test(text.trim()) ? 'yes' : plainWord(text)
  return yes.has(word) ? true : no.has(word) ? false : undefined
}

export function trueOrFalse(text: string): boolean | undefined {
  const word = plainWord(text)
  return truths.has(word) ? true : falsehoods.has(word) ? false : undefined
}

/** What a column holds; for options and what each of them is told, counted from 0. */
export type SheetColumn = { field: SheetField } | { option: number } | { feedbackOn: number }

/** `Right answer(s)` leaves the number open. */
export function columnHeaded(header: string): SheetColumn | undefined {
  const word = plainWord(header.replace(/\(e?s\)/gi, ''))
  const field = fieldOf.get(word)
  if (field) return { field }
  const alone = word.length > 1 && !/^\d+$/.test(word) ? undefined : placeNamed(word)
  if (alone !== undefined) return { option: alone }
  const [, head = '', place = ''] = /^(.+?) ?([a-z]{1,2}|\d{1,2}|\p{Script=Arabic}{1,2})$/u.exec(word) ?? []
  const index = placeNamed(place)
  if (index === undefined) return undefined
  if (optionHeads.has(head)) return { option: index }
  return feedbackHeads.has(head) ? { feedbackOn: index } : undefined
}

const arabicLetters = ['ا', 'ب', 'ج', 'د', 'ه', 'و', 'ز', 'ح', 'ط', 'ي'].map((letter) => fold(letter))
const mostPlaces = 50

/** `A`, `b`, `AA`, `3` or `ج`, counted from 0. */
export function placeNamed(text: string): number | undefined {
  const word = plainWord(text)
  if (arabicLetters.includes(word)) return arabicLetters.indexOf(word)
  if (/^\d{1,2}$/.test(word)) return within(Number(word) - 1)
  if (!/^[a-z]{1,2}$/.test(word)) return undefined
  return within([...word].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 96, 0) - 1)
}

function within(place: number): number | undefined {
  return place >= 0 && place < mostPlaces ? place : undefined
}

/** `A` to `Z`, then `AA`, as spreadsheets call their columns. Counted from 0. */
export function placeLetter(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : placeLetter(Math.floor(index / 26) - 1) + letter
}

function dictionary<Key extends string>(keys: readonly Key[], wordsFor: (key: Key) => string[]): Map<string, Key> {
  return new Map(keys.flatMap((key) => wordsFor(key).map((word) => [plainWord(word), key] as const)))
}

function wordSet(words: string[]): Set<string> {
  return new Set(words.map(plainWord))
}
