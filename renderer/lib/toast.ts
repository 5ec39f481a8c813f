import { notifications } from '@mantine/notifications'
import { explain } from './errors.ts'

/** A short sentence about something that is done; the page itself shows the new state too. */
export function toast(message: string) {
  notifications.show({ message, color: 'pine', role: 'status', withCloseButton: true, autoClose: 6000 })
}

/** Why something that was asked for at a place that is gone by now did not happen. */
export function toastProblem(error: unknown) {
  notifications.show({
    message: explain(error),
    color: 'brick',
    role: 'alert',
    withCloseButton: true,
    autoClose: 12_000,
  })
}
