import type { ExportLoss } from '../../../shared/contract/exports.ts'
import type { AcceptedAnswer, Question, Rubric } from '../../../shared/contract/questions.ts'
import { nameFromText } from '../imports/question-name.ts'
import { formattedText, type PictureBytes } from './moodle-texts.ts'
import { xmlAttribute, xmlText } from './xml-writing.ts'

type Of<Type extends Question['type']> = Extract<Question, { type: Type }>

/**
 * A question file as Moodle's importer reads it (question/format/xml/format.php). What Moodle has no place for stands
 * in elements and attributes that it passes over.
 */
export function writeMoodleXml(questions: Question[], bytesOf: PictureBytes): { text: string; losses: ExportLoss[] } {
  let category: string | undefined
  const parts = questions.map((question) => {
    const heading = question.category === category ? '' : categoryElement(question.category)
    category = question.category
    return heading + questionElement(question, bytesOf)
  })
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n${parts.join('')}</quiz>\n`
  return { text, losses: questions.flatMap((question, index) => lossesOf(question, index + 1, bytesOf)) }
}

function categoryElement(category: string | undefined): string {
  const path = category === undefined ? '$course$/top' : `$course$/top/${category}`
  return `<question type="category"><category><text>${xmlText(path)}</text></category></question>\n`
}

function questionElement(question: Question, bytesOf: PictureBytes): string {
  const { text, images = [], feedback = '', name = nameFromText(text), tags = [] } = question
  return [
    `<question type="${typeOf(question)}">`,
    `<name><text>${xmlText(name)}</text></name>`,
    formattedText('questiontext', text, images, bytesOf),
    formattedText('generalfeedback', feedback, [], bytesOf),
    `<defaultgrade>${question.points}</defaultgrade>`,
    '<penalty>0</penalty>',
    '<hidden>0</hidden>',
    ...(question.required ? [] : ['<required>0</required>']),
    ...answersOf(question, bytesOf),
    ...(tags.length > 0
      ? [`<tags>${tags.map((tag) => `<tag><text>${xmlText(tag)}</text></tag>`).join('')}</tags>`]
      : []),
    '</question>\n',
  ].join('\n')
}

function typeOf(question: Question): string {
  switch (question.type) {
    case 'multiple_choice':
      return 'multichoice'
    case 'true_false':
      return 'truefalse'
    case 'essay':
      return 'essay'
    case 'short_answer':
      return isNumerical(question) ? 'numerical' : 'shortanswer'
  }
}

/** A numerical question of Moodle accepts numbers, and `*` for all others. */
function isNumerical({ accepted }: Of<'short_answer'>): boolean {
  return accepted.some((answer) => 'min' in answer) && accepted.every((answer) => 'min' in answer || isCatchAll(answer))
}

function isCatchAll(answer: AcceptedAnswer): boolean {
  return 'text' in answer && answer.wildcard === true && answer.text === '*'
}

function answersOf(question: Question, bytesOf: PictureBytes): string[] {
  switch (question.type) {
    case 'multiple_choice':
      return choices(question, bytesOf)
    case 'true_false':
      return [
        answer(question.correct ? 100 : 0, 'true', question.feedbackTrue, bytesOf),
        answer(question.correct ? 0 : 100, 'false', question.feedbackFalse, bytesOf),
      ]
    case 'short_answer':
      return shortAnswer(question, bytesOf)
    case 'essay':
      return essay(question, bytesOf)
  }
}

function choices(question: Of<'multiple_choice'>, bytesOf: PictureBytes): string[] {
  return [
    `<single>${question.selection === 'one'}</single>`,
    `<shuffleanswers>${question.keepOrder ? 'false' : 'true'}</shuffleanswers>`,
    '<answernumbering>abc</answernumbering>',
    ...question.options.map(({ text, picture, credit, feedback }) =>
      formattedText(
        `answer fraction="${credit}"`,
        text,
        picture ? [picture] : [],
        bytesOf,
        formattedText('feedback', feedback ?? '', [], bytesOf),
      ),
    ),
  ]
}

function shortAnswer(question: Of<'short_answer'>, bytesOf: PictureBytes): string[] {
  const marks = question.accentsMatter ? ['<accentsmatter>1</accentsmatter>'] : []
  const accepted = question.accepted.map((one) => {
    if ('min' in one) return range(one, bytesOf)
    return answer(one.credit, one.wildcard ? one.text : one.text.replaceAll('*', '\\*'), one.feedback, bytesOf)
  })
  return [`<usecase>${question.caseMatters ? 1 : 0}</usecase>`, ...marks, ...accepted]
}

function answer(credit: number, text: string, feedback: string | undefined, bytesOf: PictureBytes): string {
  const told = formattedText('feedback', feedback ?? '', [], bytesOf)
  return `<answer fraction="${credit}" format="plain_text"><text>${xmlText(text)}</text>${told}</answer>`
}

function range(
  { min, max, credit, feedback }: Extract<AcceptedAnswer, { min: number }>,
  bytesOf: PictureBytes,
): string {
  const middle = Number(((min + max) / 2).toPrecision(15))
  const tolerance = Number(((max - min) / 2).toPrecision(15))
  const told = formattedText('feedback', feedback ?? '', [], bytesOf)
  return (
    `<answer fraction="${credit}" min="${min}" max="${max}" format="plain_text"><text>${middle}</text>` +
    `<tolerance>${tolerance}</tolerance>${told}</answer>`
  )
}

function essay({ required, sampleAnswer = '', rubric }: Of<'essay'>, bytesOf: PictureBytes): string[] {
  return [
    '<responseformat>plain</responseformat>',
    `<responserequired>${required ? 1 : 0}</responserequired>`,
    '<responsefieldlines>15</responsefieldlines>',
    '<attachments>0</attachments>',
    formattedText('graderinfo', sampleAnswer, [], bytesOf),
    ...(rubric ? [rubricElement(rubric)] : []),
  ]
}

export function rubricElement(rubric: Rubric): string {
  const criteria = rubric.map(({ id, title, weight, levels }) => {
    const steps = levels.map(
      (level) => `<level id="${level.id}" share="${level.share}"><text>${xmlText(level.title)}</text></level>`,
    )
    return `<criterion id="${xmlAttribute(id)}" weight="${weight}"><text>${xmlText(title)}</text>${steps.join('')}</criterion>`
  })
  return `<rubric>${criteria.join('')}</rubric>`
}

function lossesOf(question: Question, place: number, bytesOf: PictureBytes): ExportLoss[] {
  const kinds: ExportLoss['kind'][] = []
  if (question.type === 'essay' && question.rubric) kinds.push('rubric')
  if (question.type !== 'essay' && !question.required) kinds.push('optional')
  if (question.type === 'short_answer') {
    if (!question.accentsMatter) kinds.push('accents')
    if (!isNumerical(question) && question.accepted.some((one) => 'min' in one)) kinds.push('rangeBesideTexts')
  }
  if (picturesOf(question).some((image) => bytesOf(image) === undefined)) kinds.push('pictureMissing')
  return kinds.map((kind) => ({ question: place, kind }))
}

/** The pictures that a question and its options show. */
export function picturesOf(question: Question): string[] {
  const options = question.type === 'multiple_choice' ? question.options.flatMap(({ picture }) => picture ?? []) : []
  return [...(question.images ?? []), ...options].map(({ image }) => image)
}
