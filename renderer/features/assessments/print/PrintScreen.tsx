import { Button, Text } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useIsFetching, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Assessment } from '../../../../shared/contract/assessments.ts'
import { api } from '../../../lib/client.ts'
import { BackLink } from '../../../ui/BackLink.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Page } from '../../../ui/Page.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { PageSkeleton } from '../../../ui/PageSkeleton.tsx'
import { PaperSheets } from './PaperSheets.tsx'
import { PrintChoices } from './PrintChoices.tsx'
import classes from './print.module.css'
import { ordinaryOptions, printParts } from './print-options.ts'
import { hasVersions, versionsOf } from './versions.ts'

const route = getRouteApi('/staff/assessments/$id/print')

export function PrintScreen() {
  const { t } = useTranslation('print')
  const { id } = route.useParams()
  const { data, error, isPending, refetch } = useQuery(api.assessments.get.queryOptions({ input: { id } }))
  if (isPending) return <PageSkeleton />
  if (data) return <PrintPage key={id} assessment={data} />
  return (
    <Page>
      <PageHeader title={t('title')} />
      <ErrorState error={error} onRetry={() => void refetch()} />
    </Page>
  )
}

/** An assessment on paper, exactly as it will come out of the printer. */
function PrintPage({ assessment }: { assessment: Assessment }) {
  const { t } = useTranslation('print')
  const [options, setOptions] = useState(() => ordinaryOptions(navigator.language))
  const isLoading = useIsFetching({ queryKey: ['picture'] }) > 0
  const isEmpty = assessment.questions.length === 0 || !printParts.some((part) => options.parts[part])
  return (
    <Page>
      <div className={classes.controls}>
        <PageHeader
          title={t('title')}
          back={
            <BackLink to="/assessments/$id" params={{ id: assessment.id }}>
              <bdi>{assessment.title}</bdi>
            </BackLink>
          }
          note={t('note')}
          actions={
            <Button
              leftSection={<IconPrinter size={18} aria-hidden />}
              disabled={isEmpty}
              loading={isLoading}
              onClick={() => window.print()}
            >
              {t('print')}
            </Button>
          }
        />
        <PrintChoices options={options} hasVersions={hasVersions(assessment.settings)} onChange={setOptions} />
        {isEmpty && (
          <Text c="var(--bdc-ink-soft)">{t(assessment.questions.length === 0 ? 'noQuestions' : 'noPart')}</Text>
        )}
      </div>
      {!isEmpty && (
        <PaperSheets
          title={assessment.title}
          description={assessment.description}
          timeLimit={assessment.timeLimit}
          versions={versionsOf(assessment, options.versions)}
          options={options}
        />
      )}
    </Page>
  )
}
