import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Backup } from '../../../shared/contract/backups.ts'
import { api } from '../../lib/client.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Section } from '../../ui/Section.tsx'
import { BackupList } from './BackupList.tsx'
import { BackupProgress } from './BackupProgress.tsx'
import { BackupSettingsForm } from './BackupSettingsForm.tsx'
import { BackupStateLine } from './BackupStateLine.tsx'
import { HoldingNotice } from './HoldingNotice.tsx'
import { OtherFolder } from './OtherFolder.tsx'
import { RestoreDialog } from './RestoreDialog.tsx'

/** Where the copies of everything are, when the last was made, and the way back; for administrators. */
export function BackupsScreen() {
  const { t } = useTranslation('backups')
  const queryClient = useQueryClient()
  const [chosen, setChosen] = useState<Backup | null>(null)
  const state = useQuery(
    api.backups.state.queryOptions({ refetchInterval: ({ state: { data } }) => (data?.running ? 400 : 30_000) }),
  )
  const begin = useMutation(
    api.backups.begin.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.backups.state.key() }),
    }),
  )
  const running = state.data?.running ?? null
  return (
    <Page>
      <PageHeader
        title={t('title')}
        note={state.data && <BackupStateLine state={state.data} />}
        actions={
          <Button loading={begin.isPending} disabled={running !== null} onClick={() => begin.mutate(undefined)}>
            {t('begin')}
          </Button>
        }
      />
      <FormProblem error={begin.error} />
      {running && <BackupProgress running={running} />}
      {state.isPending && <LoadingRows count={3} />}
      {state.isError && <ErrorState error={state.error} onRetry={() => void state.refetch()} />}
      {state.data && (
        <>
          <HoldingNotice state={state.data} isBusy={running !== null} />
          <BackupList backups={state.data.backups} isBusy={running !== null} onRestore={setChosen} />
          <Section title={t('settings.title')} note={t('settings.note')}>
            <BackupSettingsForm key={`${state.data.secondFolder} ${state.data.every}`} state={state.data} />
          </Section>
          <Section title={t('other.title')} note={t('other.note')}>
            <OtherFolder onRestore={setChosen} />
          </Section>
        </>
      )}
      {chosen && <RestoreDialog backup={chosen} onClose={() => setChosen(null)} />}
    </Page>
  )
}
