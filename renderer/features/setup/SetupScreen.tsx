import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, client } from '../../lib/client.ts'
import { Restarting } from '../../ui/backup/Restarting.tsx'
import { RestoreInstead } from '../../ui/backup/RestoreInstead.tsx'
import { EntryFrame } from '../../ui/EntryFrame.tsx'
import { ChoosePath } from './ChoosePath.tsx'
import { ComingFromCentre } from './ComingFromCentre.tsx'
import { CreateCentreForm } from './CreateCentreForm.tsx'
import { JoinCentreForm } from './JoinCentreForm.tsx'
import { TrainerGone } from './TrainerGone.tsx'

const titles = {
  choose: 'welcome',
  centre: 'centre.title',
  join: 'join.title',
  backup: 'path.backup',
  restarting: 'path.backup',
} as const

/** How often it is looked whether somebody can sign in meanwhile. */
const lookMs = { joining: 1_000, ended: 5_000, empty: false, ready: false } as const

/** The first start: a real centre, one that is there already, one to practise in, or the one that was here before. */
export function SetupScreen() {
  const { t } = useTranslation('setup')
  const [step, setStep] = useState<keyof typeof titles>('choose')
  const toChoice = () => setStep('choose')
  const status = useQuery(
    api.setup.status.queryOptions({ refetchInterval: ({ state: { data } }) => lookMs[data?.state ?? 'empty'] }),
  )
  const state = status.data?.state
  const [hasJoined, setHasJoined] = useState(false)
  if ((state === 'joining' || state === 'ended') && !hasJoined) setHasJoined(true)
  // Ready is also what a centre becomes that is set up here, and whoever did that is on their way to its pages.
  const isJoining = state === 'joining' || (state === 'ready' && (hasJoined || step === 'join'))
  return (
    <EntryFrame
      hasLanguageMenu={isJoining || state === 'ended' || step !== 'choose'}
      title={t(state === 'ended' ? 'ended.title' : titles[step])}
      cover={
        <>
          <h2>{t('cover.title')}</h2>
          <p>{t('cover.text')}</p>
        </>
      }
    >
      {state === 'ended' ? (
        <TrainerGone organization={status.data?.organizationName ?? ''} />
      ) : isJoining ? (
        <ComingFromCentre organization={status.data?.organizationName ?? ''} isThere={status.data?.state === 'ready'} />
      ) : step === 'choose' ? (
        <ChoosePath
          onCentre={() => setStep('centre')}
          onJoin={() => setStep('join')}
          onBackup={() => setStep('backup')}
        />
      ) : step === 'join' ? (
        <JoinCentreForm onBack={toChoice} />
      ) : step === 'centre' ? (
        <CreateCentreForm onBack={toChoice} />
      ) : step === 'backup' ? (
        <RestoreInstead
          calls={client.setup}
          title={t('path.backup')}
          consequence={t('backup.consequence')}
          onBack={toChoice}
          onRestored={() => setStep('restarting')}
        />
      ) : (
        <Restarting />
      )}
    </EntryFrame>
  )
}
