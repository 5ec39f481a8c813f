import { Button, Popover, Stack } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCloudCheck,
  IconCloudOff,
  IconCloudUp,
  IconLock,
  IconRefresh,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SyncState } from '../../../shared/contract/sync.ts'
import { mayUse } from '../../../shared/permissions.ts'
import { api } from '../../lib/client.ts'
import { formatNumber } from '../../lib/format.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import classes from './SyncMark.module.css'
import { SyncSentence } from './SyncSentence.tsx'

const icons = {
  never: IconCloudOff,
  syncing: IconRefresh,
  waiting: IconCloudUp,
  done: IconCloudCheck,
  away: IconCloudOff,
  upgrade: IconAlertTriangle,
  revoked: IconLock,
  stuck: IconAlertTriangle,
}

/** Always in sight where there is a centre: how things stand with it, and a sentence about that for whoever asks. */
export function SyncMark({ onLeave = () => {} }: { onLeave?: () => void }) {
  const state = useQuery(
    api.sync.state.queryOptions({ refetchInterval: ({ state: { data } }) => (data?.running ? 1_000 : 5_000) }),
  )
  return state.data?.connection ? <Mark state={state.data} onLeave={onLeave} /> : null
}

function Mark({ state, onLeave }: { state: SyncState; onLeave: () => void }) {
  const { t } = useTranslation('sync')
  const me = useMe()
  const [isOpen, setIsOpen] = useState(false)
  const mayDecide = mayUse(actorKindOf(me), 'sync.conflicts')
  const needsPerson = mayDecide && state.conflicts + state.refused > 0
  const Icon = needsPerson ? IconAlertTriangle : icons[state.status]
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="top-start" width={300} trapFocus returnFocus withinPortal>
      <Popover.Target>
        <button type="button" className={classes.mark} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          <Icon size={18} stroke={1.75} aria-hidden />
          <span className={classes.words}>
            <Words state={state} needsPerson={needsPerson} />
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('title')}>
        <Stack gap="md">
          <SyncSentence state={state} attention={mayDecide ? 'mine' : 'administrators'} />
          {mayDecide && (
            <ButtonLink
              to="/sync"
              variant="default"
              size="xs"
              style={{ alignSelf: 'start' }}
              onClick={() => {
                setIsOpen(false)
                onLeave()
              }}
            >
              {t('sentence.open')}
            </ButtonLink>
          )}
          {!mayDecide && (
            <Button variant="default" size="xs" style={{ alignSelf: 'start' }} onClick={() => setIsOpen(false)}>
              {t('mark.close')}
            </Button>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

/** What somebody has to decide does not hide what has not reached the centre. */
function Words({ state, needsPerson }: { state: SyncState; needsPerson: boolean }) {
  const { t } = useTranslation('sync')
  const { status } = state
  if (!needsPerson || status === 'upgrade' || status === 'revoked' || status === 'stuck')
    return <Standing state={state} />
  return (
    <>
      <span className={classes.line}>{t('mark.attention')}</span>
      {status !== 'done' && status !== 'syncing' && (
        <span className={classes.line}>
          <Standing state={state} />
        </span>
      )}
    </>
  )
}

function Standing({ state: { status, running, queued } }: { state: SyncState }) {
  const { t } = useTranslation('sync')
  if (status === 'syncing' && running && running.all > 0) {
    return t('mark.syncingOf', { done: formatNumber(running.done), all: formatNumber(running.all) })
  }
  if (status === 'waiting') return t('mark.waiting', { count: queued })
  if (status === 'away' && queued > 0) return t('mark.awayQueued', { count: queued })
  return t(`mark.${status}`)
}
