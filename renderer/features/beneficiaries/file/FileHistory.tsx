import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Beneficiary, FieldChange } from '../../../../shared/contract/beneficiaries.ts'
import { api } from '../../../lib/client.ts'
import { formatMoment } from '../../../lib/format.ts'
import { toast } from '../../../lib/toast.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { LoadingRows } from '../../../ui/LoadingRows.tsx'
import classes from './file.module.css'
import { useFieldWords } from './use-field-words.ts'

/** What was written over, field by field, and the way back to it. */
export function FileHistory({ person }: { person: Beneficiary }) {
  const { t } = useTranslation('file')
  const [asked, setAsked] = useState<FieldChange | null>(null)
  const list = useInfiniteQuery(
    api.beneficiaries.history.infiniteOptions({
      input: (after: string | undefined) => ({ id: person.id, after }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  )
  const changes = list.data?.pages.flatMap((page) => page.rows) ?? []
  if (list.isPending) return <LoadingRows />
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  if (changes.length === 0 && !list.hasNextPage) {
    return (
      <EmptyState icon={IconHistory} title={t('changes.emptyTitle')}>
        {t('changes.emptyText')}
      </EmptyState>
    )
  }
  return (
    <>
      <ul className={classes.changes} aria-label={t('part.changes')}>
        {changes.map((change) => (
          <Change key={`${change.activityId} ${change.field}`} change={change} onRestore={() => setAsked(change)} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {asked && <Restore person={person} change={asked} onClose={() => setAsked(null)} />}
    </>
  )
}

function Change({ change, onRestore }: { change: FieldChange; onRestore: () => void }) {
  const { t } = useTranslation('file')
  const words = useFieldWords()
  const { field, before, after, at, byName, isRestorable } = change
  return (
    <li className={classes.change}>
      <div className={classes.field}>
        <strong>{words.name(field)}</strong>
        <span className={classes.by}>
          <time dateTime={at}>{formatMoment(at)}</time>
          {byName && (
            <>
              {' · '}
              <bdi>{byName}</bdi>
            </>
          )}
        </span>
      </div>
      <div className={classes.values}>
        <del>
          <bdi>{words.value(field, before) || t('changes.nothing')}</bdi>
        </del>
        <span aria-hidden> → </span>
        <ins>
          <bdi>{words.value(field, after) || t('changes.nothing')}</bdi>
        </ins>
      </div>
      {isRestorable && (
        <Button
          size="xs"
          variant="default"
          aria-label={t('changes.restoreOf', { field: words.name(field) })}
          onClick={onRestore}
        >
          {t('changes.restore')}
        </Button>
      )}
    </li>
  )
}

interface RestoreProps {
  person: Beneficiary
  change: FieldChange
  onClose: () => void
}

function Restore({ person, change, onClose }: RestoreProps) {
  const { t } = useTranslation('file')
  const words = useFieldWords()
  const queryClient = useQueryClient()
  const { field, before, activityId } = change
  const name = words.name(field)
  const restore = useMutation(
    api.beneficiaries.restoreField.mutationOptions({
      async onSuccess() {
        await queryClient.invalidateQueries({ queryKey: api.beneficiaries.key() })
        toast(t('changes.restored', { field: name }))
        onClose()
      },
    }),
  )
  return (
    <ConfirmDialog
      isOpen
      title={t('changes.question', { field: name })}
      confirmLabel={t('changes.restore')}
      isBusy={restore.isPending}
      error={restore.error}
      onConfirm={() => restore.mutate({ id: person.id, updatedAt: person.updatedAt, activityId, field })}
      onCancel={onClose}
    >
      {t('changes.becomes')} <bdi>{words.value(field, before) || t('changes.nothing')}</bdi>
    </ConfirmDialog>
  )
}
