import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { PersonDocuments } from '../../ui/documents/PersonDocuments.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { PersonEditor } from './PersonEditor.tsx'
import { PersonPanel } from './PersonPanel.tsx'

export function EditBeneficiary() {
  const { t } = useTranslation('beneficiaries')
  const { id } = useParams({ from: '/staff/beneficiaries/$id' })
  // What is being edited must not change by itself, or somebody else's change would be overwritten unseen.
  const person = useQuery(
    api.beneficiaries.get.queryOptions({ input: { id }, staleTime: Number.POSITIVE_INFINITY, gcTime: 0 }),
  )
  return (
    <PersonPanel title={person.data?.name ?? t('title')}>
      {person.isPending && <LoadingRows />}
      {person.isError && !person.data && <ErrorState error={person.error} onRetry={() => void person.refetch()} />}
      {person.data && <PersonEditor key={id} person={person.data} head={<PersonDocuments beneficiaryId={id} />} />}
    </PersonPanel>
  )
}
