import { Question } from '../../../shared/contract/questions.ts'
import { categoryPath } from './category-path.ts'
import { changed, type Finding, skipped } from './finding.ts'
import { acceptedFrom } from './gift-accepted.ts'
import type { GiftBlock } from './gift-blocks.ts'
import { choicesFrom } from './gift-choices.ts'
import type { Gift, GiftQuestion, GiftText } from './gift-parser.ts'
import { remarksIn } from './gift-remarks.ts'
import type { MarkupLosses, MarkupReader } from './markup.ts'

type Answerable = Exclude<GiftQuestion, Gift<'Matching'> | Gift<'Description'>>

/** Our question for one of a GIFT file. Without one, the findings say why. */
export function questionFrom(
  gift: GiftQuestion,
  heading: Pick<GiftBlock, 'comments' | 'category'>,
  reader: MarkupReader,
): { question?: Question; findings: Finding[] } {
  if (gift.type === 'Matching' || gift.type === 'Description') {
    return { findings: [skipped('unsupportedType', gift.type.toLowerCase())] }
  }
  const { answers, findings } = answersOf(gift, reader)
  const { category } = categoryPath(heading.category ?? '')
  const checked = Question.safeParse({
    ...answers,
    text: textOf(gift.stem, reader),
    points: 1,
    required: true,
    feedback: reader.readOptional(gift.globalFeedback),
    name: nameOf(gift.title),
    category: category?.toWellFormed().replaceAll('\0', ''),
    ...remarksIn(heading.comments, gift.type),
  })
  const losses = reader.takeLosses()

  const obstacle = findings.find((finding) => finding.effect === 'skipped')
  if (obstacle) return { findings: [obstacle] }
  if (!checked.success) return { findings: [unusable(checked.error.issues[0], losses)] }
  return { question: checked.data, findings: [...findings, ...changesBy(losses)] }
}

interface Answers {
  answers: object
  findings: Finding[]
}

function answersOf(gift: Answerable, reader: MarkupReader): Answers {
  switch (gift.type) {
    case 'MC':
      return choicesFrom(gift, reader)
    case 'Short':
    case 'Numerical':
      return acceptedFrom(gift, reader)
    case 'TF':
      return { answers: trueFalse(gift, reader), findings: [] }
    case 'Essay':
      return { answers: { type: 'essay' }, findings: [] }
  }
}

/** What a wrong answer is told stands first. */
function trueFalse(gift: Gift<'TF'>, reader: MarkupReader) {
  const forWrong = reader.readOptional(gift.trueFeedback)
  const forRight = reader.readOptional(gift.falseFeedback)
  const [feedbackTrue, feedbackFalse] = gift.isTrue ? [forRight, forWrong] : [forWrong, forRight]
  return { type: 'true_false', correct: gift.isTrue, feedbackTrue, feedbackFalse }
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
