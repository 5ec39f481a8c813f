import { Button, Group, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Backup, BackupPreview, BackupSecret } from '../../../shared/contract/backups.ts'
import { api } from '../../lib/client.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { PreviewFacts } from '../../ui/backup/PreviewFacts.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'

interface RestoreFormProps {
  backup: Backup
  preview: BackupPreview
  secret: BackupSecret | null
  onClose: () => void
  onRestart: () => void
}

export function RestoreForm({ backup, preview, secret, onClose, onRestart }: RestoreFormProps) {
  const { t } = useTranslation('backups')
  const [password, setPassword] = useState('')
  const restore = useMutation(api.backups.restore.mutationOptions({ onSuccess: onRestart }))

  function submit(event: FormEvent) {
    event.preventDefault()
    if (password !== '') restore.mutate({ folder: backup.folder, name: backup.name, secret, password })
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <PreviewFacts preview={preview} />
        <Text>{t('restore.consequence')}</Text>
        <PasswordField
          label={t('restore.password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <FormProblem error={restore.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('restore.cancel')}
          </Button>
          <Button type="submit" color="brick" loading={restore.isPending} disabled={password === ''}>
            {t('restore.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
