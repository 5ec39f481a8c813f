import { Button } from '@mantine/core'
import { IconCheck, IconChecklist, IconFlagFilled, IconUpload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './ProgressMap.module.css'
import { type Progress, useProgress, useSessionState, useSitting } from './session-context.ts'

/** All questions at a glance: answered, not answered, not saved yet, and where the learner is. */
export function ProgressMap({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation('kiosk')
  const { isChecking, check } = useSitting()
  const progress = useProgress()
  const answered = progress.filter((one) => one.isAnswered).length
  return (
    <nav className={classes.map} aria-label={t('map.title')}>
      <div className={classes.count}>
        <strong>{t('map.answered', { count: answered, total: progress.length })}</strong>
        <progress className={classes.bar} value={answered} max={progress.length} aria-hidden />
      </div>
      <ol className={classes.numbers}>
        {progress.map((one) => (
          <li key={one.question.id}>
            <NumberButton progress={one} onGo={onGo} />
          </li>
        ))}
      </ol>
      <Legend hasUnsaved={progress.some((one) => one.isUnsaved)} />
      {!isChecking && (
        <Button
          size="lg"
          variant="default"
          leftSection={<IconChecklist aria-hidden />}
          onClick={() => {
            check()
            onGo?.()
          }}
        >
          {t('attempt.check')}
        </Button>
      )}
    </nav>
  )
}

function NumberButton({ progress, onGo }: { progress: Progress; onGo: (() => void) | undefined }) {
  const { t } = useTranslation('kiosk')
  const { goTo, isChecking } = useSitting()
  const { question, number } = progress
  const isCurrent = useSessionState((state) => state.currentId === question.id) && !isChecking
  const isFlagged = useSessionState(({ flagged }) => flagged.includes(question.id))
  const state = stateOf(progress)
  return (
    <button
      type="button"
      className={classes.number}
      data-state={state}
      aria-current={isCurrent ? 'step' : undefined}
      aria-label={`${t('map.question', { number })}: ${t(`map.state.${state}`)}${isFlagged ? `, ${t('flag.flagged')}` : ''}`}
      onClick={() => {
        goTo(question.id)
        onGo?.()
      }}
    >
      {number}
      {isFlagged && <IconFlagFilled className={classes.flag} size={13} aria-hidden />}
      {state === 'answered' && <IconCheck className={classes.sign} size={14} stroke={3.5} aria-hidden />}
      {state === 'unsaved' && <IconUpload className={classes.sign} size={14} stroke={3} aria-hidden />}
    </button>
  )
}

function stateOf({ question, isAnswered, isUnsaved }: Progress) {
  if (isUnsaved) return 'unsaved'
  if (isAnswered) return 'answered'
  return question.required ? 'required' : 'open'
}

function Legend({ hasUnsaved }: { hasUnsaved: boolean }) {
  const { t } = useTranslation('kiosk')
  const hasFlags = useSessionState(({ flagged }) => flagged.length > 0)
  const states = ['answered', 'open', 'current', ...(hasUnsaved ? (['unsaved'] as const) : [])] as const
  return (
    <ul className={classes.legend} aria-hidden>
      {states.map((state) => (
        <li key={state}>
          <span className={classes.swatch} data-state={state} />
          {t(`map.legend.${state}`)}
        </li>
      ))}
      {hasFlags && (
        <li>
          <IconFlagFilled className={classes.flagSwatch} size={16} />
          {t('map.legend.flagged')}
        </li>
      )}
    </ul>
  )
}
