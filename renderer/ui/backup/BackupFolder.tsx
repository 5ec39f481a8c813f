import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconDeviceFloppy } from '@tabler/icons-react'
import { type UseMutationResult } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Backup } from '../../../shared/contract/backups.ts'
import { formatMoment, formatNumber } from '../../lib/format.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { ChoiceCard } from '../ChoiceCard.tsx'
import { EmptyState } from '../EmptyState.tsx'
import { FormProblem } from '../FormProblem.tsx'

interface BackupFolderProps {
  backupsIn: (input: { folder: string }) => Promise<Backup[]>
  onBack: () => void
  onChoose: (backup: Backup) => void
}

/** Where the backup lies, and which one it is. */
export function BackupFolder({ backupsIn, onBack, onChoose }: BackupFolderProps) {
  const { t } = useTranslation('backups')
  const [folder, setFolder] = useState('')
  const look = useMutation({ mutationFn: backupsIn })

  function submit(event: FormEvent) {
    event.preventDefault()
    if (folder.trim() !== '') look.mutate({ folder: folder.trim() })
  }
  return (
    <Stack gap="md">
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={t('other.folder')}
            description={t('first.folderHint')}
            value={folder}
            autoFocus
            spellCheck={false}
            dir="ltr"
            onChange={(event) => setFolder(event.currentTarget.value)}
          />
          <FormProblem error={look.error} />
          <Group justify="space-between" gap="sm">
            <Button variant="default" onClick={onBack}>
              {t('first.back')}
            </Button>
            <Button type="submit" loading={look.isPending} disabled={folder.trim() === ''}>
              {t('other.look')}
            </Button>
          </Group>
        </Stack>
      </form>
      <Found look={look} onChoose={onChoose} />
    </Stack>
  )
}

interface FoundProps {
  look: UseMutationResult<Backup[], Error, { folder: string }>
  onChoose: (backup: Backup) => void
}

function Found({ look, onChoose }: FoundProps) {
  const { t } = useTranslation('backups')
  if (!look.data) return null
  if (look.data.length === 0) {
    return (
      <EmptyState icon={IconDeviceFloppy} title={t('other.none')}>
        {t('first.noneText')}
      </EmptyState>
    )
  }
  return (
    <Stack gap="sm">
      <Text fw={600}>{t('first.which')}</Text>
      {look.data.map((backup) => (
        <ChoiceCard
          key={backup.name}
          icon={IconDeviceFloppy}
          title={formatMoment(backup.madeAt)}
          onChoose={() => onChoose(backup)}
        >
          {t('list.contents', {
            people: formatNumber(backup.people),
            answers: formatNumber(backup.answers),
            megabytes: formatNumber(backup.bytes / 1e6, { maximumFractionDigits: 1 }),
          })}
        </ChoiceCard>
      ))}
    </Stack>
  )
}
