import * as z from 'zod'
import { Done, mutation, query, Timestamp } from './base.ts'

/** `person.new`, `appointment.12`: which form, and of what. */
const FormName = z
  .string()
  .max(60)
  .regex(/^[a-z]+\.[\w.-]+$/)

export const longestEntry = 64 * 1024

/** What was typed, by field. It is what the form makes of it, and only looked at by the form. */
const Entry = z
  .record(z.string().max(60), z.json())
  .refine((entry) => JSON.stringify(entry).length <= longestEntry, { error: 'too long' })
export type Entry = z.infer<typeof Entry>

const oneForm = z.object({ form: FormName })
const isOwn = { none: 'what somebody types is nobody else’s until it is saved' } as const

/** Forms that were filled in and not saved: what was typed outlives a reload, a crash and a power cut, on this machine. */
export const unsaved = {
  read: query()
    .input(oneForm)
    .output(z.object({ entry: Entry, keptAt: Timestamp }).nullable()),
  keep: mutation(isOwn)
    .input(oneForm.extend({ entry: Entry }))
    .output(Done),
  forget: mutation(isOwn).input(oneForm).output(Done),
}
