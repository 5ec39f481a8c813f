import { Button } from '@mantine/core'
import { IconPlus, IconTargetArrow } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import type { Goal } from '../../../../shared/contract/goals.ts'
import { api } from '../../../lib/client.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { LoadingRows } from '../../../ui/LoadingRows.tsx'
import { GoalForm } from './GoalForm.tsx'
import { GoalRow } from './GoalRow.tsx'
import classes from './goals.module.css'

/** What a person wants to reach, by when, and how far their results say they are. */
export function GoalsPart({ beneficiaryId }: { beneficiaryId: Id }) {
  const { t } = useTranslation('goals')
  const [edited, setEdited] = useState<Goal | 'new' | null>(null)
  const list = useQuery(api.goals.list.queryOptions({ input: { beneficiaryId } }))
  const close = () => setEdited(null)
  if (list.isPending) return <LoadingRows />
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const add = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setEdited('new')}>
      {t('add')}
    </Button>
  )
  return (
    <>
      {list.data.length === 0 ? (
        <EmptyState icon={IconTargetArrow} title={t('emptyTitle')} action={add}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <>
          <div>{add}</div>
          <ul className={classes.goals} aria-label={t('label')}>
            {list.data.map((goal) => (
              <GoalRow key={goal.id} goal={goal} onEdit={() => setEdited(goal)} />
            ))}
          </ul>
        </>
      )}
      <FormDialog isOpen={edited !== null} title={t(edited === 'new' ? 'addTitle' : 'editTitle')} onClose={close}>
        {(form) =>
          edited && <GoalForm beneficiaryId={beneficiaryId} goal={edited === 'new' ? null : edited} {...form} />
        }
      </FormDialog>
    </>
  )
}
