import { Question } from '../../../shared/contract/questions.ts'
import { changed, type Finding, skipped } from './finding.ts'
import { shortfall } from './gift-credits.ts'
import { changesBy, unusable } from './moodle-question.ts'
import { acceptedBy, inOneCase } from './qti-accepted.ts'
import { choicesFrom, type ReadAnswers } from './qti-choices.ts'
import { worthOf } from './qti-credits.ts'
import { type Feedback, feedbackOf } from './qti-feedback.ts'
import { qtiRubricFrom } from './qti-rubric.ts'
import { type Scoring, scoringOf } from './qti-scoring.ts'
import type { QtiTexts } from './qti-texts.ts'
import { attribute, descendants } from './qti-xml.ts'
import { ownName } from './question-name.ts'
import { childNamed, childrenNamed, textWithin, type XmlElement, type XmlNode } from './xml.ts'

const mostPictures = 6
const readable = new Set([
  'choiceInteraction',
  'inlineChoiceInteraction',
  'textEntryInteraction',
  'extendedTextInteraction',
])

/** What a package says about an item outside the item. */
export interface Filing {
  category?: string | undefined
  tags?: string[] | undefined
}

/** Our question for an item in the spelling of QTI 2. Without one, the findings say why. */
export function questionFrom(
  item: XmlElement,
  filing: Filing,
  texts: QtiTexts,
): { question?: Question; findings: Finding[] } {
  const body = childNamed(item, 'itemBody')
  const interactions = body ? interactionsIn(body) : []
  const [interaction, ...others] = interactions
  if (!body || !interaction) return { findings: [skipped('unsupportedType', 'no interaction')] }
  if (others.length > 0) return { findings: [skipped('unsupportedType', interactions.map(placed).join(', '))] }
  if (!readable.has(interaction.name)) return { findings: [skipped('unsupportedType', placed(interaction))] }

  const scoring = scoringOf(item, attribute(interaction, 'responseIdentifier') ?? 'RESPONSE')
  const identifiers = answerIdentifiers(interaction, item)
  const feedback = feedbackOf(item, identifiers, texts)
  const { answers, points, findings } = answersOf(interaction, body, scoring, texts, feedback)
  const { text, pictures } = texts.read(body, (element, parent) => instead(element, parent, interaction))
  for (const _ of pictures.slice(mostPictures)) texts.lose('')
  const title = attribute(item, 'title') ?? ''
  const shownText = text || (pictures.length > 0 ? pictures[0]?.alt.trim() || title : '')
  const whole = points > 0 ? Math.max(1, Math.round(points)) : 0
  const checked = Question.safeParse({
    ...answers,
    text: shownText,
    points: whole,
    required: attribute(interaction, 'data-required') !== 'false',
    feedback: feedback.general(),
    name: ownName(title, shownText),
    ...filing,
    images: pictures.length > 0 ? pictures.slice(0, mostPictures) : undefined,
  })
  const losses = texts.takeLosses()

  const obstacle = findings.find((finding) => finding.effect === 'skipped')
  if (obstacle) return { findings: [obstacle] }
  if (!checked.success) return { findings: [unusable(checked.error.issues[0], losses)] }
  const rounding = whole === points ? [] : [changed('partialCreditRounded', `${points} → ${whole}`)]
  const rules = scoring.unknown.map((rule) => changed('unsupportedType', `responseProcessing: ${rule}`))
  return { question: checked.data, findings: [...findings, ...rounding, ...rules, ...changesBy(losses)] }
}

function placed({ name, line }: XmlElement): string {
  return `${name} in line ${line}`
}

function interactionsIn(element: XmlElement): XmlElement[] {
  return element.children.flatMap((child) => {
    if (typeof child === 'string') return []
    return child.name.endsWith('Interaction') ? [child] : interactionsIn(child)
  })
}

/** Identifiers under which feedback belongs to one answer; our own files call the answers of a text entry A0, A1, … */
function answerIdentifiers(interaction: XmlElement, item: XmlElement): Set<string> {
  const choices = descendants(interaction, new Set(['simpleChoice', 'inlineChoice']))
  const told = childrenNamed(item, 'modalFeedback').map((one) => attribute(one, 'identifier') ?? '')
  const numbered = interaction.name === 'textEntryInteraction' ? told.filter((one) => /^A\d+$/.test(one)) : []
  return new Set([...choices.map((choice) => attribute(choice, 'identifier') ?? ''), ...numbered])
}

function answersOf(
  interaction: XmlElement,
  body: XmlElement,
  scoring: Scoring,
  texts: QtiTexts,
  feedback: Feedback,
): ReadAnswers {
  if (interaction.name === 'textEntryInteraction') return entryFrom(interaction, scoring, feedback)
  if (interaction.name !== 'extendedTextInteraction') return choicesFrom(interaction, scoring, texts, feedback)
  const blocks = descendants(body, new Set(['rubricBlock'])).filter(isForScorers)
  const rubric = blocks.find((block) => attribute(block, 'data-rubric') === 'true')
  const samples = blocks.filter((block) => block !== rubric).map((block) => texts.readText(block))
  const sampleAnswer = samples.filter((text) => text !== '').join('\n\n') || undefined
  return {
    answers: { type: 'essay', sampleAnswer, rubric: rubric && qtiRubricFrom(rubric) },
    points: scoring.stated ?? 1,
    findings: [],
  }
}

function isForScorers(block: XmlElement): boolean {
  return /\bscorer\b/.test(attribute(block, 'view') ?? '')
}

function entryFrom(interaction: XmlElement, scoring: Scoring, feedback: Feedback): ReadAnswers {
  const { answers, findings } = acceptedBy(scoring)
  const { points, creditFor } = worthOf(scoring, Math.max(0, ...answers.map(({ value }) => value)))
  const accepted = answers.map(({ expected, value }, index) => ({
    ...expected,
    credit: creditFor(value),
    feedback: feedback.forAnswer(`A${index}`),
  }))
  const isStrict = attribute(interaction, 'data-case-matters') === 'true'
  const { caseMatters, findings: caseFindings } = isStrict ? strict : inOneCase(answers)
  const accentsMatter = attribute(interaction, 'data-accents-matter') === 'true' || undefined
  const best = Math.max(0, ...accepted.map(({ credit }) => credit))
  return {
    answers: { type: 'short_answer', accepted, caseMatters, accentsMatter },
    points,
    findings: [...findings, ...caseFindings, ...shortfall(best)],
  }
}

const strict = { caseMatters: true as const, findings: [] }

/** The text of a question is its body without what is asked, answered or told later. */
function instead(element: XmlElement, parent: XmlElement, interaction: XmlElement): XmlNode[] | undefined {
  if (element.name === 'rubricBlock') return isForScorers(element) ? [] : undefined
  if (element.name === 'feedbackBlock' || element.name === 'feedbackInline') return []
  if (element !== interaction) return undefined
  if (element.name.startsWith('inline') || element.name === 'textEntryInteraction') {
    return parent.children.every((child) => child === element || (typeof child === 'string' && child.trim() === ''))
      ? []
      : ['_____']
  }
  const prompt = childNamed(element, 'prompt')
  return prompt ? [{ ...prompt, name: 'div' }] : []
}

export function titleOf(item: XmlElement): string {
  return attribute(item, 'title') || attribute(item, 'identifier') || textWithin(childNamed(item, 'itemBody')).trim()
}
