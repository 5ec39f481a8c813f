import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../lib/client.ts'
import { Restarting } from '../../ui/backup/Restarting.tsx'
import { RestoreInstead } from '../../ui/backup/RestoreInstead.tsx'
import { EntryFrame } from '../../ui/EntryFrame.tsx'
import { ChoosePath } from './ChoosePath.tsx'
import { CreateCentreForm } from './CreateCentreForm.tsx'

const titles = { choose: 'welcome', centre: 'centre.title', backup: 'path.backup', restarting: 'path.backup' } as const

/** The first start: a real centre, one to practise in, or the one that was here or elsewhere before. */
export function SetupScreen() {
  const { t } = useTranslation('setup')
  const [step, setStep] = useState<keyof typeof titles>('choose')
  const toChoice = () => setStep('choose')
  return (
    <EntryFrame
      hasLanguageMenu={step !== 'choose'}
      title={t(titles[step])}
      cover={
        <>
          <h2>{t('cover.title')}</h2>
          <p>{t('cover.text')}</p>
        </>
      }
    >
      {step === 'choose' && <ChoosePath onCentre={() => setStep('centre')} onBackup={() => setStep('backup')} />}
      {step === 'centre' && <CreateCentreForm onBack={toChoice} />}
      {step === 'backup' && (
        <RestoreInstead
          calls={client.setup}
          title={t('path.backup')}
          consequence={t('backup.consequence')}
          onBack={toChoice}
          onRestored={() => setStep('restarting')}
        />
      )}
      {step === 'restarting' && <Restarting />}
    </EntryFrame>
  )
}
