import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { beginOf, spanOf } from '../../lib/calendar-days.ts'
import { api } from '../../lib/client.ts'
import { formatDate } from '../../lib/format.ts'
import { useToday } from '../../lib/use-now.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { AssessmentsOfDay } from './AssessmentsOfDay.tsx'
import { Beginning } from './Beginning.tsx'
import { GroupsPart } from './GroupsPart.tsx'
import { PlanPart } from './PlanPart.tsx'
import classes from './today.module.css'
import { WaitingPart } from './WaitingPart.tsx'

const minute = 60_000

/** The day at a glance: what is planned, what waits, how the groups do; in a centre without anything, how to begin. */
export function TodayScreen() {
  const { t } = useTranslation('today')
  const day = useToday()
  const waiting = useQuery(api.today.waiting.queryOptions({ input: spanOf([day]), refetchInterval: minute }))
  const begun = waiting.data && Object.values(waiting.data.begun)
  const isEmpty = begun?.every((one) => !one) ?? false
  return (
    <Page>
      <PageHeader
        title={t('title')}
        note={formatDate(beginOf(day), { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })}
      />
      {waiting.data && begun?.includes(false) && <Beginning begun={waiting.data.begun} />}
      {waiting.isError ? (
        <ErrorState error={waiting.error} onRetry={() => void waiting.refetch()} />
      ) : (
        <div className={classes.columns}>
          <div className={classes.column}>
            {!isEmpty && <PlanPart day={day} />}
            {waiting.data && waiting.data.assessments.length > 0 && (
              <AssessmentsOfDay rows={waiting.data.assessments} day={day} />
            )}
          </div>
          <WaitingPart waiting={waiting.data} />
        </div>
      )}
      {begun?.[2] && <GroupsPart />}
    </Page>
  )
}
