import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { formatBytes } from '../../lib/format.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { NumberField } from '../../ui/NumberField.tsx'

const gigabyte = 1024 ** 3

/** How full the room for documents is, and the way to more of it. */
export function StorageNote() {
  const { t } = useTranslation('documents')
  const [isOpen, setOpen] = useState(false)
  const { data } = useQuery(api.documents.storage.queryOptions())
  if (!data) return null
  return (
    <Group gap="xs">
      <span>{t('storage.used', { used: formatBytes(data.used), quota: formatBytes(data.quota) })}</span>
      <Button size="compact-sm" variant="subtle" onClick={() => setOpen(true)}>
        {t('storage.change')}
      </Button>
      <Dialog isOpen={isOpen} title={t('storage.title')} onClose={() => setOpen(false)}>
        <QuotaForm quota={data.quota} onDone={() => setOpen(false)} />
      </Dialog>
    </Group>
  )
}

function QuotaForm({ quota, onDone }: { quota: number; onDone: () => void }) {
  const { t } = useTranslation('documents')
  const queryClient = useQueryClient()
  const [amount, setAmount] = useState<number | null>(Number((quota / gigabyte).toFixed(2)))
  const change = useMutation(
    api.documents.setQuota.mutationOptions({
      onSuccess() {
        toast(t('storage.changed'))
        onDone()
        return queryClient.invalidateQueries({ queryKey: api.documents.storage.key() })
      },
    }),
  )
  const bytes = Math.round(Number(amount) * gigabyte)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        change.mutate({ quota: bytes })
      }}
    >
      <Stack>
        <Text>{t('storage.text')}</Text>
        <NumberField label={t('storage.amount')} min={0.01} max={1_000_000} value={amount} onChange={setAmount} />
        <FormProblem error={change.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={change.isPending} disabled={!(bytes > 0)}>
            {t('storage.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
