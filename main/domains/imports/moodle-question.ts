import { Question } from '../../../shared/contract/questions.ts'
import { changed, type Finding, skipped } from './finding.ts'
import type { MarkupLosses } from './markup.ts'
import { answersOf, isYes } from './moodle-answers.ts'
import type { MoodleTexts } from './moodle-texts.ts'
import { ownName } from './question-name.ts'
import { childNamed, childrenNamed, textWithin, type XmlElement } from './xml.ts'

const mostPictures = 6

/** Our question for one of a Moodle XML file. Without one, the findings say why. */
export function questionFrom(
  element: XmlElement,
  category: string | undefined,
  texts: MoodleTexts,
): { question?: Question; findings: Finding[] } {
  const { answers, findings } = answersOf(element, texts)
  if (!answers) return { findings }
  const { text, pictures } = texts.read(childNamed(element, 'questiontext'))
  for (const _ of pictures.slice(mostPictures)) texts.lose('')
  const name = textWithin(childNamed(childNamed(element, 'name'), 'text'))
  const shownText = text || (pictures.length > 0 ? pictures[0]?.alt.trim() || name : '')
  const { points, rounding } = pointsOf(element)
  const tags = tagsOf(element)
  const checked = Question.safeParse({
    ...answers,
    text: shownText,
    points,
    required: isYes(element, 'required', isYes(element, 'responserequired', true)),
    feedback: texts.readText(childNamed(element, 'generalfeedback')) || undefined,
    name: ownName(name, shownText),
    category,
    tags: tags.length > 0 ? tags : undefined,
    images: pictures.length > 0 ? pictures.slice(0, mostPictures) : undefined,
  })
  const losses = texts.takeLosses()

  const obstacle = findings.find((finding) => finding.effect === 'skipped')
  if (obstacle) return { findings: [obstacle] }
  if (!checked.success) return { findings: [unusable(checked.error.issues[0], losses)] }
  return {
    question: checked.data,
    findings: [...findings, ...rounding, ...unmapped(element, texts), ...changesBy(losses)],
  }
}

/** Half a point cannot be given here; something is never rounded to nothing. */
function pointsOf(element: XmlElement): { points: number; rounding: Finding[] } {
  const written = textWithin(childNamed(element, 'defaultgrade')).trim()
  if (written === '') return { points: 1, rounding: [] }
  const grade = Number(written)
  const points = grade > 0 ? Math.max(1, Math.round(grade)) : grade
  return { points, rounding: points === grade ? [] : [changed('partialCreditRounded', `${grade} → ${points}`)] }
}

function tagsOf(element: XmlElement): string[] {
  const written = ['tags', 'coursetags'].flatMap((name) => childrenNamed(childNamed(element, name), 'tag'))
  const tags = written.map((tag) => textWithin(childNamed(tag, 'text')).trim().slice(0, 50).toWellFormed().trim())
  return [...new Set(tags)].filter((tag) => tag !== '').slice(0, 20)
}

const combined = ['correctfeedback', 'partiallycorrectfeedback', 'incorrectfeedback']
/** What Moodle writes into every question by itself; it says no more than the result does. */
const usual =
  /^(Your answer is (partially )?(in)?correct|Votre réponse est (partiellement )?(in)?correcte|إجابتك (صحيحة( جزئيا)?|خاطئة|غير صحيحة))?\.?$/

/** What every answer of a kind is told, and help between two tries, which there are not here. */
function unmapped(element: XmlElement, texts: MoodleTexts): Finding[] {
  const said = combined.filter((name) => !usual.test(texts.readText(childNamed(element, name)).trim()))
  const hints = childNamed(element, 'hint') ? ['hint'] : []
  texts.takeLosses()
  return [...said, ...hints].map((name) => changed('unsupportedType', name))
}

export function unusable(issue: { path: PropertyKey[]; message: string } | undefined, losses: MarkupLosses): Finding {
  if (losses.images.length > 0 && issue?.path.at(-1) === 'text') return skipped('imageDropped', named(losses.images))
  return skipped('invalidQuestion', `${issue?.path.join('.')}: ${issue?.message}`)
}

export function changesBy({ markup, images }: MarkupLosses): Finding[] {
  const changes: Finding[] = []
  if (markup.size > 0) changes.push(changed('markupSimplified', [...markup].join(', ')))
  if (images.length > 0) changes.push(changed('imageDropped', named(images)))
  return changes
}

function named(images: string[]): string {
  return images.filter((name) => name !== '').join(', ')
}
