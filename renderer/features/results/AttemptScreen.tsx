import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttemptReport } from '../../../shared/contract/results.ts'
import { mayUse } from '../../../shared/permissions.ts'
import { api } from '../../lib/client.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { BackLink } from '../../ui/BackLink.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { PageSkeleton } from '../../ui/PageSkeleton.tsx'
import { SafeMark } from '../../ui/SafeMark.tsx'
import { AnswerCard } from './AnswerCard.tsx'
import { AttemptSummary } from './AttemptSummary.tsx'
import classes from './attempt.module.css'
import { GradingProgress } from './GradingProgress.tsx'
import { OverrideNote } from './OverrideNote.tsx'
import { SetResult } from './SetResult.tsx'
import { AttemptControls } from './supervision/AttemptControls.tsx'
import { AttemptIncidents } from './supervision/AttemptIncidents.tsx'

const route = getRouteApi('/staff/results/$attemptId')

export function AttemptScreen() {
  const { t } = useTranslation('results')
  const { attemptId } = route.useParams()
  const { data, error, isPending, refetch } = useQuery(api.results.attempt.queryOptions({ input: { attemptId } }))
  if (isPending) return <PageSkeleton />
  if (!data) {
    return (
      <Page>
        <PageHeader title={t('list.title')} back={<BackLink to="/results">{t('list.back')}</BackLink>} />
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Page>
    )
  }
  return <AttemptPage key={attemptId} report={data} />
}

function AttemptPage({ report }: { report: AttemptReport }) {
  const { t } = useTranslation('results')
  const kind = actorKindOf(useMe())
  const mayGrade = mayUse(kind, 'results.grade') && report.state !== 'running'
  const maySupervise = mayUse(kind, 'supervision.pause')
  const page = useRef<HTMLDivElement>(null)
  const waiting = report.answers.filter((answer) => answer.isWaiting)
  const focusPoints = (responseId: number | null | undefined) =>
    page.current?.querySelector<HTMLElement>(`[data-grade="${responseId}"]`)?.focus()
  const focusNextAfter = (index: number) => {
    const others = [...report.answers.slice(index + 1), ...report.answers.slice(0, index)]
    const next = others.find((answer) => answer.isWaiting)
    if (next) focusPoints(next.responseId)
    else page.current?.querySelector<HTMLElement>('[data-progress]')?.focus()
  }

  return (
    <Page>
      <PageHeader
        title={report.beneficiaryName}
        actions={
          <>
            <ButtonLink to="/results/$attemptId/replay" params={{ attemptId: report.attemptId }} variant="default">
              {t('attempt.replay')}
            </ButtonLink>
            <ButtonLink to="/results/learner/$id" params={{ id: report.beneficiaryId }} variant="default">
              {t('attempt.learnerReport')}
            </ButtonLink>
            {mayGrade && <SetResult report={report} />}
            {maySupervise && <AttemptControls attempt={report} />}
          </>
        }
        back={<BackLink to="/results">{t('list.title')}</BackLink>}
        note={t('attempt.assessmentAndNumber', { title: report.title, number: report.attemptNumber })}
      />
      <div ref={page} className={classes.attempt}>
        {report.override && <OverrideNote report={report} override={report.override} mayTakeBack={mayGrade} />}
        <AttemptSummary report={report}>
          <GradingProgress
            report={report}
            waiting={waiting.length}
            onGradeNow={mayGrade ? () => focusPoints(waiting[0]?.responseId) : undefined}
          />
          <SafeMark kind="attempts" id={report.attemptId} />
        </AttemptSummary>
        {maySupervise && <AttemptIncidents attemptId={report.attemptId} />}
        <ol className={classes.answers} aria-label={t('attempt.answers')}>
          {report.answers.map((answer, index) => (
            <AnswerCard
              key={answer.questionId}
              assessmentId={report.assessmentId}
              answer={answer}
              number={index + 1}
              mayGrade={mayGrade}
              hasNext={waiting.some((one) => one !== answer)}
              onGraded={() => focusNextAfter(index)}
            />
          ))}
        </ol>
      </div>
    </Page>
  )
}
