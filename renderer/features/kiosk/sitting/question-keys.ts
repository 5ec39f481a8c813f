import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { PaperQuestion } from '../../../../shared/contract/delivery.ts'
import { optionsOf, withTouched } from '../../../ui/question/answer.ts'
import { optionOfKey } from '../../../ui/question/option-letters.ts'

/** Digits and letters choose options, unless somebody is writing or a dialog is open. */
export function useQuestionKeys(
  question: PaperQuestion | undefined,
  answer: string,
  onAnswer: (answer: string) => void,
) {
  const { i18n } = useTranslation()
  const choose = useEffectEvent((event: KeyboardEvent) => {
    if (!question || event.ctrlKey || event.altKey || event.metaKey || event.repeat || isTakenElsewhere(event)) return
    const index = optionOfKey(event, i18n.language)
    const option = index === undefined ? undefined : optionsOf(question)[index]
    if (!option) return
    event.preventDefault()
    onAnswer(withTouched(question, answer, option.value))
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => choose(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}

/** Alt with an arrow turns in the direction of the arrow as it is read; Page Up and Page Down do it too. */
export function useTurningKeys(turn: (step: -1 | 1) => void) {
  const { i18n } = useTranslation()
  const press = useEffectEvent((event: KeyboardEvent) => {
    const step = stepOf(event, i18n.dir() === 'rtl')
    if (!step || document.querySelector('[role="dialog"]')) return
    event.preventDefault()
    turn(step)
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}

function stepOf(event: Pick<KeyboardEvent, 'key' | 'altKey' | 'target'>, isRightToLeft: boolean): -1 | 1 | null {
  if (event.altKey && event.key === 'ArrowLeft') return isRightToLeft ? 1 : -1
  if (event.altKey && event.key === 'ArrowRight') return isRightToLeft ? -1 : 1
  if (event.altKey || event.target instanceof HTMLTextAreaElement) return null
  if (event.key === 'PageUp') return -1
  return event.key === 'PageDown' ? 1 : null
}

function isTakenElsewhere({ target }: KeyboardEvent): boolean {
  if (document.querySelector('[role="dialog"], [role="menu"]')) return true
  if (target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && target.type !== 'radio' && target.type !== 'checkbox'
}
