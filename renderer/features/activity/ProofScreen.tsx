import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LogCheck, LogProblem } from '../../../shared/contract/activity.ts'
import { api } from '../../lib/client.ts'
import { formatMoment, formatNumber } from '../../lib/format.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { QrCode } from '../../ui/QrCode.tsx'
import { Section } from '../../ui/Section.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { ActivityTabs } from './ActivityTabs.tsx'
import classes from './activity.module.css'

/** Whether the log is what was written, and what proves it later. */
export function ProofScreen() {
  const { t } = useTranslation('activity')
  return (
    <Page>
      <PageHeader title={t('title')} note={t('note')} />
      <ActivityTabs />
      <Checks />
      <Anchor />
      <Compare />
    </Page>
  )
}

function Checks() {
  const { t } = useTranslation('activity')
  const queryClient = useQueryClient()
  const checks = useQuery(api.activity.checks.queryOptions())
  const verify = useMutation(
    api.activity.verify.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.activity.checks.key() }),
    }),
  )
  return (
    <Section title={t('proof.title')} note={t('proof.text')}>
      <Stack gap="md">
        {checks.isPending && <LoadingRows count={1} />}
        {checks.isError && <ErrorState error={checks.error} onRetry={() => void checks.refetch()} />}
        {checks.data && (
          <div role="status">
            <Facts
              facts={[
                { name: t('proof.whole'), value: <Check check={checks.data.whole} /> },
                { name: t('proof.tail'), value: <Check check={checks.data.tail} /> },
              ]}
            />
          </div>
        )}
        <FormProblem error={verify.error} />
        <div>
          <Button loading={verify.isPending} onClick={() => verify.mutate({})}>
            {t('proof.verify')}
          </Button>
        </div>
      </Stack>
    </Section>
  )
}

function Check({ check }: { check: LogCheck | null }) {
  const { t } = useTranslation('activity')
  if (!check) return t('proof.never')
  return (
    <Stack gap={4} align="start">
      <StatusBadge tone={check.problem ? 'bad' : 'good'}>{t(check.problem ? 'proof.bad' : 'proof.good')}</StatusBadge>
      {check.problem && <Problem problem={check.problem} />}
      <Text size="sm" c="dimmed">
        {t('proof.checked', { lines: formatNumber(check.lines), time: formatMoment(check.checkedAt) })}
      </Text>
    </Stack>
  )
}

function Problem({ problem: { kind, sequence } }: { problem: LogProblem }) {
  const { t } = useTranslation('activity')
  return <Text size="sm">{t(`problem.${kind}`, { sequence: sequence === null ? '' : formatNumber(sequence) })}</Text>
}

function Anchor() {
  const { t } = useTranslation('activity')
  const anchor = useQuery(api.activity.anchor.queryOptions())
  return (
    <Section
      title={t('anchor.title')}
      note={anchor.data && t('anchor.text', { lines: formatNumber(anchor.data.lines) })}
    >
      {anchor.isPending && <LoadingRows count={1} />}
      {anchor.isError && <ErrorState error={anchor.error} onRetry={() => void anchor.refetch()} />}
      {anchor.data && (
        <div className={classes.anchor}>
          <div className={classes.qr}>
            <QrCode text={anchor.data.code} label="" />
          </div>
          <Stack gap="xs" align="start">
            <bdi dir="ltr" className={classes.code}>
              {anchor.data.code}
            </bdi>
            <Text size="sm" c="dimmed">
              {t('anchor.taken', { time: formatMoment(anchor.data.takenAt) })}
            </Text>
            <Button
              variant="default"
              className={classes.unprinted ?? ''}
              leftSection={<IconPrinter size={18} aria-hidden />}
              onClick={() => window.print()}
            >
              {t('anchor.print')}
            </Button>
          </Stack>
        </div>
      )}
    </Section>
  )
}

function Compare() {
  const { t } = useTranslation('activity')
  const [typed, setTyped] = useState('')
  const [code, setCode] = useState<string | null>(null)
  const comparison = useQuery(
    api.activity.compareAnchor.queryOptions({ input: { code: code ?? '' }, enabled: code !== null, gcTime: 0 }),
  )
  return (
    <div className={classes.unprinted}>
      <Section title={t('anchor.compareTitle')}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (typed.trim() !== '') setCode(typed)
          }}
        >
          <Group align="end">
            <TextInput
              dir="ltr"
              flex={1}
              miw={240}
              maw={420}
              label={t('anchor.code')}
              placeholder="BDC-LOG-1-4711-9F86D-08188-4C7D6-59A2F"
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <Button type="submit" loading={comparison.isFetching}>
              {t('anchor.compare')}
            </Button>
          </Group>
        </form>
        <FormProblem error={comparison.error} />
        <div role="status">
          {comparison.data && (
            <Stack gap={4} mt="md" align="start">
              <StatusBadge tone={comparison.data.problem ? 'bad' : 'good'}>
                {t(comparison.data.problem ? 'proof.bad' : 'proof.good')}
              </StatusBadge>
              {comparison.data.problem ? (
                <Problem problem={comparison.data.problem} />
              ) : (
                <Text size="sm">{t('anchor.fits', { lines: formatNumber(comparison.data.lines) })}</Text>
              )}
            </Stack>
          )}
        </div>
      </Section>
    </div>
  )
}
