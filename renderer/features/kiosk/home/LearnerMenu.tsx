import { Button } from '@mantine/core'
import { IconClipboardList } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import { mayUse } from '../../../../shared/permissions.ts'
import { api } from '../../../lib/client.ts'
import { actorKindOf, useMe } from '../../../lib/session.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { LoadingRows } from '../../../ui/LoadingRows.tsx'
import { Bell } from '../../../ui/news/Bell.tsx'
import { usePageTitle } from '../../../ui/page-title.ts'
import { KioskFrame } from '../KioskFrame.tsx'
import kiosk from '../kiosk.module.css'
import { DoneButton } from './DoneButton.tsx'
import { HomeMark } from './HomeMark.tsx'
import { IdleGuard } from './IdleGuard.tsx'
import { Instructions } from './Instructions.tsx'
import { LeaveKiosk } from './LeaveKiosk.tsx'
import { MenuList } from './MenuList.tsx'
import { OwnAppointments } from './OwnAppointments.tsx'
import { OwnDocuments } from './OwnDocuments.tsx'
import { OwnMessages } from './OwnMessages.tsx'
import { StudentSignOut } from './StudentSignOut.tsx'
import { useIdleMs } from './use-idle-ms.ts'

interface LearnerMenuProps {
  learner: { id: Id; name: string }
  /** This screen has just started again, so a running attempt is what the learner is waiting for. */
  isResuming: boolean
}

/** What this learner can begin, go on with, or look at. */
export function LearnerMenu({ learner, isResuming }: LearnerMenuProps) {
  const { t } = useTranslation('kiosk')
  usePageTitle(t('menu.title', { name: learner.name }))
  const me = useMe()
  const [readingId, setReadingId] = useState<Id | null>(null)
  const menu = useQuery(api.delivery.menu.queryOptions({ staleTime: 0, refetchInterval: 30_000 }))
  const idleMs = useIdleMs()
  const reading = menu.data?.find((item) => item.assessmentId === readingId)
  const running = menu.data?.find((item) => item.runningAttemptId !== null)?.runningAttemptId

  if (isResuming && running) return <Navigate to="/learn/$attemptId" params={{ attemptId: running }} replace />
  if (reading) return <Instructions item={reading} onBack={() => setReadingId(null)} />
  return (
    <KioskFrame
      start={<HomeMark />}
      end={
        <>
          {mayUse(actorKindOf(me), 'notifications.list') && <Bell />}
          <LeaveKiosk />
          <StudentSignOut />
        </>
      }
    >
      <IdleGuard idleMs={idleMs} />
      <div className={kiosk.page}>
        <div className={kiosk.head}>
          <div>
            <h1 className={kiosk.title} tabIndex={-1}>
              {t('menu.title', { name: learner.name })}
            </h1>
            <p className={kiosk.hint}>{t('menu.hint')}</p>
          </div>
          <DoneButton size="lg" variant="default" />
        </div>
        {mayUse(actorKindOf(me), 'messages.threads') && <OwnMessages />}
        {mayUse(actorKindOf(me), 'appointments.mine') && <OwnAppointments />}
        {mayUse(actorKindOf(me), 'documents.mine') && <OwnDocuments />}
        {menu.isPending ? (
          <LoadingRows count={4} />
        ) : menu.isError ? (
          <ErrorState error={menu.error} onRetry={() => void menu.refetch()} />
        ) : menu.data.length === 0 ? (
          <NothingToDo onRefresh={() => void menu.refetch()} />
        ) : (
          <MenuList items={menu.data} onBegin={setReadingId} />
        )}
      </div>
    </KioskFrame>
  )
}

function NothingToDo({ onRefresh }: { onRefresh: () => void }) {
  const { t } = useTranslation('kiosk')
  return (
    <EmptyState
      icon={IconClipboardList}
      title={t('menu.empty')}
      action={
        <Button size="lg" variant="default" onClick={onRefresh}>
          {t('menu.refresh')}
        </Button>
      }
    >
      {t('menu.emptyText')}
    </EmptyState>
  )
}
