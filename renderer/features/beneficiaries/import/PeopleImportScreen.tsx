import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PeopleFile, PeoplePlan } from '../../../../shared/contract/people-imports.ts'
import { api } from '../../../lib/client.ts'
import { BackLink } from '../../../ui/BackLink.tsx'
import { Page } from '../../../ui/Page.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { CarryOut } from './CarryOut.tsx'
import { ChooseFile, type ChosenFile } from './ChooseFile.tsx'
import { ColumnsStep } from './ColumnsStep.tsx'
import { EarlierImports } from './EarlierImports.tsx'
import { PreviewStep } from './PreviewStep.tsx'

type Step =
  | { at: 'choose' }
  | { at: 'columns'; chosen: ChosenFile; file: PeopleFile }
  | { at: 'preview'; chosen: ChosenFile; file: PeopleFile; plan: PeoplePlan }
  | { at: 'carryOut'; chosen: ChosenFile; file: PeopleFile; plan: PeoplePlan }

/** Brings a list of people in: choose the file, say what its columns are, look at what would happen, do it. */
export function PeopleImportScreen() {
  const { t } = useTranslation('peopleImport')
  const [step, setStep] = useState<Step>({ at: 'choose' })
  const earlier = useQuery(api.peopleImports.list.queryOptions())
  return (
    <Page>
      <PageHeader
        title={t('title')}
        back={
          <BackLink to="/beneficiaries" search={{}}>
            {t('toList')}
          </BackLink>
        }
        note={step.at === 'choose' ? t('note') : <bdi>{step.chosen.name}</bdi>}
      />
      {step.at === 'choose' && (
        <>
          <ChooseFile onRead={(chosen, file) => setStep({ at: 'columns', chosen, file })} />
          <EarlierImports imports={earlier.data ?? []} />
        </>
      )}
      {step.at === 'columns' && (
        <ColumnsStep
          key={step.file.fileId}
          {...step}
          onReadAgain={(file) => setStep({ ...step, file })}
          onPlanned={(file, plan) => setStep({ ...step, at: 'preview', file, plan })}
          onBack={() => setStep({ at: 'choose' })}
        />
      )}
      {step.at === 'preview' && (
        <PreviewStep
          {...step}
          onPlanned={(plan) => setStep({ ...step, plan })}
          onBack={() => setStep({ ...step, at: 'columns' })}
          onBegin={() => setStep({ ...step, at: 'carryOut' })}
        />
      )}
      {step.at === 'carryOut' && <CarryOut {...step} onAnother={() => setStep({ at: 'choose' })} />}
    </Page>
  )
}
