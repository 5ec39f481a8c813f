import { Button, Group, List, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconBan, IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Assessment } from '../../../../shared/contract/assessments.ts'
import { formatMoment } from '../../../lib/format.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { AssessmentFacts } from '../AssessmentFacts.tsx'
import { useStatusChange } from '../use-status-change.ts'
import { type Readiness, readinessOf, type Unsaved } from './readiness.ts'

interface Props {
  assessment: Assessment
  unsaved: Unsaved
  isOpen: boolean
  onClose: () => void
}

/** Says what publishing means and what is still missing, before learners see anything. */
export function PublishDialog({ assessment, unsaved, isOpen, onClose }: Props) {
  const { t } = useTranslation(['assessments', 'common'])
  const publish = useStatusChange('publish', onClose)
  const readiness = readinessOf(assessment, unsaved)
  const isReady = readiness.blockers.length === 0
  return (
    <Dialog isOpen={isOpen} onClose={onClose} size="lg" title={t('publish.title', { title: assessment.title })}>
      <Stack gap="md">
        <AssessmentFacts assessment={assessment} />
        <Missing readiness={readiness} />
        {isReady && <Consequences assessment={assessment} />}
        <FormProblem error={publish.error} />
        <Group justify="flex-end" gap="sm" mt="md">
          <Button variant="default" data-autofocus onClick={onClose}>
            {isReady ? t('common:action.cancel') : t('publish.back')}
          </Button>
          {isReady && (
            <Button loading={publish.isPending} onClick={() => publish.mutate({ id: assessment.id })}>
              {t('publish.confirm')}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  )
}

function Missing({ readiness: { blockers, warnings } }: { readiness: Readiness }) {
  const { t } = useTranslation('assessments')
  if (blockers.length + warnings.length === 0) return null
  return (
    <List ps={0} spacing={6} center={false} size="sm">
      {blockers.map((key) => (
        <List.Item key={key} icon={<IconBan size={18} color="var(--mantine-color-error)" aria-hidden />}>
          {t(`publish.blocker.${key}`)}
        </List.Item>
      ))}
      {warnings.map(({ key, count }) => (
        <List.Item key={key} icon={<IconAlertTriangle size={18} color="var(--mantine-color-saffron-6)" aria-hidden />}>
          {t(`publish.warning.${key}`, { count })}
        </List.Item>
      ))}
    </List>
  )
}

function Consequences({ assessment: { beneficiaryName, groupName, opensAt } }: { assessment: Assessment }) {
  const { t } = useTranslation('assessments')
  const name = beneficiaryName ?? groupName
  const canStart = name ? t('publish.oneCanStart', { name }) : t('publish.allCanStart')
  const sentences = [
    opensAt ? t('publish.startsAt', { name: name ?? t('details.everybody'), time: formatMoment(opensAt) }) : canStart,
    t('publish.questionsStay'),
    t('publish.wayBack'),
  ]
  return (
    <>
      <Text fw={600}>{t('publish.consequences')}</Text>
      <List ps={0} spacing={6} size="sm" center={false}>
        {sentences.map((sentence) => (
          <List.Item key={sentence} icon={<IconCheck size={18} color="var(--bdc-link)" aria-hidden />}>
            {sentence}
          </List.Item>
        ))}
      </List>
    </>
  )
}
