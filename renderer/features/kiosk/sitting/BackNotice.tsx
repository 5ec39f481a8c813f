import { CloseButton } from '@mantine/core'
import { IconBookmark } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './notices.module.css'
import { useSessionState, useSitting } from './session-context.ts'

/** Greets a learner whose attempt had begun before this screen opened it, until they turn to another question. */
export function BackNotice() {
  const { t } = useTranslation('kiosk')
  const { attempt } = useSitting()
  const currentId = useSessionState((state) => state.currentId)
  const [isClosed, setClosed] = useState(false)
  const hasBegunBefore = attempt.answers.length > 0 || attempt.currentQuestionId !== null
  if (isClosed || !hasBegunBefore || currentId !== attempt.currentQuestionId) return null
  return (
    <div className={classes.back} role="status">
      <IconBookmark size={24} aria-hidden />
      <span>{t('attempt.back')}</span>
      <CloseButton size="xl" aria-label={t('attempt.backClose')} onClick={() => setClosed(true)} />
    </div>
  )
}
