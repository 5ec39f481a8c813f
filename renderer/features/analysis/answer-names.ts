import { useTranslation } from 'react-i18next'
import type { Question } from '../../../shared/contract/questions.ts'

/** What a line of the table of answers is called. */
export function useAnswerNames(question: Question): (answer: string) => string {
  const { t } = useTranslation('analysis')
  const options = question.type === 'multiple_choice' ? question.options : []
  return (answer) => {
    const option = options.find(({ id }) => id === answer)
    if (option) return option.text
    if (answer === 'true' || answer === 'false') return t(`answer.${answer}`)
    if (answer === 'empty') return t('answer.empty')
    return acceptedName(question, answer) ?? t('answer.other')
  }
}

function acceptedName(question: Question, answer: string): string | undefined {
  const [, place] = /^accepted:(\d+)$/.exec(answer) ?? []
  if (place === undefined || question.type !== 'short_answer') return undefined
  const accepted = question.accepted[Number(place)]
  if (!accepted) return undefined
  if ('text' in accepted) return accepted.text
  return accepted.min === accepted.max ? String(accepted.min) : `${accepted.min} – ${accepted.max}`
}
