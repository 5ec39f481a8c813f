import { IconArrowsExchange } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import { api } from '../../../lib/client.ts'
import { BackLink } from '../../../ui/BackLink.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Page } from '../../../ui/Page.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { PageSkeleton } from '../../../ui/PageSkeleton.tsx'
import { CompareFiles } from './CompareFiles.tsx'

const route = getRouteApi('/staff/beneficiaries/$id/merge/$other')

/** Two files side by side: what stays of each, what goes along, and then they are one. */
export function MergeScreen() {
  const { t } = useTranslation('merges')
  const { id, other } = route.useParams()
  const kept = useFile(id)
  const merged = useFile(other)
  const moves = useQuery(api.merges.preview.queryOptions({ input: { keptId: id, mergedId: other }, gcTime: 0 }))
  const problem = kept.error ?? merged.error ?? moves.error
  if (!problem && (kept.isPending || merged.isPending || moves.isPending)) return <PageSkeleton />
  return (
    <Page>
      <PageHeader
        title={t('merge.title')}
        back={<BackLink to="/beneficiaries/duplicates">{t('title')}</BackLink>}
        note={t('merge.note')}
        actions={
          <ButtonLink
            variant="default"
            leftSection={<IconArrowsExchange size={18} aria-hidden />}
            to="/beneficiaries/$id/merge/$other"
            params={{ id: other, other: id }}
            replace
          >
            {t('merge.exchange')}
          </ButtonLink>
        }
      />
      {kept.data && merged.data && moves.data ? (
        <CompareFiles key={`${id} ${other}`} kept={kept.data} merged={merged.data} preview={moves.data} />
      ) : (
        <ErrorState
          error={problem}
          onRetry={() => void Promise.all([kept, merged, moves].map((one) => one.refetch()))}
        />
      )}
    </Page>
  )
}

/** What is being compared must not change by itself. */
function useFile(id: Id) {
  return useQuery(api.beneficiaries.get.queryOptions({ input: { id }, staleTime: Number.POSITIVE_INFINITY, gcTime: 0 }))
}
