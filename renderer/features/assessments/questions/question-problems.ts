import type { AcceptedAnswer, ChoiceOption, Question, Rubric } from '../../../../shared/contract/questions.ts'
import { fold } from '../../../../shared/fold.ts'

type ShortAnswer = Extract<Question, { type: 'short_answer' }>

/** What is wrong with a question: the field it is shown at, and the sentence in the `assessments` texts under `problem`. */
export interface QuestionProblem {
  /** `text`, `points`, `options`, `option.<id>`, `accepted`, `accepted.<index>`, `rubric`, or `criterion.<id>`. */
  field: string
  key: (typeof problemKeys)[number]
}

export const problemKeys = [
  'textMissing',
  'textTooLong',
  'pointsMissing',
  'optionEmpty',
  'optionTwice',
  'creditMissing',
  'optionsTooFew',
  'noRightOption',
  'creditsBelowFull',
  'answerEmpty',
  'answerTwice',
  'rangeMissing',
  'rangeUpsideDown',
  'noFullAnswer',
  'wildcardTakesAll',
  'criterionEmpty',
  'levelEmpty',
  'weightMissing',
  'noFullLevel',
  'weightsNotFull',
] as const

/** In the order of the form. An empty list: the core takes the question as it is. */
export function problemsIn(question: Question): QuestionProblem[] {
  return [...textProblems(question.text), ...keyProblems(question), ...pointsProblems(question.points)]
}

function textProblems(text: string): QuestionProblem[] {
  if (text.trim() === '') return [{ field: 'text', key: 'textMissing' }]
  return text.trim().length > 20_000 ? [{ field: 'text', key: 'textTooLong' }] : []
}

/** A number field that was emptied holds NaN. */
function pointsProblems(points: number): QuestionProblem[] {
  return Number.isInteger(points) && points >= 0 && points <= 1000 ? [] : [{ field: 'points', key: 'pointsMissing' }]
}

function keyProblems(question: Question): QuestionProblem[] {
  if (question.type === 'multiple_choice') return choiceProblems(question.options, question.selection)
  if (question.type === 'short_answer') return acceptedProblems(question)
  if (question.type === 'essay') return rubricProblems(question.rubric ?? [])
  return []
}

function choiceProblems(options: readonly ChoiceOption[], selection: 'one' | 'many'): QuestionProblem[] {
  const problems: QuestionProblem[] = []
  for (const [index, option] of options.entries()) {
    const key = optionProblem(option, options.slice(0, index))
    if (key) problems.push({ field: `option.${option.id}`, key })
  }
  if (options.length < 2) problems.push({ field: 'options', key: 'optionsTooFew' })
  const best = bestCredit(options, selection)
  if (best <= 0) problems.push({ field: 'options', key: 'noRightOption' })
  else if (best < 99.99) problems.push({ field: 'options', key: 'creditsBelowFull' })
  return problems
}

/** Percent of the points that the best possible answer gets. */
export function bestCredit(options: readonly ChoiceOption[], selection: 'one' | 'many'): number {
  const credits = options.map((option) => option.credit).filter(Number.isFinite)
  if (selection === 'one') return Math.max(0, ...credits)
  return credits.filter((credit) => credit > 0).reduce((sum, credit) => sum + credit, 0)
}

/** Unlike short answers, options that differ in case or accents are different to the eye. */
function optionProblem(
  { text, credit }: ChoiceOption,
  earlier: readonly ChoiceOption[],
): QuestionProblem['key'] | null {
  if (text.trim() === '') return 'optionEmpty'
  if (earlier.some((other) => other.text.trim() === text.trim())) return 'optionTwice'
  return Number.isFinite(credit) ? null : 'creditMissing'
}

function acceptedProblems({ accepted, ...spelling }: ShortAnswer): QuestionProblem[] {
  const problems: QuestionProblem[] = []
  for (const [index, answer] of accepted.entries()) {
    const key = acceptedProblem(answer, accepted.slice(0, index), spelling)
    if (key) problems.push({ field: `accepted.${index}`, key })
  }
  if (!accepted.some((answer) => answer.credit > 99.99)) problems.push({ field: 'accepted', key: 'noFullAnswer' })
  return problems
}

function acceptedProblem(
  answer: AcceptedAnswer,
  earlier: readonly AcceptedAnswer[],
  spelling: Pick<ShortAnswer, 'caseMatters' | 'accentsMatter'>,
): QuestionProblem['key'] | null {
  if (!Number.isFinite(answer.credit)) return 'creditMissing'
  if (!('text' in answer)) {
    if (!Number.isFinite(answer.min) || !Number.isFinite(answer.max)) return 'rangeMissing'
    return answer.min > answer.max ? 'rangeUpsideDown' : null
  }
  if (answer.text.trim() === '') return 'answerEmpty'
  if (answer.wildcard && answer.credit > 0 && /^[*\s]+$/.test(answer.text)) return 'wildcardTakesAll'
  const spelt = fold(answer.text, spelling)
  return earlier.some((other) => 'text' in other && fold(other.text, spelling) === spelt) ? 'answerTwice' : null
}

function rubricProblems(rubric: Rubric): QuestionProblem[] {
  const problems: QuestionProblem[] = []
  for (const criterion of rubric) {
    const key = criterionProblem(criterion)
    if (key) problems.push({ field: `criterion.${criterion.id}`, key })
  }
  const sum = rubric.reduce((total, { weight }) => total + weight, 0)
  if (rubric.length > 0 && !(Math.abs(sum - 100) < 0.01)) problems.push({ field: 'rubric', key: 'weightsNotFull' })
  return problems
}

function criterionProblem({ title, weight, levels }: Rubric[number]): QuestionProblem['key'] | null {
  if (title.trim() === '') return 'criterionEmpty'
  if (!Number.isFinite(weight) || levels.some(({ share }) => !Number.isFinite(share))) return 'weightMissing'
  if (levels.some((level) => level.title.trim() === '')) return 'levelEmpty'
  return levels.some(({ share }) => share === 100) ? null : 'noFullLevel'
}
