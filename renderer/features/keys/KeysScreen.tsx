import { Alert, Button, Group } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeySlot, KeysOfComputer } from '../../../shared/contract/keys.ts'
import { api } from '../../lib/client.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { KeyDialog, type KeyTask } from './KeyDialog.tsx'
import { KeyRow } from './KeyRow.tsx'
import { RecoverySheet } from './RecoverySheet.tsx'

/** With what the data of this computer can be opened; for administrators. */
export function KeysScreen() {
  const { t } = useTranslation('keys')
  const [groups, setGroups] = useState<string[] | null>(null)
  const keys = useQuery(api.keys.ofComputer.queryOptions())
  if (groups) return <RecoverySheet groups={groups} onDone={() => setGroups(null)} />
  return (
    <Page>
      <PageHeader title={t('title')} note={t('note')} />
      {keys.isPending && <LoadingRows count={2} />}
      {keys.isError && <ErrorState error={keys.error} onRetry={() => void keys.refetch()} />}
      {keys.data && <Keys keys={keys.data} onCode={setGroups} />}
    </Page>
  )
}

function Keys({ keys, onCode }: { keys: KeysOfComputer; onCode: (groups: string[]) => void }) {
  const { t } = useTranslation('keys')
  const [task, setTask] = useState<KeyTask | null>(null)
  const has = (kind: KeySlot['kind'], use: KeySlot['use'] = null) =>
    keys.slots.some((slot) => slot.kind === kind && slot.use === use)
  const startsByItself = has('file') || has('keychain')
  return (
    <>
      {!keys.hasRecoveryCode && (
        <Alert color="saffron" variant="light" icon={<IconKey aria-hidden />} title={t('nag.title')}>
          {t('nag.text')}
        </Alert>
      )}
      <Alert color="gray" variant="light">
        {t(startsByItself ? (has('keychain') ? 'honest.keychain' : 'honest.file') : 'honest.person')}
      </Alert>
      <RowList>
        {keys.slots.map((slot) => (
          <KeyRow key={slot.id} slot={slot} onTask={setTask} />
        ))}
      </RowList>
      <Group gap="sm">
        <Button onClick={() => setTask({ kind: 'recovery', isRenewed: keys.hasRecoveryCode })}>
          {t(keys.hasRecoveryCode ? 'recovery.renew' : 'recovery.make')}
        </Button>
        <Button variant="default" onClick={() => setTask({ kind: 'passphrase', use: 'start', insteadOf: null })}>
          {t('passphrase.add')}
        </Button>
        <Button variant="default" onClick={() => setTask({ kind: 'passphrase', use: 'backups', insteadOf: null })}>
          {t('passphrase.addForBackups')}
        </Button>
        {(!startsByItself || (keys.hasKeychain && !has('keychain'))) && (
          <Button variant="default" onClick={() => setTask({ kind: 'byItself', hasKeychain: keys.hasKeychain })}>
            {t('byItself.turnOn')}
          </Button>
        )}
      </Group>
      <KeyDialog task={task} onClose={() => setTask(null)} onCode={onCode} />
    </>
  )
}
