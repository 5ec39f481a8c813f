import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Assessment } from '../../../../shared/contract/assessments.ts'
import { api } from '../../../lib/client.ts'
import { BackLink } from '../../../ui/BackLink.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Page } from '../../../ui/Page.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { PageSkeleton } from '../../../ui/PageSkeleton.tsx'
import { CorrectKey } from './CorrectKey.tsx'
import { KeyedQuestions } from './KeyedQuestions.tsx'
import { PastCorrections } from './PastCorrections.tsx'

const route = getRouteApi('/staff/assessments/$id/key')

/** Corrects what counts as right after learners have handed in. */
export function KeyScreen() {
  const { t } = useTranslation('key')
  const { id } = route.useParams()
  const { question } = route.useSearch()
  const { data, error, isPending, refetch } = useQuery(api.assessments.get.queryOptions({ input: { id } }))
  if (isPending) return <PageSkeleton />
  return (
    <Page>
      <PageHeader
        title={t('title')}
        back={
          <BackLink to="/assessments/$id" params={{ id }}>
            <bdi>{data?.title ?? t('toAssessment')}</bdi>
          </BackLink>
        }
        note={t('note')}
      />
      {!data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data?.status === 'draft' && <Text>{t('draft')}</Text>}
      {data && data.status !== 'draft' && <Parts assessment={data} questionId={question} />}
    </Page>
  )
}

function Parts({ assessment, questionId }: { assessment: Assessment; questionId: number | undefined }) {
  const navigate = route.useNavigate()
  const chosen = assessment.questions.find(({ id, question }) => id === questionId && question.type !== 'essay')
  const choose = (question: number | undefined) => void navigate({ search: { question } })
  return (
    <>
      {chosen ? (
        <CorrectKey
          key={chosen.id}
          assessmentId={assessment.id}
          asked={chosen}
          number={assessment.questions.indexOf(chosen) + 1}
          onClose={() => choose(undefined)}
        />
      ) : (
        <KeyedQuestions questions={assessment.questions} onChoose={choose} />
      )}
      <PastCorrections assessmentId={assessment.id} />
    </>
  )
}
