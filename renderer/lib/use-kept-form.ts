import { useEffect } from 'react'
import type { FieldValues, Path, PathValue, UseFormReturn } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { Entry } from '../../shared/contract/unsaved.ts'
import { client } from './client.ts'
import { toast } from './toast.ts'
import { unfinishedDate } from './unfinished-date.ts'

const pauseMs = 300
/** The page may be gone before the pause is over. */
const leaving = [
  [document, 'visibilitychange'],
  [window, 'beforeunload'],
] as const

/**
 * What is typed into a form and not saved is kept by the core under this name, and comes back after a reload, a crash or a
 * lock of the screen. It is gone once the form holds what is saved: after saving it, and after `reset` when it is given up.
 */
export function useKeptForm<Values extends FieldValues, Context, Output>(
  { subscribe, setValue, getFieldState, getValues }: UseFormReturn<Values, Context, Output>,
  name: string,
) {
  const { t } = useTranslation()
  useEffect(() => {
    const keeper = entryKeeper(name)
    const stop = subscribe({
      formState: { values: true },
      callback: ({ values, defaultValues }) => keeper.note(changedIn(values, defaultValues ?? {})),
    })
    void keeper.read().then((entry) => {
      const known = new Set(Object.keys(getValues()))
      const back = Object.entries(entry).filter(
        ([field]) => known.has(field) && !getFieldState(field as Path<Values>).isDirty,
      )
      for (const [field, value] of back)
        setValue(field as Path<Values>, value as PathValue<Values, Path<Values>>, { shouldDirty: true })
      if (back.length > 0) toast(t('unsaved.back'))
    })
    const hurry = () => keeper.hurry()
    for (const [of, event] of leaving) of.addEventListener(event, hurry)
    return () => {
      stop()
      for (const [of, event] of leaving) of.removeEventListener(event, hurry)
      keeper.end()
    }
  }, [name, subscribe, setValue, getFieldState, getValues, t])
}

function changedIn(values: FieldValues, saved: FieldValues): Entry {
  // The field itself holds what is typed of an unfinished date, and nothing brings that back.
  const isChanged = ([field, value]: [string, unknown]) =>
    value !== unfinishedDate && JSON.stringify(value) !== JSON.stringify(saved[field])
  return Object.fromEntries(Object.entries(values).filter(isChanged)) as Entry
}

/** Sends what was typed after each pause of the typing, one call after the other. */
function entryKeeper(form: string) {
  let wanted: Entry | undefined
  let isKept = false
  let isOver = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let calls: Promise<unknown> = Promise.resolve()

  function send() {
    clearTimeout(timer)
    const entry = wanted
    wanted = undefined
    if (!entry) return
    const isNothing = Object.keys(entry).length === 0
    if (isNothing && !isKept) return
    isKept = !isNothing
    const call = () => (isNothing ? client.unsaved.forget({ form }) : client.unsaved.keep({ form, entry }))
    // Whoever cannot be reached is told by the frame of the page; the form still asks before it is left.
    calls = calls.then(call).catch(() => undefined)
  }
  return {
    async read(): Promise<Entry> {
      const kept = await client.unsaved.read({ form }).catch(() => null)
      if (isOver || !kept) return {}
      isKept = true
      return kept.entry
    },
    note(entry: Entry) {
      wanted = entry
      clearTimeout(timer)
      if (Object.keys(entry).length === 0) send()
      else timer = setTimeout(send, pauseMs)
    },
    hurry: send,
    end() {
      isOver = true
      send()
    },
  }
}
