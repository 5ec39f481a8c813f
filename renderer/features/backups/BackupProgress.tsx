import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { BackupState } from '../../../shared/contract/backups.ts'
import { api } from '../../lib/client.ts'
import { useMutation } from '../../lib/use-mutation.ts'

/** What is under way, how far it is, and the way to stop it. */
export function BackupProgress({ running }: { running: NonNullable<BackupState['running']> }) {
  const { t } = useTranslation('backups')
  const cancel = useMutation(api.backups.cancel.mutationOptions())
  const percent = running.allBytes > 0 ? Math.round((100 * running.doneBytes) / running.allBytes) : 0
  return (
    <Stack gap="xs" role="status">
      <Group justify="space-between">
        <Text>{t(`running.${running.work}`)}</Text>
        <Button variant="default" size="xs" onClick={() => cancel.mutate(undefined)}>
          {t('running.cancel')}
        </Button>
      </Group>
      <Progress value={percent} aria-label={t(`running.${running.work}`)} />
    </Stack>
  )
}
