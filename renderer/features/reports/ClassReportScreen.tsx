import { Select } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type ClassReport, countedAttempts } from '../../../shared/contract/reports.ts'
import { reachOf } from '../../../shared/permissions.ts'
import { api, client } from '../../lib/client.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { BackLink } from '../../ui/BackLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageSkeleton } from '../../ui/PageSkeleton.tsx'
import { CategoryPart } from '../../ui/report/CategoryPart.tsx'
import { ReportFrame } from '../../ui/report/ReportFrame.tsx'
import { SaveAs } from '../../ui/report/SaveAs.tsx'
import { ClassFacts } from './ClassFacts.tsx'
import { ClassItems } from './ClassItems.tsx'
import { ClassLearners } from './ClassLearners.tsx'
import { Distribution } from './Distribution.tsx'

const route = getRouteApi('/staff/results/class/$id')

/** How an assessment went in a group, or with everybody. */
export function ClassReportScreen() {
  const { t } = useTranslation('reports')
  const { id } = route.useParams()
  const { group, attempts = 'best' } = route.useSearch()
  const asked = { assessmentId: id, groupId: group, attempts }
  const { data, error, isPending, refetch } = useQuery(
    api.reports.class.queryOptions({ input: asked, placeholderData: keepPreviousData }),
  )
  const isOwnOnly = reachOf(actorKindOf(useMe()), 'reports.class') === 'own'
  if (isPending) return <PageSkeleton />
  const isEmpty = data?.learners.length === 0
  return (
    <ReportFrame
      title={t('class.title')}
      about={[data?.title, data?.groupName].filter(Boolean).join(' · ')}
      back={
        <BackLink to="/assessments/$id" params={{ id }}>
          <bdi>{data?.title ?? t('class.toAssessment')}</bdi>
        </BackLink>
      }
      note={isOwnOnly ? `${t('class.note')} ${t('class.ownOnly')}` : t('class.note')}
      actions={
        data && (
          <>
            <ChooseGroup />
            <ChooseAttempts />
            {!isEmpty && <SaveAs ask={(wish) => client.reports.classFile({ ...asked, ...wish })} />}
          </>
        )
      }
      instead={
        <>
          {!data && <ErrorState error={error} onRetry={() => void refetch()} />}
          {isEmpty && (
            <EmptyState icon={IconUsers} title={t(data.isPractice ? 'class.practiceTitle' : 'class.emptyTitle')}>
              {t(data.isPractice ? 'class.practiceText' : 'class.emptyText')}
            </EmptyState>
          )}
        </>
      }
    >
      {data && !isEmpty && <Parts report={data} />}
    </ReportFrame>
  )
}

function Parts({ report }: { report: ClassReport }) {
  return (
    <>
      <ClassFacts report={report} />
      <Distribution bands={report.distribution} passingScore={report.passingScore} />
      <ClassLearners report={report} />
      <CategoryPart categories={report.categories} />
      <ClassItems report={report} />
    </>
  )
}

function ChooseGroup() {
  const { t } = useTranslation('reports')
  const { group } = route.useSearch()
  const navigate = route.useNavigate()
  const { data = [] } = useQuery(api.groups.list.queryOptions())
  return (
    <Select
      w={190}
      clearable
      searchable
      aria-label={t('file.fact.group')}
      placeholder={t('file.fact.everybody')}
      data={data.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={group === undefined ? null : String(group)}
      onChange={(value) =>
        void navigate({ search: (old) => ({ ...old, group: value ? Number(value) : undefined }), replace: true })
      }
    />
  )
}

function ChooseAttempts() {
  const { t } = useTranslation('reports')
  const { attempts = 'best' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <Select
      w={190}
      allowDeselect={false}
      aria-label={t('counted.label')}
      data={countedAttempts.map((value) => ({ value, label: t(`counted.${value}`) }))}
      value={attempts}
      onChange={(value) => {
        const chosen = countedAttempts.find((one) => one === value)
        void navigate({
          search: (old) => ({ ...old, attempts: chosen === 'best' ? undefined : chosen }),
          replace: true,
        })
      }}
    />
  )
}
