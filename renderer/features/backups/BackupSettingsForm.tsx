import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type BackupState, backupPauses } from '../../../shared/contract/backups.ts'
import { api } from '../../lib/client.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'

/** How often, and where the second copy goes. */
export function BackupSettingsForm({ state }: { state: BackupState }) {
  const { t } = useTranslation('backups')
  const queryClient = useQueryClient()
  const pauseId = useId()
  const [folder, setFolder] = useState(state.secondFolder ?? '')
  const [every, setEvery] = useState(state.every)
  const save = useMutation(
    api.backups.configure.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: api.backups.state.key() })
        toast(t('settings.saved'))
      },
    }),
  )

  function submit(event: FormEvent) {
    event.preventDefault()
    save.mutate({ secondFolder: folder.trim() || null, every })
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Stack gap={4}>
          <Text fw={600} id={pauseId}>
            {t('settings.every')}
          </Text>
          <SegmentedControl
            fullWidth
            aria-labelledby={pauseId}
            value={every}
            onChange={(value) => setEvery(backupPauses.find((pause) => pause === value) ?? 'day')}
            data={backupPauses.map((value) => ({ value, label: t(`settings.${value}`) }))}
          />
        </Stack>
        <TextInput
          label={t('settings.folder')}
          description={t('settings.folderHint')}
          value={folder}
          spellCheck={false}
          dir="ltr"
          onChange={(event) => setFolder(event.currentTarget.value)}
        />
        <FormProblem error={save.error} />
        <Group>
          <Button type="submit" loading={save.isPending}>
            {t('settings.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
