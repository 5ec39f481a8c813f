import { Button, Tabs } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBooks } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Assessment } from '../../../shared/contract/assessments.ts'
import { mayUse } from '../../../shared/permissions.ts'
import { api } from '../../lib/client.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { UnsavedGuard } from '../../lib/UnsavedGuard.tsx'
import { BackLink } from '../../ui/BackLink.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { PageSkeleton } from '../../ui/PageSkeleton.tsx'
import { AssessmentActions } from './AssessmentActions.tsx'
import { AssessmentFacts } from './AssessmentFacts.tsx'
import classes from './AssessmentScreen.module.css'
import { DetailsForm } from './details/DetailsForm.tsx'
import { isUnsaved, type SavingState } from './details/use-autosave.ts'
import { FromBankDialog } from './pools/FromBankDialog.tsx'
import { PoolList } from './pools/PoolList.tsx'
import { LearnerPreview } from './preview/LearnerPreview.tsx'
import { PrintLink } from './print/PrintLink.tsx'
import { ImportDialog } from './question-import/ImportDialog.tsx'
import { QuestionList } from './questions/QuestionList.tsx'
import { useQuestionDrafts } from './questions/use-question-drafts.ts'
import { StatusNotice } from './StatusNotice.tsx'

const route = getRouteApi('/staff/assessments/$id')

export function AssessmentScreen() {
  const { t } = useTranslation('assessments')
  const { id } = route.useParams()
  const { data, error, isPending, refetch } = useQuery(api.assessments.get.queryOptions({ input: { id } }))
  if (isPending) return <PageSkeleton />
  if (!data) {
    return (
      <Page>
        <PageHeader title={t('list.title')} back={<BackLink to="/assessments">{t('list.back')}</BackLink>} />
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Page>
    )
  }
  return <AssessmentPage key={id} assessment={data} />
}

function AssessmentPage({ assessment }: { assessment: Assessment }) {
  const { t } = useTranslation(['assessments', 'bank'])
  const mayWrite = mayUse(actorKindOf(useMe()), 'assessments.create')
  const isEditable = mayWrite && assessment.status === 'draft'
  const [isImporting, importing] = useDisclosure(false)
  const [isChoosing, choosing] = useDisclosure(false)
  const drafts = useQuestionDrafts()
  const [savingDetails, setSavingDetails] = useState<SavingState>('untouched')
  const unsaved = { question: drafts.isDirty, details: isUnsaved(savingDetails) }
  return (
    <Page>
      <PageHeader
        title={assessment.title}
        back={<BackLink to="/assessments">{t('list.title')}</BackLink>}
        note={<AssessmentFacts assessment={assessment} />}
        actions={
          <>
            <PrintLink id={assessment.id} />
            {mayWrite && <AssessmentActions assessment={assessment} unsaved={unsaved} />}
          </>
        }
      />
      <StatusNotice assessment={assessment} mayWrite={mayWrite} />
      <Tabs
        key={assessment.status}
        defaultValue="questions"
        keepMounted={false}
        keepMountedMode="display-none"
        classNames={{ list: classes.tabs, tab: classes.tab }}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="questions">{t('tab.questions', { count: assessment.questions.length })}</Tabs.Tab>
          <Tabs.Tab value="details">{t('tab.details')}</Tabs.Tab>
          <Tabs.Tab value="preview">{t('tab.preview')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="questions" keepMounted>
          <PoolList assessment={assessment} isEditable={isEditable} />
          <QuestionList assessment={assessment} drafts={drafts} isEditable={isEditable} onImport={importing.open} />
          {isEditable && (
            <Button mt="sm" variant="default" leftSection={<IconBooks size={18} aria-hidden />} onClick={choosing.open}>
              {t('bank:fromBank')}
            </Button>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="details" keepMounted>
          <DetailsForm assessment={assessment} isEditable={isEditable} onState={setSavingDetails} />
        </Tabs.Panel>
        <Tabs.Panel value="preview">
          <LearnerPreview assessment={assessment} />
        </Tabs.Panel>
      </Tabs>
      <UnsavedGuard isDirty={unsaved.question || savingDetails === 'invalid' || savingDetails === 'failed'} />
      {isEditable && <FromBankDialog assessmentId={assessment.id} isOpen={isChoosing} onClose={choosing.close} />}
      {isEditable && <ImportDialog target={{ draft: assessment }} isOpen={isImporting} onClose={importing.close} />}
    </Page>
  )
}
