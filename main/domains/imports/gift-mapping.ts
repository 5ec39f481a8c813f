import { Question } from '../../../shared/contract/questions.ts'
import { changed, type Finding, skipped } from './finding.ts'
import { acceptedFrom } from './gift-accepted.ts'
import { choicesFrom } from './gift-choices.ts'
import type { Gift, GiftQuestion, GiftText } from './gift-parser.ts'
import type { MarkupLosses, MarkupReader } from './markup.ts'

type Answerable = Exclude<GiftQuestion, Gift<'Matching'> | Gift<'Description'>>

/** Our question for one of a GIFT file. Without one, the findings say why. */
export function questionFrom(gift: GiftQuestion, reader: MarkupReader): { question?: Question; findings: Finding[] } {
  if (gift.type === 'Matching' || gift.type === 'Description') {
    return { findings: [skipped('unsupportedType', gift.type.toLowerCase())] }
  }
  const { answers, feedback, findings } = answersOf(gift, reader)
  const checked = Question.safeParse({
    ...answers,
    text: textOf(gift.stem, reader),
    points: 1,
    required: true,
    feedback: joined([reader.readOptional(gift.globalFeedback), ...feedback]),
    name: nameOf(gift.title),
  })
  const losses = reader.takeLosses()

  const obstacle = findings.find((finding) => finding.effect === 'skipped')
  if (obstacle) return { findings: [obstacle] }
  if (!checked.success) return { findings: [unusable(checked.error.issues[0], losses)] }
  return { question: checked.data, findings: [...findings, ...changesBy(losses)] }
}

interface Answers {
  answers: object
  /** For the question as a whole. */
  feedback: (string | undefined)[]
  findings: Finding[]
}

function answersOf(gift: Answerable, reader: MarkupReader): Answers {
  switch (gift.type) {
    case 'MC':
      return { ...choicesFrom(gift, reader), feedback: [] }
    case 'Short':
    case 'Numerical': {
      const { answers, feedback, findings } = acceptedFrom(gift, reader)
      return { answers, feedback: feedback.map((text) => marked('✗', text)), findings }
    }
    case 'TF':
      return {
        answers: { type: 'true_false', correct: gift.isTrue },
        feedback: trueFalseFeedback(gift, reader),
        findings: [],
      }
    case 'Essay':
      return { answers: { type: 'essay' }, feedback: [], findings: [] }
  }
}

/** Everybody reads all feedback of a question, so what is meant for one answer is marked as such in no language. */
function trueFalseFeedback(gift: Gift<'TF'>, reader: MarkupReader) {
  const forWrong = reader.readOptional(gift.trueFeedback)
  const forRight = reader.readOptional(gift.falseFeedback)
  return forRight === undefined ? [forWrong] : [marked('✗', forWrong), marked('✓', forRight)]
}

function marked(mark: string, text: string | undefined): string | undefined {
  return text === undefined ? undefined : `${mark} ${text}`
}

function joined(texts: (string | undefined)[]): string | undefined {
  return texts.filter((text) => text !== undefined).join('\n') || undefined
}

/** The parser puts a space behind the gap, even where the sentence ends with it. */
function textOf(stem: GiftText, reader: MarkupReader): string {
  return reader.read(stem).replace(/_____ (?=[.,)])/, '_____')
}

function nameOf(title: string | null): string | undefined {
  return title?.replace(/\s+/g, ' ').trim().slice(0, 255) || undefined
}

function unusable(issue: { path: PropertyKey[]; message: string } | undefined, { images }: MarkupLosses): Finding {
  if (images.length > 0 && issue?.path.at(-1) === 'text') return skipped('imageDropped', images.join(', '))
  return skipped('invalidQuestion', `${issue?.path.join('.')}: ${issue?.message}`)
}

function changesBy({ markup, images }: MarkupLosses): Finding[] {
  const changes: Finding[] = []
  if (markup.size > 0) changes.push(changed('markupSimplified', [...markup].join(', ')))
  if (images.length > 0) changes.push(changed('imageDropped', images.filter((name) => name !== '').join(', ')))
  return changes
}
