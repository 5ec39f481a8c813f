import { Button } from '@mantine/core'
import { IconChevronLeft, IconSend } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './FootBar.module.css'
import { useTurningKeys } from './question-keys.ts'
import { useProgress, useSessionState, useSitting, useUnsavedCount } from './session-context.ts'

/** Back to the questions, or the step that cannot be taken back. */
export function HandInBar() {
  const { t } = useTranslation('kiosk')
  const { session, goTo } = useSitting()
  const currentId = useSessionState((state) => state.currentId)
  const isBlocked = useProgress().some(({ question, isAnswered }) => question.required && !isAnswered)
  const unsaved = useUnsavedCount()
  const goBack = () => goTo(currentId)
  useTurningKeys((step) => step === -1 && goBack())
  return (
    <div className={classes.bar}>
      <Button
        size="xl"
        variant="default"
        leftSection={<IconChevronLeft className={classes.arrow} aria-hidden />}
        onClick={goBack}
      >
        {t('summary.back')}
      </Button>
      <p role="status" className={classes.middle}>
        {unsaved > 0 && t('summary.unsaved', { count: unsaved })}
      </p>
      <Button
        size="xl"
        disabled={isBlocked}
        aria-describedby="before-hand-in"
        rightSection={<IconSend className={classes.arrow} aria-hidden />}
        onClick={() => session.handIn()}
      >
        {t('summary.handIn')}
      </Button>
    </div>
  )
}
