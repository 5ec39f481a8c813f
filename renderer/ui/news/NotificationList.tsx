import { Button } from '@mantine/core'
import {
  IconArrowsExchange,
  IconBell,
  IconCalendarEvent,
  IconClipboardList,
  IconFiles,
  IconMail,
  IconReportAnalytics,
  IconShieldExclamation,
  IconUserShare,
} from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../shared/contract/base.ts'
import type { Notification, Told } from '../../../shared/contract/notifications.ts'
import { api } from '../../lib/client.ts'
import { formatMoment } from '../../lib/format.ts'
import { useNewsFollow } from '../../lib/news-follow.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { toastProblem } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { EmptyState } from '../EmptyState.tsx'
import { ErrorState } from '../ErrorState.tsx'
import { LoadingRows } from '../LoadingRows.tsx'
import { TextLink } from '../TextLink.tsx'
import classes from './notifications.module.css'
import { useSentence } from './use-sentence.ts'

const icons: Record<Told['type'], typeof IconBell> = {
  message: IconMail,
  appointment: IconCalendarEvent,
  assessment: IconClipboardList,
  graded: IconReportAnalytics,
  result: IconReportAnalytics,
  share: IconFiles,
  opened: IconFiles,
  handover: IconArrowsExchange,
  crossing: IconUserShare,
  security: IconShieldExclamation,
}

/** What somebody is told, the latest first; opening one marks it as read. */
export function NotificationList({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation('notifications')
  const follow = useNewsFollow()
  const list = useInfiniteQuery(
    api.notifications.list.infiniteOptions({
      input: (before: Id | undefined) => ({ before }),
      initialPageParam: undefined,
      getNextPageParam: (page) => (page.hasMore ? page.rows.at(-1)?.id : undefined),
    }),
  )
  const markRead = useMutation(api.notifications.markRead.mutationOptions({ onSuccess: follow, onError: toastProblem }))
  const markAll = useMutation(
    api.notifications.markAllRead.mutationOptions({ onSuccess: follow, onError: toastProblem }),
  )
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  if (list.isPending) return <LoadingRows />
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  return (
    <>
      {rows.length === 0 ? (
        <EmptyState icon={IconBell} title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <ul className={classes.rows}>
          {rows.map((row) => (
            <Row
              key={row.id}
              row={row}
              onOpen={() => {
                if (!row.isRead) markRead.mutate({ id: row.id })
                onLeave()
              }}
              onRead={() => markRead.mutate({ id: row.id })}
            />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button variant="subtle" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      <div className={classes.foot}>
        <TextLink to="/account" onClick={onLeave}>
          {t('settings')}
        </TextLink>
        {rows.some(({ isRead }) => !isRead) && (
          <Button variant="default" loading={markAll.isPending} onClick={() => markAll.mutate(undefined)}>
            {t('markAll')}
          </Button>
        )}
      </div>
    </>
  )
}

interface RowProps {
  row: Notification
  onOpen: () => void
  onRead: () => void
}

function Row({ row: { at, isRead, told }, onOpen, onRead }: RowProps) {
  const { t } = useTranslation('notifications')
  const sentence = useSentence()
  const Icon = icons[told.type]
  return (
    <li className={classes.row} data-unread={!isRead}>
      <Icon size={20} stroke={1.75} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <Way told={told} onOpen={onOpen}>
          {sentence(told)}
        </Way>
        <span className={classes.when}>
          <time dateTime={at}>{formatMoment(at)}</time>
          {!isRead && (
            <>
              <strong className={classes.new}>{t('unread')}</strong>
              <Button size="compact-sm" variant="subtle" className={classes.read} onClick={onRead}>
                {t('markRead')}
              </Button>
            </>
          )}
        </span>
      </div>
    </li>
  )
}

/** Leads to the thing itself, where it is still there and has a page of its own. */
function Way({ told, onOpen, children }: { told: Told; onOpen: () => void; children: ReactNode }) {
  const isLearner = actorKindOf(useMe()) === 'student'
  const link = { onClick: onOpen, className: classes.way, dir: 'auto' as const }
  if (told.type === 'message') {
    return (
      <Link to="/messages/$thread" params={{ thread: told.thread }} {...link}>
        {children}
      </Link>
    )
  }
  if (told.type === 'appointment' && told.appointmentId !== null && !isLearner) {
    return (
      <Link
        to="/calendar/$id"
        params={{ id: told.appointmentId }}
        search={{ occurrence: told.occurrence ?? undefined }}
        {...link}
      >
        {children}
      </Link>
    )
  }
  if ((told.type === 'share' || told.type === 'opened') && told.documentId !== null && !isLearner) {
    return (
      <Link to="/documents/$id" params={{ id: told.documentId }} {...link}>
        {children}
      </Link>
    )
  }
  if ((told.type === 'handover' || told.type === 'crossing') && told.beneficiaryId !== null) {
    return (
      <Link to="/beneficiaries/$id/file" params={{ id: told.beneficiaryId }} {...link}>
        {children}
      </Link>
    )
  }
  if (told.type === 'graded' || told.type === 'result') {
    return (
      <Link to="/learn/$attemptId" params={{ attemptId: told.attemptId }} {...link}>
        {children}
      </Link>
    )
  }
  if (isLearner && told.type !== 'security') {
    return (
      <Link to="/learn" state={{ hasComeBack: true }} {...link}>
        {children}
      </Link>
    )
  }
  return <span dir="auto">{children}</span>
}
