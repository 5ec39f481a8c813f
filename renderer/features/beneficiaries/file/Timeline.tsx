import { Button, Chip, Group } from '@mantine/core'
import { IconTimeline } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BeneficiaryStatus, type FileEvent, fileEvents } from '../../../../shared/contract/beneficiaries.ts'
import { api } from '../../../lib/client.ts'
import { formatMoment, formatPercent } from '../../../lib/format.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { LoadingRows } from '../../../ui/LoadingRows.tsx'
import classes from './file.module.css'

/** Everything that happened with this person, newest first. */
export function Timeline({ id }: { id: number }) {
  const { t } = useTranslation('file')
  const [kinds, setKinds] = useState<FileEvent['kind'][]>([])
  const list = useInfiniteQuery(
    api.beneficiaries.timeline.infiniteOptions({
      input: (after: string | undefined) => ({ id, kinds, after }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
  const events = list.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <>
      <Chip.Group
        multiple
        value={kinds}
        onChange={(next) => setKinds(fileEvents.filter((kind) => next.includes(kind)))}
      >
        <Group gap="xs" role="group" aria-label={t('timeline.filter')}>
          {fileEvents.map((kind) => (
            <Chip key={kind} value={kind} size="sm">
              {t(`timeline.kinds.${kind}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {list.isPending && <LoadingRows />}
      {list.isError && events.length === 0 && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && events.length === 0 && (
        <EmptyState icon={IconTimeline} title={t(kinds.length > 0 ? 'timeline.noneTitle' : 'timeline.emptyTitle')}>
          {t(kinds.length > 0 ? 'timeline.noneText' : 'timeline.emptyText')}
        </EmptyState>
      )}
      {events.length > 0 && (
        <ol className={classes.timeline} aria-label={t('part.timeline')}>
          {events.map((event) => (
            <Event key={`${event.kind} ${event.id}`} event={event} />
          ))}
        </ol>
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  )
}

function Event({ event }: { event: FileEvent }) {
  const { t } = useTranslation('file')
  const { at, kind, byName } = event
  return (
    <li className={classes.event} data-kind={kind}>
      <time dateTime={at} className={classes.when}>
        {formatMoment(at)}
      </time>
      <div className={classes.what}>
        <span className={classes.kind}>{t(`timeline.kind.${kind}`)}</span>
        <Title event={event} />
        {byName && (
          <span className={classes.by}>
            <bdi>{byName}</bdi>
          </span>
        )}
      </div>
    </li>
  )
}

function Title({ event }: { event: FileEvent }) {
  const words = useStateWords()
  const { t } = useTranslation('common')
  const { kind, state, percentage, next } = event
  const share = kind === 'result' && percentage !== null && formatPercent(percentage)
  const outcome = [state && words(kind, state), share, next && t('search.next', { when: formatMoment(next) })].filter(
    Boolean,
  )
  return (
    <span>
      <Subject event={event} /> {outcome.length > 0 && <span className={classes.state}>{outcome.join(' · ')}</span>}
    </span>
  )
}

/** What it tells of, and the way there. */
function Subject({ event: { kind, id, title, thread } }: { event: FileEvent }) {
  const { t } = useTranslation('activity')
  if (kind === 'change') return isChanging(title) ? t(`did.${title}`) : title
  if (kind === 'attempt' || kind === 'result') {
    return (
      <Link to="/results/$attemptId" params={{ attemptId: id }} dir="auto">
        {title}
      </Link>
    )
  }
  if (kind === 'appointment') {
    return (
      <Link to="/calendar/$id" params={{ id }} search={true} dir="auto">
        {title}
      </Link>
    )
  }
  if (kind === 'document') {
    return (
      <Link to="/documents/$id" params={{ id }} dir="auto">
        {title}
      </Link>
    )
  }
  if (thread !== null) {
    return (
      <Link to="/messages/$thread" params={{ thread }} dir="auto">
        {title}
      </Link>
    )
  }
  return <bdi>{title}</bdi>
}

const changing = [
  'beneficiaries.create',
  'beneficiaries.update',
  'beneficiaries.restoreField',
  'beneficiaries.setStatus',
  'peopleImports.changeSome',
  'merges.merge',
  'merges.undo',
  'peopleTrash.put',
  'peopleTrash.restore',
  'bulk.changedSome',
  'bulk.tookBackSome',
] as const

function isChanging(action: string): action is (typeof changing)[number] {
  return changing.some((one) => one === action)
}

const states = [
  'running',
  'handed_in',
  'graded',
  'passed',
  'failed',
  'scheduled',
  'completed',
  'cancelled',
  'given',
  'withdrawn',
  'open',
  'accepted',
  'declined',
  'present',
  'late',
  'excused',
  'absent',
] as const

function isKnownState(state: string): state is (typeof states)[number] {
  return states.some((one) => one === state)
}

/** States of rows in words; of an attempt that began, its result has a line of its own. */
function useStateWords() {
  const { t } = useTranslation(['file', 'beneficiaries'])
  return (kind: FileEvent['kind'], state: string) => {
    if (kind === 'change') {
      const status = BeneficiaryStatus.safeParse(state).data
      return status ? t(`beneficiaries:status.${status}`) : ''
    }
    return kind !== 'attempt' && isKnownState(state) ? t(`file:timeline.state.${state}`) : ''
  }
}
