import type { Question, QuestionType } from '../../../../shared/contract/questions.ts'

/** The empty form of a question. */
export function newQuestion(type: QuestionType): Question {
  const shared = { text: '', points: 1, required: true }
  switch (type) {
    case 'multiple_choice':
      return {
        type,
        ...shared,
        selection: 'one',
        options: ['a', 'b', 'c'].map((id) => ({ id, text: '', credit: 0 })),
      }
    case 'true_false':
      return { type, ...shared, correct: true }
    case 'short_answer':
      return { type, ...shared, accepted: [{ text: '', credit: 100 }] }
    case 'essay':
      return { type, ...shared, points: 5 }
  }
}
