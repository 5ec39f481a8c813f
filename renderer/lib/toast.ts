import { notifications } from '@mantine/notifications'
import i18next from 'i18next'

/** A short sentence about something that is done; the page itself shows the new state too. */
export function toast(message: string) {
  notifications.show({
    message,
    color: 'pine',
    role: 'status',
    autoClose: 6000,
    closeButtonProps: { 'aria-label': i18next.t('action.close', { ns: 'common' }) },
  })
}
