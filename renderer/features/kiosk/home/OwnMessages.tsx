import { Badge, Group } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { useNativeNotes } from '../../../ui/news/use-native-notes.ts'
import { useUnread } from '../../../ui/news/use-unread.ts'

/** The way to the messages of the learner who signed in, and how many wait. */
export function OwnMessages() {
  const { t } = useTranslation('messages')
  const { messages } = useUnread()
  useNativeNotes()
  return (
    <Group>
      <ButtonLink to="/messages" size="lg" variant="default" leftSection={<IconMail size={24} aria-hidden />}>
        {t('title')}
        {messages > 0 && (
          <Badge variant="filled" ms="sm">
            {t('unread', { count: messages })}
          </Badge>
        )}
      </ButtonLink>
    </Group>
  )
}
