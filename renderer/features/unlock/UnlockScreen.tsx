import { Alert, Button, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { IconKey, IconShieldLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UnlockStatus } from '../../../shared/contract/unlock.ts'
import { formatMoment } from '../../lib/format.ts'
import { RestoreInstead } from '../../ui/backup/RestoreInstead.tsx'
import { EntryFrame } from '../../ui/EntryFrame.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Opening } from './Opening.tsx'
import { PassphraseForm } from './PassphraseForm.tsx'
import { RecoveryCodeForm } from './RecoveryCodeForm.tsx'
import { backupCalls, unlock } from './unlock-client.ts'

/** All there is before the data is open: how to open it. */
export function UnlockScreen() {
  const { t } = useTranslation('unlock')
  const [isOpening, setIsOpening] = useState(false)
  const [isRestoring, setIsRestoring] = useState(false)
  const status = useQuery(unlock.status.queryOptions({ staleTime: Number.POSITIVE_INFINITY }))
  return (
    <EntryFrame
      title={t('title')}
      cover={
        <>
          <h2>{t('cover.title')}</h2>
          <p>{t('cover.text')}</p>
        </>
      }
    >
      {isRestoring && !isOpening ? (
        <RestoreInstead
          calls={backupCalls}
          title={t('restore.title')}
          consequence={t('restore.consequence')}
          onBack={() => setIsRestoring(false)}
          onRestored={() => setIsOpening(true)}
        />
      ) : (
        <Stack gap="lg">
          <Title order={1} tabIndex={-1}>
            {t('title')}
          </Title>
          {isOpening ? (
            <Opening />
          ) : status.isPending ? (
            <LoadingRows count={2} />
          ) : status.isError ? (
            <ErrorState error={status.error} onRetry={() => void status.refetch()} />
          ) : (
            <>
              <Ways status={status.data} onUnlocked={() => setIsOpening(true)} />
              <Group>
                <Button variant="subtle" onClick={() => setIsRestoring(true)}>
                  {t('restore.instead')}
                </Button>
              </Group>
            </>
          )}
        </Stack>
      )}
    </EntryFrame>
  )
}

function Ways({ status, onUnlocked }: { status: UnlockStatus; onUnlocked: () => void }) {
  const { t } = useTranslation('unlock')
  const [way, setWay] = useState<'passphrase' | 'recovery'>(status.hasPassphrase ? 'passphrase' : 'recovery')
  const { keychain, shutOut } = status
  const isForPerson = status.hasPassphrase || status.hasRecoveryCode
  if (shutOut && !isForPerson) return <ShutOut {...shutOut} isForPerson={false} />
  return (
    <>
      {shutOut && <ShutOut {...shutOut} isForPerson />}
      {keychain && (
        <Alert color="saffron" variant="light" icon={<IconKey aria-hidden />} title={t('keychain.title')}>
          {keychain.found
            ? t('keychain.other', { wanted: keychain.wanted, found: keychain.found })
            : t('keychain.none', { wanted: keychain.wanted })}
        </Alert>
      )}
      {status.hasPassphrase && status.hasRecoveryCode && (
        <SegmentedControl
          fullWidth
          aria-label={t('way')}
          value={way}
          onChange={(value) => setWay(value === 'passphrase' ? 'passphrase' : 'recovery')}
          data={[
            { value: 'passphrase', label: t('passphrase.name') },
            { value: 'recovery', label: t('recovery.name') },
          ]}
        />
      )}
      {way === 'passphrase' ? (
        <PassphraseForm hasRecoveryCode={status.hasRecoveryCode} onUnlocked={onUnlocked} />
      ) : (
        <RecoveryCodeForm mayHaveForgotten={status.hasPassphrase} onUnlocked={onUnlocked} />
      )}
    </>
  )
}

/** The centre has taken this computer's access away: why nothing opens by itself any more, and what to do. */
function ShutOut({
  organizationName,
  at,
  isForPerson,
}: NonNullable<UnlockStatus['shutOut']> & { isForPerson: boolean }) {
  const { t } = useTranslation('unlock')
  return (
    <Alert color="brick" variant="light" icon={<IconShieldLock aria-hidden />} title={t('shutOut.title')}>
      <Stack gap="xs">
        <Text>{t('shutOut.text', { organization: organizationName, when: formatMoment(at) })}</Text>
        <Text>{t(isForPerson ? 'shutOut.open' : 'shutOut.noWay')}</Text>
        <Text>{t('shutOut.again')}</Text>
      </Stack>
    </Alert>
  )
}
