import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EntryFrame } from '../../ui/EntryFrame.tsx'
import { ChoosePath } from './ChoosePath.tsx'
import { CreateCentreForm } from './CreateCentreForm.tsx'

/** The first start: a real centre or one to practise in. */
export function SetupScreen() {
  const { t } = useTranslation('setup')
  const [step, setStep] = useState<'choose' | 'centre'>('choose')
  return (
    <EntryFrame
      hasLanguageMenu={step === 'centre'}
      title={t(step === 'choose' ? 'welcome' : 'centre.title')}
      cover={
        <>
          <h2>{t('cover.title')}</h2>
          <p>{t('cover.text')}</p>
        </>
      }
    >
      {step === 'choose' ? (
        <ChoosePath onCentre={() => setStep('centre')} />
      ) : (
        <CreateCentreForm onBack={() => setStep('choose')} />
      )}
    </EntryFrame>
  )
}
