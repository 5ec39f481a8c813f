import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Row, RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { useRecordName } from './use-record-name.ts'

/** What has come from the centre and cannot stand here yet, and what each waits for. */
export function ParkedRows() {
  const { t } = useTranslation('sync')
  const recordName = useRecordName()
  const parked = useQuery(api.sync.parked.queryOptions())
  if (parked.isPending) return <LoadingRows count={2} />
  if (parked.isError) return <ErrorState error={parked.error} onRetry={() => void parked.refetch()} />
  return (
    <Section title={t('parked.title')} note={t('parked.note')}>
      <RowList>
        {parked.data.map(({ kind, id, name, why }) => (
          <Row key={`${kind} ${id}`} name={recordName({ table: kind, id, name })} facts={[t(`parked.why.${why}`)]} />
        ))}
      </RowList>
    </Section>
  )
}
