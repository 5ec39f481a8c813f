import { useDebouncedCallback, useWindowEvent } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import type { FieldValues, UseFormReturn } from 'react-hook-form'
import { toastProblem } from '../../../lib/toast.ts'

export type SavingState = 'untouched' | 'waiting' | 'invalid' | 'saved' | 'failed'

export function isUnsaved(state: SavingState): boolean {
  return state === 'waiting' || state === 'invalid' || state === 'failed'
}

const pauseMs = 600

/** Saves a form after each pause in typing. It says `saved` only after the core did, and never about a newer text. */
export function useAutosave<Fields extends FieldValues>(
  form: UseFormReturn<Fields, unknown, Fields>,
  save: (fields: Fields) => Promise<unknown>,
  onState: (state: SavingState) => void,
) {
  const [state, setState] = useState<SavingState>('untouched')
  const [savedAt, setSavedAt] = useState<Date | null>(null)
  const [error, setError] = useState<unknown>(null)

  const isShown = useIsShown()
  useEffect(() => onState(state), [state, onState])

  const saveNow = form.handleSubmit(
    async (fields) => {
      const isStillShown = () => JSON.stringify(form.getValues()) === shown
      const shown = JSON.stringify(form.getValues())
      try {
        await save(fields)
        setSavedAt(new Date())
        if (isStillShown()) setState('saved')
      } catch (failure) {
        if (!isShown.current) toastProblem(failure)
        setError(failure)
        setState('failed')
      }
    },
    () => setState('invalid'),
  )
  const saveSoon = useDebouncedCallback(saveNow, { delay: pauseMs, flushOnUnmount: true })

  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: () => {
          setState('waiting')
          saveSoon()
        },
      }),
    [form, saveSoon],
  )
  useWindowEvent('beforeunload', (event) => {
    if (isUnsaved(state)) event.preventDefault()
  })
  return { state, savedAt, error, onSubmit: saveNow }
}

/** False once the form has left the screen, when nobody would see what it says. */
function useIsShown() {
  const isShown = useRef(true)
  useEffect(() => {
    isShown.current = true
    return () => {
      isShown.current = false
    }
  }, [])
  return isShown
}
