import { notifications } from '@mantine/notifications'
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
  notifications.show({ message: explain(error), color: 'brick', role: 'alert', autoClose: 12_000, ...closeButton() })
}

/** What was said to the one before is not for the next. */
export function clearToasts() {
  notifications.clean()
}

function closeButton() {
  return { withCloseButton: true, closeButtonProps: { 'aria-label': i18next.t('action.close', { ns: 'common' }) } }
}
