import { Button, Group } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MergedFile } from '../../../../shared/contract/merges.ts'
import { api } from '../../../lib/client.ts'
import { formatDay, formatMoment } from '../../../lib/format.ts'
import { toast, toastProblem } from '../../../lib/toast.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Row, RowList } from '../../../ui/RowList.tsx'
import { TextLink } from '../../../ui/TextLink.tsx'
import classes from './merges.module.css'

/** Files that were put into others, each with the way back for as long as there is one. */
export function MergedFiles() {
  const { t } = useTranslation('merges')
  const list = useQuery(api.merges.list.queryOptions())
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  if (!list.data || list.data.length === 0) return null
  return (
    <section className={classes.part} aria-labelledby="merged">
      <h2 id="merged">{t('away.title')}</h2>
      <RowList>
        {list.data.map((file) => (
          <Merged key={file.id} file={file} />
        ))}
      </RowList>
    </section>
  )
}

function Merged({ file }: { file: MergedFile }) {
  const { t } = useTranslation('merges')
  const queryClient = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const bringOver = useMutation(
    api.merges.bringOver.mutationOptions({
      onSuccess: () => toast(t('away.broughtOver')),
      onError: toastProblem,
      onSettled: () => queryClient.invalidateQueries(),
    }),
  )
  return (
    <Row
      name={<bdi>{file.name}</bdi>}
      facts={[
        <span key="into">
          {t('away.into')}{' '}
          <TextLink to="/beneficiaries/$id/file" params={{ id: file.keptId }}>
            <bdi>{file.keptName}</bdi>
          </TextLink>
          {' · '}
          {formatMoment(file.mergedAt)}
        </span>,
        file.canUndo ? t('away.until', { day: formatDay(file.until.slice(0, 10)) }) : t('away.tooLate'),
        ...(file.late > 0 ? [t('away.late', { count: file.late })] : []),
      ]}
      actions={
        <Group gap="xs">
          {file.late > 0 && (
            <Button size="xs" loading={bringOver.isPending} onClick={() => bringOver.mutate({ id: file.id })}>
              {t('away.bringOver')}
            </Button>
          )}
          {file.canUndo && (
            <Button size="xs" variant="default" onClick={() => setAsking(true)}>
              {t('away.undo')}
            </Button>
          )}
          {isAsking && <Undo file={file} onClose={() => setAsking(false)} />}
        </Group>
      }
    />
  )
}

function Undo({ file, onClose }: { file: MergedFile; onClose: () => void }) {
  const { t } = useTranslation('merges')
  const queryClient = useQueryClient()
  const undo = useMutation(
    api.merges.undo.mutationOptions({
      async onSuccess() {
        onClose()
        toast(t('away.undone', { name: file.name }))
        await queryClient.invalidateQueries()
      },
    }),
  )
  return (
    <ConfirmDialog
      isOpen
      title={t('away.question', { name: file.name })}
      confirmLabel={t('away.undo')}
      isBusy={undo.isPending}
      error={undo.error}
      onConfirm={() => undo.mutate({ id: file.id })}
      onCancel={onClose}
    >
      {t('away.text', { name: file.name, kept: file.keptName })}
    </ConfirmDialog>
  )
}
