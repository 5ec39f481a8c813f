import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { BackupState } from '../../../shared/contract/backups.ts'
import { mayUse } from '../../../shared/permissions.ts'
import { api } from '../../lib/client.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { WaitingLink } from './WaitingLink.tsx'

/** What is wrong with the backups, for whoever looks after them; a practice centre has nothing to lose. */
export function BackupItems() {
  const { t } = useTranslation('today')
  const me = useMe()
  const isMine = mayUse(actorKindOf(me), 'backups.state') && me.kind === 'user' && !me.isPractice
  const { data } = useQuery(api.backups.state.queryOptions({ enabled: isMine }))
  const trouble = isMine && data ? troubleOf(data) : null
  if (!trouble) return null
  return (
    <WaitingLink
      to="/backups"
      isUrgent={trouble !== 'backupElsewhere'}
      note={trouble === 'backupElsewhere' && t('waiting.backupElsewhereText')}
    >
      {t(`waiting.${trouble}`)}
    </WaitingLink>
  )
}

function troubleOf({ lastFailure, backups, isElsewhereRecent }: BackupState) {
  if (lastFailure) return 'backupFailed'
  if (backups.length === 0) return 'backupNone'
  return isElsewhereRecent ? null : 'backupElsewhere'
}
