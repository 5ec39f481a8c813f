import { type NotificationData, notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { explain } from './errors.ts'

/** A short sentence about something that is done; the page itself shows the new state too. The newest stands alone. */
export function toast(message: string) {
  clearToasts()
  notifications.show({ message, color: 'pine', role: 'status', autoClose: 6000, ...closeButton() })
}

/** Why something that was asked for at a place that is gone by now did not happen. */
export function toastProblem(error: unknown) {
  clearToasts()
  const note = { message: explain(error), color: 'brick', role: 'alert', autoClose: 12_000, ...closeButton() }
  toastInstead('problem', note)
}

/** It is about the page on which it was said, and goes with it. */
export function clearProblem() {
  takeAway('problem')
}

/** What was said to the one before is not for the next. */
export function clearToasts() {
  notifications.clean()
  shown.clear()
}

/** The note that was shown last about each thing. */
const shown = new Map<string, string>()

/** A newer note about the same thing takes the place of the older one. */
export function toastInstead(about: string | undefined, note: NotificationData): string {
  if (about !== undefined) takeAway(about)
  const id = notifications.show(note)
  if (about !== undefined) shown.set(about, id)
  return id
}

function takeAway(about: string) {
  const id = shown.get(about)
  if (id !== undefined) notifications.hide(id)
  shown.delete(about)
}

function closeButton() {
  return { withCloseButton: true, closeButtonProps: { 'aria-label': i18next.t('action.close', { ns: 'common' }) } }
}
