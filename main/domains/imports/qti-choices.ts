import type { ChoiceOption } from '../../../shared/contract/questions.ts'
import { optionId } from './choices.ts'
import { changed, type Finding } from './finding.ts'
import { shortfall, sumOfPositive } from './gift-credits.ts'
import { worthOf } from './qti-credits.ts'
import type { Feedback } from './qti-feedback.ts'
import type { Scoring } from './qti-scoring.ts'
import type { QtiTexts } from './qti-texts.ts'
import { attribute } from './qti-xml.ts'
import { childrenNamed, type XmlElement } from './xml.ts'

export interface ReadAnswers {
  answers: object
  /** Most points, as the item has them. */
  points: number
  findings: Finding[]
}

/** Our choice for the interaction of an item in the spelling of QTI 2. */
export function choicesFrom(
  interaction: XmlElement,
  scoring: Scoring,
  texts: QtiTexts,
  feedback: Feedback,
): ReadAnswers {
  const choices = childrenNamed(interaction, interaction.name === 'choiceInteraction' ? 'simpleChoice' : 'inlineChoice')
  const selection = interaction.name === 'choiceInteraction' && picksMany(interaction, scoring) ? 'many' : 'one'
  const identifiers = choices.map((choice) => attribute(choice, 'identifier') ?? '')
  const { points, credits, findings } = creditsOf(identifiers, selection, scoring)
  const options = choices.map((choice, index): ChoiceOption => {
    const { text, pictures } = texts.read(choice, (element) => (element.name.startsWith('feedback') ? [] : undefined))
    for (const _ of pictures.slice(1)) texts.lose('')
    const [picture] = pictures
    const id = optionId(index)
    const named = text || (picture ? picture.alt.trim() || id.toUpperCase() : '')
    return {
      id,
      text: named,
      picture,
      credit: credits[index] ?? 0,
      feedback: feedback.forAnswer(identifiers[index] ?? ''),
    }
  })

  const fixed = choices.filter((choice) => attribute(choice, 'fixed') === 'true').length
  const isShuffled = attribute(interaction, 'shuffle') === 'true' && fixed < choices.length
  if (isShuffled && fixed > 0) findings.push(changed('unsupportedType', 'fixed'))
  const truth = truthIn(interaction, options, selection)
  const keepOrder = isShuffled ? undefined : true
  return { answers: truth ?? { type: 'multiple_choice', selection, options, keepOrder }, points, findings }
}

function picksMany(interaction: XmlElement, scoring: Scoring): boolean {
  const most = attribute(interaction, 'maxChoices')
  return scoring.isMultiple || (most !== undefined && Number(most) !== 1)
}

function creditsOf(identifiers: string[], selection: 'one' | 'many', scoring: Scoring) {
  if (scoring.uses === 'correct') return allOrNothing(identifiers, selection, scoring)
  const values = identifiers.map((identifier) => valueOf(identifier, scoring))
  const best = selection === 'many' ? sumOfPositive(values) : Math.max(0, ...values)
  const { points, creditFor } = worthOf(scoring, best)
  const credits = values.map(creditFor)
  return {
    points,
    credits,
    findings: shortfall(selection === 'many' ? sumOfPositive(credits) : Math.max(0, ...credits)),
  }
}

function valueOf(identifier: string, scoring: Scoring): number {
  if (scoring.uses === 'mapping')
    return scoring.entries.find(({ key }) => key === identifier)?.value ?? scoring.otherwise
  const names = (test: XmlElement): string[] =>
    test.children.flatMap((child) => (typeof child === 'string' ? child.trim() : names(child)))
  return scoring.conditions.find(({ test }) => names(test).includes(identifier))?.value ?? 0
}

/** Where only the whole set is right, each right option earns its share here and each wrong one takes all away. */
function allOrNothing(identifiers: string[], selection: 'one' | 'many', scoring: Scoring) {
  const right = identifiers.filter((identifier) => scoring.correct.includes(identifier))
  const { points } = worthOf(
    { ...scoring, factor: undefined },
    Math.max(0, ...scoring.conditions.map(({ value }) => value)),
  )
  if (selection === 'one' || right.length === 0) {
    const credits = identifiers.map((identifier) => (right.includes(identifier) ? 100 : 0))
    return { points, credits, findings: shortfall(right.length > 0 ? 100 : 0) }
  }
  const each = Math.round((100 / right.length) * 1e5) / 1e5
  const credits = identifiers.map((identifier) => (right.includes(identifier) ? each : -100))
  const findings = right.length > 1 ? [changed('partialCreditRounded', 'all or nothing → shares')] : []
  return { points, credits, findings }
}

const yes = /^(true|vrai|wahr|verdadero|vero|صح|صواب|صحيح)\.?$/i
const no = /^(false|faux|falsch|falso|خطأ|خاطئ)\.?$/i

/** `data-question-type` is how our own files tell; elsewhere two options that can be nothing else are true and false. */
function truthIn(interaction: XmlElement, options: ChoiceOption[], selection: string) {
  const told = attribute(interaction, 'data-question-type')
  if (told !== undefined && told !== 'true-false') return undefined
  const [first, second] = options
  if (!first || !second || options.length !== 2 || selection === 'many' || first.picture || second.picture)
    return undefined
  const isTurned = no.test(first.text) && yes.test(second.text)
  if (!isTurned && !(yes.test(first.text) && no.test(second.text))) return undefined
  const [truth, lie] = isTurned ? [second, first] : [first, second]
  if (![truth.credit, lie.credit].toSorted((a, b) => a - b).every((credit, index) => credit === index * 100))
    return undefined
  return {
    type: 'true_false',
    correct: truth.credit === 100,
    feedbackTrue: truth.feedback,
    feedbackFalse: lie.feedback,
  }
}
