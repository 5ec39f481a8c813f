import { Button, Group, Stack, Text } from '@mantine/core'
import { IconChecks } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RetentionPlan } from '../../../shared/contract/privacy.ts'
import { api } from '../../lib/client.ts'
import { formatNumber } from '../../lib/format.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Row, RowList } from '../../ui/RowList.tsx'
import { PrivacyTabs } from './PrivacyTabs.tsx'
import { RetentionRules } from './RetentionRules.tsx'

/** What has grown old, whose it is, and how long everything is kept. Nothing goes by itself. */
export function RetentionScreen() {
  const { t } = useTranslation('privacy')
  const plan = useQuery(api.privacy.retention.queryOptions())
  return (
    <Page>
      <PageHeader title={t('title')} note={t('retention.note')} />
      <PrivacyTabs />
      {plan.isPending && <LoadingRows count={4} />}
      {plan.isError && <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />}
      {plan.data && (
        <>
          <Due plan={plan.data} />
          <RetentionRules key={JSON.stringify(plan.data.map(({ months }) => months))} plan={plan.data} />
        </>
      )}
    </Page>
  )
}

function Due({ plan }: { plan: RetentionPlan[] }) {
  const { t } = useTranslation('privacy')
  const due = plan.filter(({ rows, held }) => rows + held > 0)
  const [asked, setAsked] = useState<RetentionPlan[] | null>(null)
  const carryOut = useCarryOut(() => setAsked(null))
  const going = due.filter(({ rows }) => rows > 0)
  if (due.length === 0)
    return (
      <EmptyState icon={IconChecks} title={t('retention.emptyTitle')}>
        {t('retention.emptyText')}
      </EmptyState>
    )
  return (
    <Stack gap="md">
      <RowList>
        {due.map((one) => (
          <DueRow key={one.subject} plan={one} onDelete={() => setAsked([one])} />
        ))}
      </RowList>
      {going.length > 1 && (
        <Group justify="flex-end">
          <Button color="brick" onClick={() => setAsked(going)}>
            {t('retention.deleteAll')}
          </Button>
        </Group>
      )}
      <ConfirmDialog
        isOpen={asked !== null}
        title={t('retention.question', { count: (asked ?? []).reduce((sum, { rows }) => sum + rows, 0) })}
        confirmLabel={t('retention.confirm')}
        isDangerous
        isBusy={carryOut.isPending}
        error={carryOut.error}
        onConfirm={() => carryOut.mutate({ agreed: (asked ?? []).map(({ subject, rows }) => ({ subject, rows })) })}
        onCancel={() => {
          setAsked(null)
          carryOut.reset()
        }}
      >
        <Stack gap="xs">
          {(asked ?? []).map(({ subject, rows }) => (
            <Text key={subject} size="sm" fw={600}>
              {t(`retention.subject.${subject}`)}: {formatNumber(rows)}
            </Text>
          ))}
          <Text size="sm">{t('retention.consequence')}</Text>
        </Stack>
      </ConfirmDialog>
    </Stack>
  )
}

function useCarryOut(onDone: () => void) {
  const { t } = useTranslation('privacy')
  const queryClient = useQueryClient()
  return useMutation(
    api.privacy.carryOutRetention.mutationOptions({
      async onSuccess() {
        toast(t('retention.done'))
        onDone()
        await queryClient.invalidateQueries()
      },
      // When the numbers have changed, the list behind the question shows the new ones.
      onError: () => queryClient.invalidateQueries({ queryKey: api.privacy.retention.key() }),
    }),
  )
}

function DueRow({ plan, onDelete }: { plan: RetentionPlan; onDelete: () => void }) {
  const { t } = useTranslation('privacy')
  const { subject, months, rows, held, isMore, people, morePeople } = plan
  return (
    <Row
      name={
        <>
          {t(`retention.subject.${subject}`)} · {formatNumber(rows)}
        </>
      }
      facts={[
        t('retention.older', { count: months ?? 0 }),
        ...(people.length > 0 ? [<Whose key="whose" people={people} more={morePeople} />] : []),
        ...(held > 0 ? [t('retention.held', { count: held })] : []),
        ...(isMore ? [t('retention.more')] : []),
      ]}
      actions={
        rows > 0 && (
          <Button size="xs" variant="default" onClick={onDelete}>
            {t('retention.delete')}
          </Button>
        )
      }
    />
  )
}

const shownPeople = 8

function Whose({ people, more }: { people: RetentionPlan['people']; more: number }) {
  const { t } = useTranslation('privacy')
  const [isAll, setAll] = useState(false)
  const shown = isAll ? people : people.slice(0, shownPeople)
  const hidden = people.length - shown.length
  return (
    <>
      {shown.map(({ id, name, rows }, index) => (
        <span key={id ?? 'nobody'}>
          {index > 0 && ' · '}
          <bdi>{name ?? t('retention.nobody')}</bdi> ({formatNumber(rows)})
        </span>
      ))}
      {hidden > 0 && (
        <Button size="compact-xs" variant="subtle" ms={4} onClick={() => setAll(true)}>
          {t('retention.showAll', { count: hidden })}
        </Button>
      )}
      {isAll && more > 0 && ` · ${t('retention.morePeople', { count: more })}`}
    </>
  )
}
