import { IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Waiting } from '../../../shared/contract/today.ts'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { BackupItems } from './BackupItems.tsx'
import { EndingShares } from './EndingShares.tsx'
import { Part } from './Part.tsx'
import { SyncItems } from './SyncItems.tsx'
import classes from './today.module.css'
import { WaitingLink } from './WaitingLink.tsx'

/** What somebody has to do, each with the way to where it is done; the last line stands alone when there is nothing. */
export function WaitingPart({ waiting }: { waiting: Waiting | undefined }) {
  const { t } = useTranslation('today')
  return (
    <Part title={t('waiting.title')}>
      {waiting ? (
        <>
          <ul className={classes.rows}>
            <Counted waiting={waiting} />
            <SyncItems />
            <BackupItems />
            <EndingShares shares={waiting.sharesEnding} />
          </ul>
          <p className={classes.nothing}>
            <IconCircleCheck size={20} stroke={1.75} aria-hidden />
            {t('waiting.nothing')}
          </p>
        </>
      ) : (
        <LoadingRows count={3} />
      )}
    </Part>
  )
}

function Counted({ waiting: { answers, handovers, messages, likelyAcross, centre } }: { waiting: Waiting }) {
  const { t } = useTranslation('today')
  const { unverified = 0, requests = 0, lateRequests = 0 } = centre ?? {}
  return (
    <>
      {answers > 0 && <WaitingLink to="/grading">{t('waiting.answers', { count: answers })}</WaitingLink>}
      {handovers > 0 && <WaitingLink to="/beneficiaries">{t('waiting.handovers', { count: handovers })}</WaitingLink>}
      {messages > 0 && (
        <WaitingLink to="/messages" search={{ box: 'unread' }}>
          {t('waiting.messages', { count: messages })}
        </WaitingLink>
      )}
      {likelyAcross > 0 && (
        <WaitingLink to="/beneficiaries/duplicates">{t('waiting.likelyAcross', { count: likelyAcross })}</WaitingLink>
      )}
      {unverified > 0 && <WaitingLink to="/sign-in-help">{t('waiting.unverified', { count: unverified })}</WaitingLink>}
      {requests > 0 && (
        <WaitingLink
          to="/privacy"
          note={lateRequests > 0 ? t('waiting.late', { count: lateRequests }) : undefined}
          isUrgent={lateRequests > 0}
        >
          {t('waiting.requests', { count: requests })}
        </WaitingLink>
      )}
    </>
  )
}
