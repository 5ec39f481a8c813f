import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { AppointmentPanel } from './AppointmentPanel.tsx'
import { EditForm } from './EditForm.tsx'
import { placeKey } from './row-key.ts'

export function EditAppointment() {
  const { t } = useTranslation('appointments')
  const { id } = useParams({ from: '/staff/calendar/$id' })
  const { occurrence = null } = useSearch({ from: '/staff/calendar' })
  // What is being edited must not change by itself, or somebody else's change would be overwritten unseen.
  const { data, error, isPending, refetch } = useQuery(
    api.appointments.get.queryOptions({
      input: { id, occurrence },
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
    }),
  )
  return (
    <AppointmentPanel title={data?.title ?? t('title')}>
      {isPending && <LoadingRows />}
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && <EditForm key={placeKey(data)} place={{ id, occurrence }} appointment={data} />}
    </AppointmentPanel>
  )
}
