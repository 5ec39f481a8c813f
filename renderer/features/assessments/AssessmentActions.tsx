import { ActionIcon, Button, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChartHistogram, IconDotsVertical, IconSend, IconTrash } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Assessment } from '../../../shared/contract/assessments.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import classes from './AssessmentActions.module.css'
import { PublishDialog } from './publish/PublishDialog.tsx'
import type { Unsaved } from './publish/readiness.ts'
import { useStatusChange } from './use-status-change.ts'

interface Props {
  assessment: Assessment
  unsaved: Unsaved
}

/** What can be done with the whole assessment in the state that it is in. */
export function AssessmentActions({ assessment, unsaved }: Props) {
  const { t } = useTranslation('assessments')
  if (assessment.status === 'draft') return <DraftActions assessment={assessment} unsaved={unsaved} />
  return (
    <>
      <ButtonLink
        to="/assessments/$id/analysis"
        params={{ id: assessment.id }}
        variant="default"
        leftSection={<IconChartHistogram size={18} aria-hidden />}
      >
        {t('action.analysis')}
      </ButtonLink>
      {assessment.status !== 'completed' && <CloseAction assessment={assessment} />}
    </>
  )
}

function DraftActions({ assessment, unsaved }: Props) {
  const { t } = useTranslation('assessments')
  const [isPublishing, publishing] = useDisclosure(false)
  return (
    <>
      {assessment.attemptCount === 0 && <RemoveAction assessment={assessment} />}
      <Button leftSection={<IconSend size={18} className={classes.turns} aria-hidden />} onClick={publishing.open}>
        {t('action.publish')}
      </Button>
      <PublishDialog assessment={assessment} unsaved={unsaved} isOpen={isPublishing} onClose={publishing.close} />
    </>
  )
}

function RemoveAction({ assessment: { id, title, questions } }: { assessment: Assessment }) {
  const { t } = useTranslation('assessments')
  const navigate = useNavigate()
  const [isAsking, asking] = useDisclosure(false)
  const remove = useStatusChange('remove', () => navigate({ to: '/assessments', ignoreBlocker: true }))
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" size={38} aria-label={t('action.more')}>
            <IconDotsVertical size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="brick" leftSection={<IconTrash size={18} aria-hidden />} onClick={asking.open}>
            {t('action.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('remove.title', { title })}
        confirmLabel={t('remove.confirm')}
        isDangerous
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ id })}
        onCancel={asking.close}
      >
        {t('remove.text', { count: questions.length })}
      </ConfirmDialog>
    </>
  )
}

function CloseAction({ assessment: { id, title } }: { assessment: Assessment }) {
  const { t } = useTranslation('assessments')
  const [isAsking, asking] = useDisclosure(false)
  const close = useStatusChange('close', asking.close)
  return (
    <>
      <Button variant="default" onClick={asking.open}>
        {t('action.close')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('close.title', { title })}
        confirmLabel={t('close.confirm')}
        isBusy={close.isPending}
        error={close.error}
        onConfirm={() => close.mutate({ id })}
        onCancel={asking.close}
      >
        {t('close.text')}
      </ConfirmDialog>
    </>
  )
}
