import { Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { gradingNeeds } from '../../../../shared/contract/grading.ts'
import { api } from '../../../lib/client.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { LoadingRows } from '../../../ui/LoadingRows.tsx'
import { Page } from '../../../ui/Page.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { ResultTabs } from '../ResultTabs.tsx'
import classes from './grading.module.css'

/** What waits for a person, assessment by assessment. */
export function GradingScreen() {
  const { t } = useTranslation('grading')
  const waiting = useQuery(api.grading.waiting.queryOptions({ refetchInterval: 15_000 }))
  return (
    <Page>
      <PageHeader title={t('title')} note={t('note')} />
      <ResultTabs />
      {waiting.isPending && <LoadingRows />}
      {waiting.isError && <ErrorState error={waiting.error} onRetry={() => void waiting.refetch()} />}
      {waiting.data?.length === 0 && (
        <EmptyState icon={IconCircleCheck} title={t('nothingTitle')}>
          {t('nothingText')}
        </EmptyState>
      )}
      {waiting.data && waiting.data.length > 0 && (
        <ul className={classes.list} aria-label={t('title')}>
          {waiting.data.map(({ assessmentId, title, ...counts }) => (
            <li key={assessmentId} className={classes.place}>
              <div>
                <bdi className={classes.title}>{title}</bdi>
                <Text size="sm" c="var(--bdc-ink-soft)">
                  {gradingNeeds
                    .filter((need) => counts[need] > 0)
                    .map((need) => t(`count.${need}`, { count: counts[need] }))
                    .join(' · ')}
                </Text>
              </div>
              <ButtonLink to="/grading/$id" params={{ id: assessmentId }} aria-label={t('gradeOf', { title })}>
                {t('grade')}
              </ButtonLink>
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}
