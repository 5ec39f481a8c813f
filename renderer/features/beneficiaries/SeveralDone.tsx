import { Button, Group, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../shared/contract/base.ts'
import { api } from '../../lib/client.ts'
import { formatNumber } from '../../lib/format.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { focusOnMount } from '../../ui/focus-on-mount.ts'

/** Says what happened, and takes it back for whoever sees now that it was the wrong list. */
export function SeveralDone({ ids, onClose }: { ids: Id[]; onClose: () => void }) {
  const { t } = useTranslation('beneficiaries')
  const queryClient = useQueryClient()
  const withdraw = useMutation(
    api.beneficiaries.withdrawMany.mutationOptions({
      async onSuccess() {
        await queryClient.invalidateQueries({ queryKey: api.beneficiaries.key() })
        toast(t('several.undone'))
        onClose()
      },
    }),
  )
  return (
    <Stack gap="md">
      <Text role="status">{t('several.done', { count: ids.length, number: formatNumber(ids.length) })}</Text>
      <Text size="sm" c="var(--bdc-ink-soft)">
        {t('several.next')}
      </Text>
      <FormProblem error={withdraw.error} />
      <Group justify="flex-end">
        <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate({ ids })}>
          {t('several.undo')}
        </Button>
        <Button ref={focusOnMount} onClick={onClose}>
          {t('several.close')}
        </Button>
      </Group>
    </Stack>
  )
}
