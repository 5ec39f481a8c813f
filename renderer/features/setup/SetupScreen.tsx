import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { EntryFrame } from '../../ui/EntryFrame.tsx'
import { ChoosePath } from './ChoosePath.tsx'
import { ComingFromCentre } from './ComingFromCentre.tsx'
import { CreateCentreForm } from './CreateCentreForm.tsx'
import { JoinCentreForm } from './JoinCentreForm.tsx'

/** The first start: a real centre, one that is there already, or one to practise in. */
export function SetupScreen() {
  const { t } = useTranslation('setup')
  const [step, setStep] = useState<'choose' | 'centre' | 'join'>('choose')
  const status = useQuery(
    api.setup.status.queryOptions({ refetchInterval: ({ state: { data } }) => data?.state === 'joining' && 1_000 }),
  )
  // Ready is what an installation becomes that has joined; whoever sets one up is somewhere else by then.
  const isJoining = status.data !== undefined && status.data.state !== 'empty'
  return (
    <EntryFrame
      hasLanguageMenu={isJoining || step !== 'choose'}
      title={t(step === 'choose' ? 'welcome' : `${step}.title`)}
      cover={
        <>
          <h2>{t('cover.title')}</h2>
          <p>{t('cover.text')}</p>
        </>
      }
    >
      {isJoining ? (
        <ComingFromCentre organization={status.data?.organizationName ?? ''} isThere={status.data?.state === 'ready'} />
      ) : step === 'choose' ? (
        <ChoosePath onCentre={() => setStep('centre')} onJoin={() => setStep('join')} />
      ) : step === 'join' ? (
        <JoinCentreForm onBack={() => setStep('choose')} />
      ) : (
        <CreateCentreForm onBack={() => setStep('choose')} />
      )}
    </EntryFrame>
  )
}
