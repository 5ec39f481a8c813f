import { Button, Group } from '@mantine/core'
import { IconDeviceFloppy } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Backup } from '../../../shared/contract/backups.ts'
import { api } from '../../lib/client.ts'
import { formatMoment, formatNumber } from '../../lib/format.ts'
import { toast, toastProblem } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Row, RowList } from '../../ui/RowList.tsx'

interface BackupListProps {
  backups: Backup[]
  isBusy: boolean
  onRestore: (backup: Backup) => void
}

export function BackupList({ backups, isBusy, onRestore }: BackupListProps) {
  const { t } = useTranslation('backups')
  if (backups.length === 0) {
    return (
      <EmptyState icon={IconDeviceFloppy} title={t('list.none')}>
        {t('list.noneText')}
      </EmptyState>
    )
  }
  return (
    <RowList>
      {backups.map((backup) => (
        <BackupRow key={`${backup.folder} ${backup.name}`} backup={backup} isBusy={isBusy} onRestore={onRestore} />
      ))}
    </RowList>
  )
}

interface BackupRowProps extends Omit<BackupListProps, 'backups'> {
  backup: Backup
}

function BackupRow({ backup, isBusy, onRestore }: BackupRowProps) {
  const { t } = useTranslation('backups')
  const queryClient = useQueryClient()
  const test = useMutation(
    api.backups.test.mutationOptions({
      onSuccess: () => toast(t('test.good')),
      onError: toastProblem,
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.backups.state.key() }),
    }),
  )
  const when = formatMoment(backup.madeAt)
  const megabytes = formatNumber(backup.bytes / 1e6, { maximumFractionDigits: 1 })
  const facts = [
    t('list.contents', { people: formatNumber(backup.people), answers: formatNumber(backup.answers), megabytes }),
    <bdi key="folder" dir="ltr">
      {backup.folder}
    </bdi>,
    ...(backup.isOwn ? [] : [t('list.foreign')]),
    ...(backup.holdsForgotten ? [t('list.holds')] : []),
  ]
  return (
    <Row
      name={`${when} · ${t(`reason.${backup.reason}`)}`}
      facts={facts}
      actions={
        <Group gap="xs">
          {backup.isOwn && (
            <Button
              variant="default"
              size="xs"
              loading={test.isPending}
              disabled={isBusy}
              aria-label={t('list.actionOf', { action: t('test.action'), when })}
              onClick={() => test.mutate({ folder: backup.folder, name: backup.name })}
            >
              {t('test.action')}
            </Button>
          )}
          <Button
            variant="default"
            size="xs"
            disabled={isBusy}
            aria-label={t('list.actionOf', { action: t('restore.action'), when })}
            onClick={() => onRestore(backup)}
          >
            {t('restore.action')}
          </Button>
        </Group>
      }
    />
  )
}
