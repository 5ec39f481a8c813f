import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Backup, BackupPreview, BackupSecret, PreviewBackup } from '../../../shared/contract/backups.ts'
import { formatMoment } from '../../lib/format.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../FormProblem.tsx'
import { BackupFolder } from './BackupFolder.tsx'
import { PreviewFacts } from './PreviewFacts.tsx'
import { SecretForm } from './SecretForm.tsx'

/** What a computer answers about backups before anybody has signed in. */
export interface BackupCalls {
  backupsIn: (input: { folder: string }) => Promise<Backup[]>
  previewBackup: (input: PreviewBackup) => Promise<BackupPreview>
  restoreBackup: (input: PreviewBackup) => Promise<unknown>
}

interface RestoreInsteadProps {
  calls: BackupCalls
  title: string
  /** What becomes of the data that is there, and of the ways to open it. */
  consequence: string
  onBack: () => void
  onRestored: () => void
}

/** The steps to a backup in the place of what is there: where it lies, what opens it, what is in it. */
export function RestoreInstead({ calls, title, consequence, onBack, onRestored }: RestoreInsteadProps) {
  const { t } = useTranslation('backups')
  const heading = useRef<HTMLHeadingElement>(null)
  const [backup, setBackup] = useState<Backup>()
  useEffect(() => heading.current?.focus(), [])
  return (
    <Stack gap="lg">
      <div>
        <Title order={1} tabIndex={-1} ref={heading}>
          {backup ? t('first.of', { when: formatMoment(backup.madeAt) }) : title}
        </Title>
        <Text c="dimmed" mt={4}>
          {consequence}
        </Text>
      </div>
      {backup ? (
        <OpenedBackup calls={calls} backup={backup} onBack={() => setBackup(undefined)} onRestored={onRestored} />
      ) : (
        <BackupFolder backupsIn={calls.backupsIn} onBack={onBack} onChoose={setBackup} />
      )}
    </Stack>
  )
}

interface OpenedBackupProps extends Pick<RestoreInsteadProps, 'calls' | 'onBack' | 'onRestored'> {
  backup: Backup
}

/** Nothing of what is in it is shown before somebody has its passphrase or code. */
function OpenedBackup({ calls, backup, onBack, onRestored }: OpenedBackupProps) {
  const { t } = useTranslation('backups')
  const { folder, name, isOwn } = backup
  const [secret, setSecret] = useState<BackupSecret | null>(null)
  const preview = useMutation({ mutationFn: calls.previewBackup })
  const restore = useMutation({ mutationFn: calls.restoreBackup, onSuccess: onRestored })
  const { mutate } = preview
  useEffect(() => {
    if (isOwn) mutate({ folder, name, secret: null })
  }, [folder, name, isOwn, mutate])

  function look(given: BackupSecret) {
    setSecret(given)
    mutate({ folder, name, secret: given })
  }
  return (
    <Stack gap="md">
      {preview.data ? (
        <PreviewFacts preview={preview.data} />
      ) : isOwn ? (
        <FormProblem error={preview.error} />
      ) : (
        <SecretForm
          backup={backup}
          isBusy={preview.isPending}
          error={preview.error}
          onSecret={look}
          onOtherWay={preview.reset}
        />
      )}
      <FormProblem error={restore.error} />
      <Group justify="space-between" gap="sm">
        <Button variant="default" disabled={restore.isPending} onClick={onBack}>
          {t('first.back')}
        </Button>
        {preview.data && (
          <Button loading={restore.isPending} onClick={() => restore.mutate({ folder, name, secret })}>
            {t('first.restore')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
