import { Button, Group, Stack } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Backup, BackupSecret } from '../../../shared/contract/backups.ts'
import { api } from '../../lib/client.ts'
import { formatMoment } from '../../lib/format.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { Restarting, Waiting } from '../../ui/backup/Restarting.tsx'
import { SecretForm } from '../../ui/backup/SecretForm.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { RestoreForm } from './RestoreForm.tsx'

/** First what is in it, after every byte was checked; then the question; then the restart. */
export function RestoreDialog({ backup, onClose }: { backup: Backup; onClose: () => void }) {
  const { t } = useTranslation('backups')
  const [secret, setSecret] = useState<BackupSecret | null>(null)
  const [isRestarting, setIsRestarting] = useState(false)
  const preview = useMutation(api.backups.preview.mutationOptions())
  const { folder, name, isOwn } = backup
  const { mutate } = preview
  useEffect(() => {
    if (isOwn) mutate({ folder, name, secret: null })
  }, [folder, name, isOwn, mutate])

  function look(given: BackupSecret) {
    setSecret(given)
    mutate({ folder, name, secret: given })
  }
  return (
    <Dialog isOpen title={t('restore.title', { when: formatMoment(backup.madeAt) })} onClose={onClose}>
      {isRestarting ? (
        <Restarting />
      ) : preview.data ? (
        <RestoreForm
          backup={backup}
          preview={preview.data}
          secret={secret}
          onClose={onClose}
          onRestart={() => setIsRestarting(true)}
        />
      ) : isOwn ? (
        <Stack gap="md">
          {preview.error ? <FormProblem error={preview.error} /> : <Waiting text={t('restore.checking')} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('restore.close')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <SecretForm
          backup={backup}
          isBusy={preview.isPending}
          error={preview.error}
          onSecret={look}
          onOtherWay={preview.reset}
        />
      )}
    </Dialog>
  )
}
