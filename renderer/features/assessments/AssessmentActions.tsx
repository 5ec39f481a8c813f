import { ActionIcon, Button, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import {
  IconBooks,
  IconChartHistogram,
  IconCopy,
  IconDotsVertical,
  IconDownload,
  IconKey,
  IconReportAnalytics,
  IconSend,
  IconTrash,
  IconUsersGroup,
} from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Assessment } from '../../../shared/contract/assessments.ts'
import type { Id } from '../../../shared/contract/base.ts'
import { api } from '../../lib/client.ts'
import { toast, toastProblem } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import classes from './AssessmentActions.module.css'
import { ExportDialog } from './export/ExportDialog.tsx'
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
        to="/results/class/$id"
        params={{ id: assessment.id }}
        variant="default"
        leftSection={<IconReportAnalytics size={18} aria-hidden />}
      >
        {t('action.classReport')}
      </ButtonLink>
      <ButtonLink
        to="/assessments/$id/analysis"
        params={{ id: assessment.id }}
        variant="default"
        leftSection={<IconChartHistogram size={18} aria-hidden />}
      >
        {t('action.analysis')}
      </ButtonLink>
      {assessment.status !== 'completed' && <CloseAction assessment={assessment} />}
      <MoreActions assessment={assessment} />
    </>
  )
}

function DraftActions({ assessment, unsaved }: Props) {
  const { t } = useTranslation('assessments')
  const [isPublishing, publishing] = useDisclosure(false)
  return (
    <>
      <Button leftSection={<IconSend size={18} className={classes.turns} aria-hidden />} onClick={publishing.open}>
        {t('action.publish')}
      </Button>
      <MoreActions assessment={assessment} />
      <PublishDialog assessment={assessment} unsaved={unsaved} isOpen={isPublishing} onClose={publishing.close} />
    </>
  )
}

/** What is done seldom. */
function MoreActions({ assessment }: { assessment: Assessment }) {
  const { t } = useTranslation(['assessments', 'bank'])
  const [isAsking, asking] = useDisclosure(false)
  const duplicate = useDuplicate()
  const [isExporting, exporting] = useDisclosure(false)
  const keep = useKeep()
  const { id, title, status, attemptCount, questions } = assessment
  const mayRemove = status === 'draft' && attemptCount === 0
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" size={38} aria-label={t('action.more')} loading={duplicate.isPending}>
            <IconDotsVertical size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconCopy size={18} aria-hidden />}
            onClick={() => duplicate.mutate({ id, title: copyTitle(t('duplicate.mark'), title) })}
          >
            {t('action.duplicate')}
          </Menu.Item>
          {questions.length > 0 && (
            <Menu.Item leftSection={<IconDownload size={18} aria-hidden />} onClick={exporting.open}>
              {t('export.action')}
            </Menu.Item>
          )}
          {questions.length > 0 && questions.length <= 1000 && (
            <Menu.Item
              leftSection={<IconBooks size={18} aria-hidden />}
              onClick={() => keep.mutate({ questionIds: questions.map((one) => one.id) })}
            >
              {t('bank:keep')}
            </Menu.Item>
          )}
          {status !== 'draft' && <AfterwardsItems id={id} />}
          {mayRemove && (
            <Menu.Item color="brick" leftSection={<IconTrash size={18} aria-hidden />} onClick={asking.open}>
              {t('action.remove')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <ExportDialog what={{ assessmentId: id }} title={title} isOpen={isExporting} onClose={exporting.close} />
      <RemoveDialog assessment={assessment} isAsking={isAsking} onCancel={asking.close} />
    </>
  )
}

/** What concerns the marks that are given already. */
function AfterwardsItems({ id }: { id: Id }) {
  const { t } = useTranslation('assessments')
  return (
    <>
      <Menu.Item
        leftSection={<IconKey size={18} aria-hidden />}
        renderRoot={(props) => <Link {...props} to="/assessments/$id/key" params={{ id }} />}
      >
        {t('action.correctKey')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconUsersGroup size={18} aria-hidden />}
        renderRoot={(props) => <Link {...props} to="/grading/$id" params={{ id }} />}
      >
        {t('action.secondOpinions')}
      </Menu.Item>
    </>
  )
}

/** Cuts a long title, so that what tells the copy apart still fits. */
function copyTitle(mark: string, title: string): string {
  return `${title.slice(0, 200 - mark.length - 1).trim()} ${mark.trim()}`
}

function useDuplicate() {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  return useMutation(
    api.assessments.duplicate.mutationOptions({
      onSuccess: async ({ id }) => {
        await queryClient.invalidateQueries({ queryKey: api.assessments.key() })
        await navigate({ to: '/assessments/$id', params: { id } })
      },
      onError: toastProblem,
    }),
  )
}

function useKeep() {
  const { t } = useTranslation('bank')
  const queryClient = useQueryClient()
  return useMutation(
    api.bank.keep.mutationOptions({
      onSuccess: async ({ questionIds }) => {
        toast(t('kept', { count: questionIds.length }))
        await queryClient.invalidateQueries({ queryKey: api.bank.key() })
      },
      onError: toastProblem,
    }),
  )
}

interface RemoveProps {
  assessment: Assessment
  isAsking: boolean
  onCancel: () => void
}

function RemoveDialog({ assessment: { id, title, questions }, isAsking, onCancel }: RemoveProps) {
  const { t } = useTranslation('assessments')
  const navigate = useNavigate()
  const remove = useStatusChange('remove', () => navigate({ to: '/assessments', ignoreBlocker: true }))
  return (
    <ConfirmDialog
      isOpen={isAsking}
      title={t('remove.title', { title })}
      confirmLabel={t('remove.confirm')}
      isDangerous
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ id })}
      onCancel={onCancel}
    >
      {t('remove.text', { count: questions.length })}
    </ConfirmDialog>
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
