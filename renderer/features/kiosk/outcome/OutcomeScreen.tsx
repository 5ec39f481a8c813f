import { Alert, Button } from '@mantine/core'
import { IconClock, IconClockExclamation, IconList } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import type { Outcome } from '../../../../shared/contract/delivery.ts'
import { api } from '../../../lib/client.ts'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { LoadingRows } from '../../../ui/LoadingRows.tsx'
import { usePageTitle } from '../../../ui/page-title.ts'
import { DoneButton } from '../home/DoneButton.tsx'
import { HomeMark } from '../home/HomeMark.tsx'
import { IdleGuard } from '../home/IdleGuard.tsx'
import { StudentSignOut } from '../home/StudentSignOut.tsx'
import { KioskFrame } from '../KioskFrame.tsx'
import kiosk from '../kiosk.module.css'
import type { Ending } from '../sitting/Sitting.tsx'
import { AnsweredQuestion } from './AnsweredQuestion.tsx'
import classes from './Outcome.module.css'
import { ReceiptCard } from './ReceiptCard.tsx'
import { Verdict } from './Verdict.tsx'

interface OutcomeScreenProps {
  attemptId: Id
  /** How it ended just now; null when the learner only looks at it again. */
  ending: Ending | null
}

/** How it went, question by question. */
export function OutcomeScreen({ attemptId, ending }: OutcomeScreenProps) {
  const outcome = useQuery(api.delivery.outcome.queryOptions({ input: { attemptId }, refetchInterval: 10_000 }))
  return (
    <KioskFrame start={<HomeMark />} end={<StudentSignOut />} foot={<WaysOn />}>
      <IdleGuard idleMs={60_000} />
      <div className={`${kiosk.page} ${kiosk.narrow}`}>
        {outcome.isPending ? (
          <LoadingRows />
        ) : outcome.isError ? (
          <ErrorState error={outcome.error} onRetry={() => void outcome.refetch()} />
        ) : (
          <Told outcome={outcome.data} ending={ending} />
        )}
      </div>
    </KioskFrame>
  )
}

function Told({ outcome, ending }: { outcome: Outcome; ending: Ending | null }) {
  const { t } = useTranslation('kiosk')
  usePageTitle(outcome.title)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <>
      <Verdict outcome={outcome} headingRef={heading} />
      {ending?.isTimeUp && (
        <Alert role="status" color="gray" variant="light" icon={<IconClock aria-hidden />}>
          {t('outcome.timeWasUp')}
        </Alert>
      )}
      {ending && <LostChanges outcome={outcome} lost={ending.lost} />}
      {outcome.receipt && <ReceiptCard receipt={outcome.receipt} />}
      {outcome.questions.length > 0 && <h2 className={classes.subtitle}>{t('outcome.answers')}</h2>}
      <ol className={classes.questions}>
        {outcome.questions.map((told, index) => (
          <li key={told.question.id}>
            <AnsweredQuestion told={told} number={index + 1} />
          </li>
        ))}
      </ol>
    </>
  )
}

/** What the learner wrote and nobody counts is never passed over in silence. */
function LostChanges({ outcome, lost }: { outcome: Outcome; lost: readonly Id[] }) {
  const { t } = useTranslation('kiosk')
  if (lost.length === 0) return null
  const numbers = lost.map((id) => outcome.questions.findIndex(({ question }) => question.id === id) + 1)
  return (
    <Alert role="alert" color="saffron" variant="light" icon={<IconClockExclamation aria-hidden />}>
      {t('outcome.lost', { count: numbers.length, numbers: numbers.join(', ') })}
    </Alert>
  )
}

function WaysOn() {
  const { t } = useTranslation('kiosk')
  const navigate = useNavigate()
  return (
    <div className={classes.waysOn}>
      <Button
        size="xl"
        variant="default"
        leftSection={<IconList aria-hidden />}
        onClick={() => void navigate({ to: '/learn', state: { hasComeBack: true }, replace: true })}
      >
        {t('outcome.backToList')}
      </Button>
      <DoneButton size="xl" />
    </div>
  )
}
