import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core'
import { IconCloudDownload } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { DocumentContent } from '../../../../shared/contract/sync.ts'
import { api } from '../../../lib/client.ts'
import { formatBytes, formatMoment } from '../../../lib/format.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { FormProblem } from '../../FormProblem.tsx'

interface ContentNotHereProps {
  id: number
  /** Bytes, as the document says. */
  size: number
  addedByName?: string | null
  content: DocumentContent
}

/** Where the file of a document is meanwhile, how much of it has come, and the way to ask for it. */
export function ContentNotHere({ id, size, addedByName, content }: ContentNotHereProps) {
  const { t } = useTranslation('sync')
  const queryClient = useQueryClient()
  const fetch = useMutation(
    api.sync.fetchContent.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.sync.content.key() }),
    }),
  )
  const { arrived, problem, dueAt, isOnDemand } = content
  const isArriving = arrived > 0 && problem === null
  return (
    <Alert icon={<IconCloudDownload aria-hidden />} title={t('contents.notHere.title')}>
      <Stack gap="sm">
        <Text size="sm">
          {problem === 'waiting' && addedByName ? (
            t('contents.notHere.waiting', { name: addedByName })
          ) : problem ? (
            t(`contents.problem.${problem}`)
          ) : (
            <Meanwhile isOnDemand={isOnDemand} isArriving={isArriving} arrived={arrived} size={size} />
          )}
        </Text>
        {problem && problem !== 'waiting' && dueAt && (
          <Text size="sm" c="var(--bdc-ink-soft)">
            {t('contents.next', { when: formatMoment(dueAt) })}
          </Text>
        )}
        {arrived > 0 && (
          <Progress value={(100 * arrived) / Math.max(size, 1)} aria-label={t('contents.notHere.title')} />
        )}
        <FormProblem error={fetch.error} />
        <Group gap="md">
          <Button size="xs" loading={fetch.isPending} onClick={() => fetch.mutate({ id })}>
            {t('contents.notHere.fetch')}
          </Button>
          {fetch.isSuccess && <Text size="sm">{t('contents.notHere.fetching')}</Text>}
        </Group>
      </Stack>
    </Alert>
  )
}

interface MeanwhileProps {
  isOnDemand: boolean
  isArriving: boolean
  arrived: number
  size: number
}

function Meanwhile({ isOnDemand, isArriving, arrived, size }: MeanwhileProps) {
  const { t } = useTranslation('sync')
  if (isArriving) return t('contents.notHere.arriving', { arrived: formatBytes(arrived), size: formatBytes(size) })
  if (isOnDemand) return t('contents.notHere.onDemand', { size: formatBytes(size) })
  return t('contents.notHere.comes')
}
