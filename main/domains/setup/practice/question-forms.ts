import type { AcceptedAnswer, ChoiceOption, Question } from '../../../../shared/contract/questions.ts'

type Option = string | Pick<ChoiceOption, 'text' | 'credit' | 'feedback'>
type Extra = Partial<Pick<Question, 'points' | 'required' | 'feedback' | 'name'>>

/** One of several; plain texts are wrong. */
export function choice(text: string, options: Option[], extra: Extra = {}): Question {
  return { ...common(text, 2, extra), type: 'multiple_choice', selection: 'one', options: options.map(lettered) }
}

/** Several of several; plain texts are worth nothing and cost nothing. */
export function choices(text: string, options: Option[], extra: Extra = {}): Question {
  return { ...common(text, 3, extra), type: 'multiple_choice', selection: 'many', options: options.map(lettered) }
}

export function right(text: string, feedback?: string): Option {
  return { text, credit: 100, feedback }
}

export function wrong(text: string, feedback: string): Option {
  return { text, credit: 0, feedback }
}

/** `credit` in percent; negative costs points. */
export function worth(credit: number, text: string): Option {
  return { text, credit }
}

export function trueFalse(text: string, correct: boolean, feedback?: string): Question {
  return { ...common(text, 1, { feedback }), type: 'true_false', correct }
}

export function words(text: string, accepted: string[], extra: Extra = {}): Question {
  return {
    ...common(text, 2, extra),
    type: 'short_answer',
    accepted: accepted.map((one) => ({ text: one, credit: 100 })),
  }
}

export function number(
  text: string,
  ranges: [min: number, max: number, credit?: number][],
  extra: Extra = {},
): Question {
  const accepted = ranges.map(([min, max, credit = 100]): AcceptedAnswer => ({ min, max, credit }))
  return { ...common(text, 2, extra), type: 'short_answer', accepted }
}

export function essay(text: string, extra: Extra = {}): Question {
  return { ...common(text, 5, extra), type: 'essay' }
}

function common(text: string, points: number, extra: Extra) {
  return { text, points, required: false, ...extra }
}

function lettered(option: Option, index: number): ChoiceOption {
  const id = String.fromCharCode('a'.charCodeAt(0) + index)
  return typeof option === 'string' ? { id, text: option, credit: 0 } : { id, ...option }
}
