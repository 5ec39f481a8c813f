import { AppointmentEntry } from './form-values.ts'

type Typed = Partial<AppointmentEntry>

/** A title may still be missing. */
const Unfinished = AppointmentEntry.extend({ title: AppointmentEntry.shape.location }).partial()

/** What was typed into a form and not saved yet: it outlives a reload of the page in this window, and nothing else. */
export function keptEntry(name: string, shelf: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {
  const key = `bdc.appointment.${name}`
  return {
    read(): Typed {
      try {
        const kept: unknown = JSON.parse(shelf.getItem(key) ?? '{}')
        const typed = Object.entries(Unfinished.parse(kept)).filter(([field]) => Object.hasOwn(Object(kept), field))
        return Object.fromEntries(typed)
      } catch {
        return {}
      }
    },
    keep(typed: Typed) {
      try {
        if (Object.keys(typed).length === 0) shelf.removeItem(key)
        else shelf.setItem(key, JSON.stringify(typed))
      } catch {
        // A browser without room keeps it on the screen alone, and asks before the page is left.
      }
    },
    forget: () => shelf.removeItem(key),
  }
}
