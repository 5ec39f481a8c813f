import { Button, Group, List, Stack, Text, Title } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Beneficiary } from '../../../../shared/contract/beneficiaries.ts'
import type { Handover, MovePreview } from '../../../../shared/contract/handovers.ts'
import { api } from '../../../lib/client.ts'
import { formatDay } from '../../../lib/format.ts'
import { toast, toastProblem } from '../../../lib/toast.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'

interface MoveNowProps {
  person: Beneficiary
  toTrainerId: number
  note: string
  onClose: () => void
}

/** For administrators: gives the person to somebody without an offer, after saying what that does. */
export function MoveNow({ person, toTrainerId, note, onClose }: MoveNowProps) {
  const { t } = useTranslation('handovers')
  const queryClient = useQueryClient()
  const preview = useQuery(
    api.handovers.previewMove.queryOptions({ input: { beneficiaryId: person.id, toTrainerId }, gcTime: 0 }),
  )
  const move = useMutation(
    api.handovers.move.mutationOptions({
      async onSuccess() {
        await queryClient.invalidateQueries()
        toast(t('moved', { name: person.name }))
        onClose()
      },
    }),
  )
  return (
    <Stack gap="xs" component="section">
      <Title order={3} size="h4">
        {t('orMove')}
      </Title>
      <Text size="sm">{t('moveExplain')}</Text>
      {preview.error && <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.data && <Consequences person={person} preview={preview.data} />}
      <FormProblem error={move.error} />
      <Group justify="flex-end">
        <Button
          variant="default"
          disabled={!preview.data}
          loading={move.isPending}
          onClick={() => move.mutate({ beneficiaryId: person.id, toTrainerId, note })}
        >
          {t('move')}
        </Button>
      </Group>
    </Stack>
  )
}

function Consequences({
  person,
  preview: { fromName, toName, counts },
}: {
  person: Beneficiary
  preview: MovePreview
}) {
  const { t } = useTranslation(['handovers', 'merges'])
  return (
    <Stack gap="xs">
      <Text size="sm">{counts.length > 0 ? t('moving', { person: isolated(person.name) }) : t('nothing')}</Text>
      {counts.length > 0 && (
        <List size="sm">
          {counts.map(({ kind, count }) => (
            <List.Item key={kind}>{t(`merges:moved.${kind}`, { count })}</List.Item>
          ))}
        </List>
      )}
      <Text size="sm">{t('sees', { name: isolated(toName) })}</Text>
      {fromName !== null && <Text size="sm">{t('seesNot', { name: isolated(fromName) })}</Text>}
      <Text size="sm">{t('messages')}</Text>
    </Stack>
  )
}

/** The last move, while the person still is where it brought them. */
export function MovedNotice({ last, onClose }: { last: Handover; onClose: () => void }) {
  const { t } = useTranslation('handovers')
  const queryClient = useQueryClient()
  const back = useMutation(
    api.handovers.moveBack.mutationOptions({
      async onSuccess() {
        await queryClient.invalidateQueries()
        toast(t('movedBack'))
        onClose()
      },
      onError: toastProblem,
    }),
  )
  return (
    <Group justify="space-between" align="center" gap="sm">
      <Text size="sm">
        {t('wasMoved', {
          from: isolated(last.fromName ?? t('nobodyBefore')),
          to: isolated(last.toName ?? ''),
          day: formatDay((last.decidedAt ?? last.createdAt).slice(0, 10)),
        })}
      </Text>
      <Button variant="default" size="xs" loading={back.isPending} onClick={() => back.mutate({ id: last.id })}>
        {t('moveBack')}
      </Button>
    </Group>
  )
}

function isolated(name: string): string {
  return `\u2068${name}\u2069`
}
