import { Button, Checkbox, Group, Text } from '@mantine/core'
import { IconSearchOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PeopleFile, PeoplePlan } from '../../../../shared/contract/people-imports.ts'
import { client } from '../../../lib/client.ts'
import { formatNumber } from '../../../lib/format.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { PlannedRows } from './PlannedRows.tsx'
import classes from './people-imports.module.css'
import { RowProblems } from './RowProblems.tsx'

interface PreviewStepProps {
  file: PeopleFile
  plan: PeoplePlan
  onPlanned: (plan: PeoplePlan) => void
  onBack: () => void
  onBegin: () => void
}

/** What would happen, before anything is written. */
export function PreviewStep({ file, plan, onPlanned, onBack, onBegin }: PreviewStepProps) {
  const { t } = useTranslation('peopleImport')
  const [skipsAlike, setSkipsAlike] = useState(false)
  const columns = file.columns.map(({ target }) => target)
  const again = useMutation({
    mutationFn: (skipAlike: boolean) =>
      client.peopleImports.plan({ fileId: file.fileId, columns, dayOrder: file.dayOrder, skipAlike }),
    onSuccess: (planned, skipAlike) => {
      setSkipsAlike(skipAlike)
      onPlanned(planned)
    },
  })
  const total = plan.adds + plan.changes
  const counts = [
    ['adds', plan.adds],
    ['changes', plan.changes],
    ['same', plan.same],
    ['skipped', plan.skipped],
  ] as const
  return (
    <>
      <dl className={classes.counts} aria-label={t('preview.counts')}>
        {counts.map(([name, count]) => (
          <div key={name} data-name={name}>
            <dt>{t(`preview.${name}`)}</dt>
            <dd>{formatNumber(count)}</dd>
          </div>
        ))}
      </dl>
      {(plan.alikeCount > 0 || skipsAlike) && (
        <Checkbox
          label={t('preview.skipAlike', { count: plan.alikeCount, number: formatNumber(plan.alikeCount) })}
          description={t('preview.skipAlikeHint')}
          checked={skipsAlike}
          disabled={again.isPending}
          onChange={(event) => again.mutate(event.currentTarget.checked)}
        />
      )}
      {plan.problemCount > 0 && <RowProblems plan={plan} />}
      {total === 0 ? (
        <EmptyState icon={IconSearchOff} title={t('preview.nothingTitle')}>
          {t(plan.same > 0 ? 'preview.allHere' : 'preview.nothingText')}
        </EmptyState>
      ) : (
        <PlannedRows plan={plan} />
      )}
      <FormProblem error={again.error} />
      <Group justify="space-between">
        <Button variant="default" onClick={onBack}>
          {t('back')}
        </Button>
        <Group gap="md">
          <Text size="sm" c="var(--bdc-ink-soft)">
            {t('preview.nothingYet')}
          </Text>
          <Button disabled={total === 0} loading={again.isPending} onClick={onBegin}>
            {t('preview.begin', { count: total, number: formatNumber(total) })}
          </Button>
        </Group>
      </Group>
    </>
  )
}
