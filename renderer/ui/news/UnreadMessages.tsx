import { VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './UnreadMessages.module.css'
import { useUnread } from './use-unread.ts'

/** How many messages wait, beside the way to them. */
export function UnreadMessages() {
  const { t } = useTranslation('messages')
  const { messages } = useUnread()
  if (messages === 0) return null
  return (
    <span className={classes.count}>
      <span aria-hidden>{messages > 99 ? '99+' : messages}</span>
      <VisuallyHidden>{t('unread', { count: messages })}</VisuallyHidden>
    </span>
  )
}
