import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { SyncState } from '../../../shared/contract/sync.ts'
import { mayUse } from '../../../shared/permissions.ts'
import { api } from '../../lib/client.ts'
import { formatMoment } from '../../lib/format.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { WaitingLink } from './WaitingLink.tsx'

/** Longer without the centre than this is worth a word. */
const longMs = 3 * 86_400_000

/** What sync wants of an administrator; everybody sees the state of it in the frame. */
export function SyncItems() {
  const { t } = useTranslation('today')
  const isMine = mayUse(actorKindOf(useMe()), 'sync.conflicts')
  const { data } = useQuery(api.sync.state.queryOptions({ enabled: isMine }))
  if (!isMine || !data?.connection) return null
  const trouble = troubleOf(data)
  return (
    <>
      {data.conflicts > 0 && (
        <WaitingLink to="/sync/conflicts">{t('waiting.conflicts', { count: data.conflicts })}</WaitingLink>
      )}
      {data.refused > 0 && <WaitingLink to="/sync">{t('waiting.refused', { count: data.refused })}</WaitingLink>}
      {trouble && (
        <WaitingLink to="/sync" isUrgent={trouble !== 'syncOld' && trouble !== 'syncNever'}>
          {t(`waiting.${trouble}`, { when: data.lastSuccessAt ? formatMoment(data.lastSuccessAt) : '' })}
        </WaitingLink>
      )}
    </>
  )
}

function troubleOf({ status, lastSuccessAt }: SyncState) {
  if (status === 'upgrade') return 'syncUpgrade'
  if (status === 'revoked') return 'syncRevoked'
  if (status === 'stuck') return 'syncStuck'
  if (status === 'syncing') return null
  if (lastSuccessAt === null) return 'syncNever'
  return Date.now() - Date.parse(lastSuccessAt) > longMs ? 'syncOld' : null
}
