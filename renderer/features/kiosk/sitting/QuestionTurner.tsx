import { Button } from '@mantine/core'
import { IconChecklist, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './Sitting.module.css'
import { useSessionState, useSitting } from './session-context.ts'
import { useTurningKeys } from './question-keys.ts'

/** Previous and next, and after the last question the summary. */
export function QuestionTurner() {
  const { t } = useTranslation('kiosk')
  const { attempt, isChecking, check, goTo } = useSitting()
  const currentId = useSessionState((state) => state.currentId)
  const index = attempt.questions.findIndex(({ id }) => id === currentId)
  const previous = isChecking ? attempt.questions[index] : attempt.questions[index - 1]
  const next = attempt.questions[index + 1]

  function turn(step: -1 | 1) {
    if (step === -1) return previous && goTo(previous.id)
    if (isChecking) return
    if (next) goTo(next.id)
    else check()
  }
  useTurningKeys(turn)
  if (isChecking) return null
  return (
    <nav className={classes.turner} aria-label={t('map.title')}>
      <Button
        size="xl"
        variant="default"
        disabled={!previous}
        leftSection={<IconChevronLeft className={classes.arrow} aria-hidden />}
        onClick={() => turn(-1)}
      >
        {t('attempt.previous')}
      </Button>
      {next ? (
        <Button size="xl" rightSection={<IconChevronRight className={classes.arrow} aria-hidden />} onClick={() => turn(1)}>
          {t('attempt.next')}
        </Button>
      ) : (
        <Button size="xl" rightSection={<IconChecklist aria-hidden />} onClick={() => turn(1)}>
          {t('attempt.check')}
        </Button>
      )}
    </nav>
  )
}
