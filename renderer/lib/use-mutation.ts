import { replaceEqualDeep, useMutation as useEveryMutation } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'

/** Whoever presses twice is done by then. */
const doublePressMs = 500

/**
 * A mutation whose same call is made once, however often it is asked for while it is under way or just done: a button shows
 * that it is loading a moment too late for the second click of a double click. One that failed can be tried again at once.
 */
export const useMutation: typeof useEveryMutation = (options, queryClient) => {
  type Call = typeof mutation.mutateAsync
  const mutation = useEveryMutation(options, queryClient)
  const last = useRef<{ input: unknown; answer: ReturnType<Call> } | null>(null)
  const { mutateAsync: call } = mutation
  const mutateAsync = useCallback<Call>(
    (...given) => {
      const [input] = given
      if (last.current && isSame(last.current.input, input)) return last.current.answer
      const made = { input, answer: call(...given) }
      last.current = made
      const forget = () => {
        if (last.current === made) last.current = null
      }
      made.answer.then(() => setTimeout(forget, doublePressMs), forget)
      return made.answer
    },
    [call],
  )
  const mutate = useCallback<typeof mutation.mutate>(
    (...given) => {
      mutateAsync(...given).catch(() => undefined)
    },
    [mutateAsync],
  )
  return { ...mutation, mutate, mutateAsync }
}

function isSame(one: unknown, other: unknown): boolean {
  return replaceEqualDeep(one, other) === one
}
