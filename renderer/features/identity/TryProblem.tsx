import { Alert } from '@mantine/core'
import { IconClockPause } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { refusalOf } from '../../lib/refusal.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'

interface TryProblemProps {
  error: unknown
  /** From `useWait`. */
  wait: number
}

/** Why a password or a code was not taken; after too many tries, how long to wait. Renders nothing when the wait is over. */
export function TryProblem({ error, wait }: TryProblemProps) {
  const { t } = useTranslation('identity')
  if (refusalOf(error)?.key !== 'identity.wait') return <FormProblem error={error} />
  if (wait === 0) return null
  const time = `${Math.floor(wait / 60)}:${String(wait % 60).padStart(2, '0')}`
  return (
    <Alert role="alert" color="saffron" variant="light" icon={<IconClockPause aria-hidden />} title={t('wait.title')}>
      {/* A reader that says every second would say nothing else. */}
      <span role="timer" aria-live="off">
        {t('wait.text', { time })}
      </span>
    </Alert>
  )
}
