import { Button } from '@mantine/core'
import { IconChecklist, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { DraftStateLine } from './DraftStateLine.tsx'
import classes from './FootBar.module.css'
import { useTurningKeys } from './question-keys.ts'
import { useSessionState, useSitting } from './session-context.ts'

/** Previous and next, after the last question the summary, and between them whether the answer is saved. */
export function QuestionTurner() {
  const { t } = useTranslation('kiosk')
  const { attempt, check, goTo } = useSitting()
  const currentId = useSessionState((state) => state.currentId)
  const index = attempt.questions.findIndex(({ id }) => id === currentId)
  const previous = attempt.questions[index - 1]
  const next = attempt.questions[index + 1]

  function turn(step: -1 | 1) {
    if (step === -1) return previous && goTo(previous.id)
    if (next) goTo(next.id)
    else check()
  }
  useTurningKeys(turn)
  return (
    <div className={classes.bar}>
      <Button
        size="xl"
        variant="default"
        className={previous ? '' : classes.absent}
        leftSection={<IconChevronLeft className={classes.arrow} aria-hidden />}
        onClick={() => turn(-1)}
      >
        {t('attempt.previous')}
      </Button>
      <div className={classes.middle}>
        <DraftStateLine questionId={currentId} />
      </div>
      {next ? (
        <Button
          size="xl"
          rightSection={<IconChevronRight className={classes.arrow} aria-hidden />}
          onClick={() => turn(1)}
        >
          {t('attempt.next')}
        </Button>
      ) : (
        <Button size="xl" rightSection={<IconChecklist aria-hidden />} onClick={() => turn(1)}>
          {t('attempt.check')}
        </Button>
      )}
    </div>
  )
}
