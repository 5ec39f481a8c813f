import { Button, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { formatMoment } from '../../lib/format.ts'
import { toastProblem } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Row, RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { useRecordName } from './use-record-name.ts'

/** What the centre did not take, and what can be done about each. */
export function RefusedRows({ count }: { count: number }) {
  const { t } = useTranslation('sync')
  return (
    <Section title={t('refused.title')} note={count > 0 ? t('refused.note') : undefined}>
      {count === 0 ? <Text>{t('refused.none')}</Text> : <Rows />}
    </Section>
  )
}

function Rows() {
  const { t } = useTranslation('sync')
  const queryClient = useQueryClient()
  const recordName = useRecordName()
  const refused = useQuery(api.sync.refused.queryOptions())
  const dismiss = useMutation(
    api.sync.dismissRefused.mutationOptions({
      onError: toastProblem,
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.sync.key() }),
    }),
  )
  if (refused.isPending) return <LoadingRows count={2} />
  if (refused.isError) return <ErrorState error={refused.error} onRetry={() => void refused.refetch()} />
  return (
    <Stack gap="md">
      <RowList>
        {refused.data.map(({ number, kind, id, name, reason, refusedAt }) => (
          <Row
            key={number}
            name={recordName({ table: kind, id, name })}
            facts={[t(`refused.reason.${reason}`), t('refused.at', { when: formatMoment(refusedAt) })]}
          />
        ))}
      </RowList>
      <Button
        variant="default"
        loading={dismiss.isPending}
        style={{ alignSelf: 'start' }}
        onClick={() => dismiss.mutate(undefined)}
      >
        {t('refused.seen')}
      </Button>
    </Stack>
  )
}
