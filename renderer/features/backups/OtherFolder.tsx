import { Button, Group, Stack, TextInput } from '@mantine/core'
import { IconDeviceFloppy } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Backup } from '../../../shared/contract/backups.ts'
import { api } from '../../lib/client.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { BackupList } from './BackupList.tsx'

/** Backups on a stick, also those of another computer. */
export function OtherFolder({ onRestore }: { onRestore: (backup: Backup) => void }) {
  const { t } = useTranslation('backups')
  const [typed, setTyped] = useState('')
  const [folder, setFolder] = useState('')
  const found = useQuery(api.backups.inFolder.queryOptions({ input: { folder }, enabled: folder !== '', gcTime: 0 }))

  function submit(event: FormEvent) {
    event.preventDefault()
    setFolder(typed.trim())
  }
  return (
    <Stack gap="md">
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={t('other.folder')}
            value={typed}
            spellCheck={false}
            dir="ltr"
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Group>
            <Button type="submit" variant="default" disabled={typed.trim() === ''}>
              {t('other.look')}
            </Button>
          </Group>
        </Stack>
      </form>
      {folder !== '' && found.isPending && <LoadingRows count={2} />}
      {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.data?.length === 0 && <EmptyState icon={IconDeviceFloppy} title={t('other.none')} />}
      {found.data && found.data.length > 0 && <BackupList backups={found.data} isBusy={false} onRestore={onRestore} />}
    </Stack>
  )
}
