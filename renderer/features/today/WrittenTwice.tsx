import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { mayUse } from '../../../shared/permissions.ts'
import { api } from '../../lib/client.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { WaitingLink } from './WaitingLink.tsx'

/** People who may be one, written down on two computers that did not know of each other. */
export function WrittenTwice() {
  const { t } = useTranslation('today')
  const isMine = mayUse(actorKindOf(useMe()), 'merges.across')
  const { data } = useQuery(api.merges.across.queryOptions({ enabled: isMine }))
  if (!data || data.count === 0) return null
  return <WaitingLink to="/beneficiaries/duplicates">{t('waiting.likelyAcross', { count: data.count })}</WaitingLink>
}
