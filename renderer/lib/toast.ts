import { notifications } from '@mantine/notifications'

/** A short sentence about something that is done; the page itself shows the new state too. */
export function toast(message: string) {
  notifications.show({ message, color: 'pine', role: 'status', withCloseButton: true, autoClose: 6000 })
}
