import { Button, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { SyncState, WaitingContent } from '../../../shared/contract/sync.ts'
import { api } from '../../lib/client.ts'
import { formatBytes, formatMoment } from '../../lib/format.ts'
import { toastProblem } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Row, RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'

/** Files of documents that are not where they go, how large they are, and what stands in their way. */
export function ContentsOnTheWay({ contents: { toSend, toCome } }: Pick<SyncState, 'contents'>) {
  const { t } = useTranslation('sync')
  const isAny = toSend.count + toCome.count > 0
  return (
    <Section title={t('contents.title')} note={isAny ? t('contents.note') : undefined}>
      {isAny ? (
        <Stack gap="md">
          <Text>{t('contents.amounts', { up: formatBytes(toSend.bytes), down: formatBytes(toCome.bytes) })}</Text>
          <Rows />
        </Stack>
      ) : (
        <Text>{t('contents.none')}</Text>
      )}
    </Section>
  )
}

function Rows() {
  const { t } = useTranslation('sync')
  const queryClient = useQueryClient()
  const waiting = useQuery(api.sync.contents.queryOptions({ refetchInterval: 3_000 }))
  const retry = useMutation(
    api.sync.retryContents.mutationOptions({
      onError: toastProblem,
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.sync.key() }),
    }),
  )
  if (waiting.isPending) return <LoadingRows count={2} />
  if (waiting.isError) return <ErrorState error={waiting.error} onRetry={() => void waiting.refetch()} />
  return (
    <>
      <RowList>
        {waiting.data.map((content) => (
          <Row
            key={`${content.direction} ${content.documentId}`}
            name={<bdi>{content.filename}</bdi>}
            facts={factsOf(content, t)}
          />
        ))}
      </RowList>
      {waiting.data.some(({ problem }) => problem !== null) && (
        <Button
          variant="default"
          loading={retry.isPending}
          style={{ alignSelf: 'start' }}
          onClick={() => retry.mutate(undefined)}
        >
          {t('contents.retry')}
        </Button>
      )}
    </>
  )
}

function factsOf(
  { direction, size, arrived, problem, dueAt }: WaitingContent,
  t: ReturnType<typeof useTranslation<'sync'>>['t'],
) {
  const amount =
    direction === 'down' && arrived > 0
      ? t('contents.arrivedOf', { arrived: formatBytes(arrived), size: formatBytes(size) })
      : formatBytes(size)
  const facts = [`${t(`contents.${direction}`)} · ${amount}`]
  if (problem) facts.push(t(`contents.problem.${problem}`))
  if (problem && problem !== 'waiting' && dueAt) facts.push(t('contents.next', { when: formatMoment(dueAt) }))
  return facts
}
