import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import type * as z from 'zod'
import { useKeptForm } from '../../lib/use-kept-form.ts'
import { AppointmentEntry } from './form-values.ts'

export type AppointmentForm = ReturnType<typeof useAppointmentForm>

/** `name` tells it from other forms: what was typed into it and not saved comes back. */
export function useAppointmentForm(name: string, saved: AppointmentEntry) {
  const form = useForm<z.input<typeof AppointmentEntry>, unknown, AppointmentEntry>({
    resolver: zodResolver(AppointmentEntry),
    defaultValues: saved,
    mode: 'onTouched',
  })
  useKeptForm(form, `appointment.${name}`)
  return form
}
