import type { AcceptedAnswer, ChoiceOption } from '../../../shared/contract/questions.ts'
import { optionId } from './choices.ts'
import { changed, type Finding, skipped } from './finding.ts'
import { textPattern } from './gift-accepted.ts'
import { shortfall, sumOfPositive } from './gift-credits.ts'
import { aroundNumber } from './gift-numbers.ts'
import { rubricFrom } from './moodle-rubric.ts'
import type { MoodleTexts } from './moodle-texts.ts'
import { childNamed, childrenNamed, textWithin, type XmlElement } from './xml.ts'

export interface Answers {
  /** What the question says beyond its text; undefined where its type is none of ours. */
  answers?: object
  findings: Finding[]
}

/** What a question of Moodle XML accepts, by its type. */
export function answersOf(question: XmlElement, texts: MoodleTexts): Answers {
  const type = question.attributes.get('type') ?? ''
  switch (type) {
    case 'multichoice':
      return choices(question, texts)
    case 'truefalse':
      return trueFalse(question, texts)
    case 'shortanswer':
    case 'numerical':
      return accepted(question, texts, type)
    case 'essay':
      return essay(question, texts)
    default:
      return { findings: [skipped('unsupportedType', type)] }
  }
}

function choices(question: XmlElement, texts: MoodleTexts): Answers {
  const selection = isYes(question, 'single', true) ? 'one' : 'many'
  const options = childrenNamed(question, 'answer').map((answer, index): ChoiceOption => {
    const { text, pictures } = texts.read(answer)
    for (const _ of pictures.slice(1)) texts.lose('')
    const [picture] = pictures
    const id = optionId(index)
    return {
      id,
      text: text || nameOfPicture(picture, id),
      picture,
      credit: creditOf(answer),
      feedback: told(answer, texts),
    }
  })
  const credits = options.map((option) => option.credit)
  const best = selection === 'many' ? sumOfPositive(credits) : Math.max(0, ...credits)
  const keepOrder = isYes(question, 'shuffleanswers', false) ? undefined : true
  return { answers: { type: 'multiple_choice', selection, options, keepOrder }, findings: shortfall(best) }
}

/** An option that is a picture only is called what the picture shows, or A, B, C. */
function nameOfPicture(picture: ChoiceOption['picture'], id: string): string {
  return picture ? picture.alt.trim() || id.toUpperCase() : ''
}

/** Old files hold the words of the author's language instead of `true` and `false`, true first. */
function trueFalse(question: XmlElement, texts: MoodleTexts): Answers {
  const [first, second, ...others] = childrenNamed(question, 'answer')
  if (!first || others.length > 0) return { findings: [skipped('noAnswer', '')] }
  const isTurned = answerText(first) === 'false' || (second && answerText(second) === 'true')
  const [yes, no] = isTurned ? [second, first] : [first, second]
  const correct = yes ? creditOf(yes) > 0 : creditOf(first) <= 0
  const answers = {
    type: 'true_false',
    correct,
    feedbackTrue: yes && told(yes, texts),
    feedbackFalse: no && told(no, texts),
  }
  return { answers, findings: [] }
}

function accepted(question: XmlElement, texts: MoodleTexts, type: 'shortanswer' | 'numerical'): Answers {
  const findings: Finding[] = []
  const answers = childrenNamed(question, 'answer').map((answer): AcceptedAnswer | undefined => {
    const text = answerText(answer)
    const rest = { credit: creditOf(answer), feedback: told(answer, texts) }
    const isNumber = type === 'numerical' ? text !== '*' : answer.attributes.has('min')
    if (!isNumber) return { ...textPattern(text), ...rest }
    const range = writtenRange(answer) ?? aroundNumber(text, textWithin(childNamed(answer, 'tolerance')))
    if (!range) findings.push(changed('invalidQuestion', `number: ${text}`))
    return range && { ...range, ...rest }
  })
  const units = childrenNamed(childNamed(question, 'units'), 'unit').map((unit) =>
    textWithin(childNamed(unit, 'unit_name')),
  )
  if (units.length > 0)
    findings.push(changed('unsupportedType', `unit: ${units.map((unit) => unit.trim()).join(', ')}`))

  const usable = answers.filter((answer) => answer !== undefined)
  return {
    answers: {
      type: 'short_answer',
      accepted: usable,
      caseMatters: isYes(question, 'usecase', false) || undefined,
      accentsMatter: isYes(question, 'accentsmatter', false) || undefined,
    },
    findings: [...findings, ...shortfall(Math.max(0, ...usable.map((answer) => answer.credit)))],
  }
}

function essay(question: XmlElement, texts: MoodleTexts): Answers {
  const findings: Finding[] = []
  if (texts.readText(childNamed(question, 'responsetemplate')) !== '') {
    findings.push(changed('unsupportedType', 'responsetemplate'))
  }
  if (Number(textWithin(childNamed(question, 'attachments'))) > 0)
    findings.push(changed('unsupportedType', 'attachments'))
  const sampleAnswer = texts.readText(childNamed(question, 'graderinfo')) || undefined
  const { rubric, finding } = rubricFrom(childNamed(question, 'rubric'))
  if (finding) findings.push(finding)
  return { answers: { type: 'essay', sampleAnswer, rubric }, findings }
}

function answerText(answer: XmlElement): string {
  const text = childNamed(answer, 'text')
  return (text ? textWithin(text) : answer.children.filter((child) => typeof child === 'string').join('')).trim()
}

function writtenRange(answer: XmlElement): { min: number; max: number } | undefined {
  const [min, max] = [answer.attributes.get('min'), answer.attributes.get('max')]
  return min === undefined || max === undefined ? undefined : { min: Number(min), max: Number(max) }
}

function creditOf(answer: XmlElement): number {
  const written = answer.attributes.get('fraction') ?? textWithin(childNamed(answer, 'fraction'))
  return Number(written.replace(',', '.')) || 0
}

function told(answer: XmlElement, texts: MoodleTexts): string | undefined {
  return texts.readText(childNamed(answer, 'feedback')) || undefined
}

/** Moodle reads everything but `false`, 0 and nothing as yes. */
export function isYes(question: XmlElement, name: string, otherwise: boolean): boolean {
  const child = childNamed(question, name)
  return child ? !['false', '0', ''].includes(textWithin(child).trim()) : otherwise
}
