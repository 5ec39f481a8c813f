import { zodResolver } from '@hookform/resolvers/zod'
import { useEffect, useState } from 'react'
import { useForm } from 'react-hook-form'
import type * as z from 'zod'
import { useMe } from '../../lib/session.ts'
import { AppointmentEntry } from './form-values.ts'
import { keptEntry } from './kept-entry.ts'

export type AppointmentForm = ReturnType<typeof useAppointmentForm>

/** `name` tells this form from others: what was typed into it comes back after a reload, to the same person. */
export function useAppointmentForm(name: string, saved: AppointmentEntry) {
  const me = useMe()
  const owner = me.kind === 'user' ? me.user.id : 0
  const [kept] = useState(() => keptEntry(`${owner}.${name}`, sessionStorage))
  const form = useForm<z.input<typeof AppointmentEntry>, unknown, AppointmentEntry>({
    resolver: zodResolver(AppointmentEntry),
    defaultValues: saved,
    mode: 'onTouched',
  })
  useEffect(() => {
    for (const [field, value] of fieldsIn(kept.read())) form.setValue(field, value, { shouldDirty: true })
    const stop = form.subscribe({
      formState: { values: true },
      callback: ({ values, defaultValues = saved }) =>
        kept.keep(Object.fromEntries(fieldsIn(values).filter(([field, value]) => value !== defaultValues[field]))),
    })
    // Leaving by a way inside the program, after it was asked about, gives it up; a reload does not come here.
    return () => {
      stop()
      kept.forget()
    }
  }, [form, kept, saved])
  return form
}

function fieldsIn<Entry extends object>(entry: Entry) {
  return Object.entries(entry) as [keyof AppointmentEntry, AppointmentEntry[keyof AppointmentEntry]][]
}
