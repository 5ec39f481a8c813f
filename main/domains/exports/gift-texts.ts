import type { Question } from '../../../shared/contract/questions.ts'
import { mayHoldHtml } from '../imports/markup.ts'

/** A text in which nothing means more than itself; line breaks are spelled. */
export function spelledText(text: string): string {
  return spelled(text.replaceAll('\0', '').toWellFormed()).replace(/\r\n|[\n\r]/g, '\\n')
}

export function spelled(text: string): string {
  return text.replace(/[\\~=#{}:]/g, '\\$&')
}

export function oneLine(text: string): string {
  return text.replaceAll('\0', '').toWellFormed().replace(/\s+/g, ' ').trim()
}

/** Whether a text would be read as markup, or as a sign of the format at its beginning. */
export function isMisread(text: string): boolean {
  return mayHoldHtml(text) || /^\s*(?:\[|\/\/|%|\$CATEGORY)/.test(text)
}

/** All texts of a question are plain when its own text is. */
export function needsPlain(question: Question): boolean {
  const { text, feedback = '' } = question
  return [text, feedback, ...textsOf(question)].some(isMisread)
}

function textsOf(question: Question): string[] {
  switch (question.type) {
    case 'multiple_choice':
      return question.options.flatMap((option) => [option.text, option.feedback ?? ''])
    case 'short_answer':
      return question.accepted.flatMap((one) => ['text' in one ? one.text : '', one.feedback ?? ''])
    case 'true_false':
      return [question.feedbackTrue ?? '', question.feedbackFalse ?? '']
    case 'essay':
      return []
  }
}
