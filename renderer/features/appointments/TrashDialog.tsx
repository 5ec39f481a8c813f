import { Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { trashDays } from '../../../shared/contract/appointments.ts'
import { api, client } from '../../lib/client.ts'
import { formatMoment } from '../../lib/format.ts'
import { toast, toastProblem } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import classes from './read-file.module.css'
import { whenOf } from './use-move.ts'

/** What was deleted in the last month, and the way back. */
export function TrashDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('appointments')
  const queryClient = useQueryClient()
  const list = useQuery(api.appointments.trash.queryOptions())
  const restore = useMutation({
    mutationFn: ({ id }: { id: number; title: string }) => client.appointments.restore({ id }),
    onSuccess: (_, { title }) => toast(t('trash.restored', { title })),
    onError: toastProblem,
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.appointments.key() }),
  })
  return (
    <Dialog isOpen size="lg" title={t('trash.title')} onClose={onClose}>
      {list.isPending && <LoadingRows />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.length === 0 && (
        <EmptyState icon={IconTrash} title={t('trash.emptyTitle')}>
          {t('trash.emptyText', { count: trashDays })}
        </EmptyState>
      )}
      <ul className={classes.rows}>
        {list.data?.map((row) => (
          <li key={row.id} className={classes.trashed}>
            <span>
              <bdi className={classes.title}>{row.title}</bdi>
              <span className={classes.when}>
                {[whenOf(row), row.repeats && t('file.repeats'), row.beneficiaryName].filter(Boolean).join(' · ')}
              </span>
              <span className={classes.when}>{t('trash.deleted', { when: formatMoment(row.deletedAt) })}</span>
            </span>
            <Button
              size="xs"
              variant="default"
              aria-label={t('trash.restoreOf', { title: row.title })}
              loading={restore.isPending && restore.variables.id === row.id}
              onClick={() => restore.mutate(row)}
            >
              {t('trash.restore')}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
