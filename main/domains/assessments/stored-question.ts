import { type ChoiceOption, Question } from '../../../shared/contract/questions.ts'
import type { JsonStructure, JsonValue } from '../../database/tables.ts'

/**
 * A question in the columns of the seed. Everything that would give the answer away (the right options, credits, feedback)
 * is in `correct_answer` and `metadata`; `text` and `options` alone may be shown to a learner.
 */
interface QuestionColumns {
  text: string
  type: Question['type']
  options: { id: string; text: string }[] | null
  correct_answer: string | null
  points: number
  required: boolean
  category: string | null
  tags: string[] | null
  metadata: JsonStructure
}

export function toColumns(question: Question): QuestionColumns {
  const { text, type, points, required, name, category, tags, feedback, images } = question
  return {
    text,
    type,
    points,
    required,
    category: category ?? null,
    tags: tags ?? null,
    options: question.type === 'multiple_choice' ? question.options.map(shownPart) : null,
    correct_answer: keyOf(question),
    metadata: { name, feedback, images, ...ownFields(question) },
  }
}

function shownPart({ id, text, picture }: ChoiceOption) {
  return { id, text, picture }
}

/** What only this type of question has, beside its options and its key. */
function ownFields(question: Question): Record<string, JsonValue | undefined> {
  switch (question.type) {
    case 'multiple_choice':
      return { selection: question.selection, keepOrder: question.keepOrder }
    case 'true_false':
      return { feedbackTrue: question.feedbackTrue, feedbackFalse: question.feedbackFalse }
    case 'short_answer':
      return { caseMatters: question.caseMatters, accentsMatter: question.accentsMatter }
    case 'essay':
      return { rubric: question.rubric, sampleAnswer: question.sampleAnswer }
  }
}

export interface StoredQuestion {
  text: string
  type: Question['type']
  options: unknown
  correctAnswer: string | null
  points: number | null
  required: boolean | null
  category: string | null
  tags: unknown
  metadata: unknown
}

export function fromColumns({
  correctAnswer,
  options,
  metadata,
  category,
  tags,
  ...columns
}: StoredQuestion): Question {
  const key: unknown = correctAnswer === null ? null : JSON.parse(correctAnswer)
  return Question.parse({
    ...columns,
    ...(metadata as object | null),
    ...keyedFields(columns.type, key, options),
    category: category ?? undefined,
    tags: tags ?? undefined,
  })
}

/** The part of a question that says what is right, as JSON; null for essays. */
function keyOf(question: Question): string | null {
  switch (question.type) {
    case 'multiple_choice':
      return JSON.stringify(question.options.map(({ id, credit, feedback }) => ({ id, credit, feedback })))
    case 'true_false':
      return JSON.stringify(question.correct)
    case 'short_answer':
      return JSON.stringify(question.accepted)
    case 'essay':
      return null
  }
}

function keyedFields(type: Question['type'], key: unknown, options: unknown) {
  if (type === 'true_false') return { correct: key }
  if (type === 'short_answer') return { accepted: key }
  if (type === 'essay') return {}
  const shown = options as { id: string; text: string }[]
  const keys = key as { id: string }[]
  return { options: shown.map((option, index) => ({ ...option, ...keys[index] })) }
}
