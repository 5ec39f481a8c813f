import { Button, Group } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Beneficiary, BeneficiaryStatus } from '../../../shared/contract/beneficiaries.ts'
import { api } from '../../lib/client.ts'
import { explain } from '../../lib/errors.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { StatusHistory } from './file/StatusHistory.tsx'
import { LearnerPassword } from './LearnerPassword.tsx'
import classes from './PersonStatus.module.css'
import { statusTones } from './status-tones.ts'
import { TrashButton } from './trash/TrashButton.tsx'

const sentences = {
  active: 'change.doneActive',
  inactive: 'change.doneInactive',
  completed: 'change.doneCompleted',
} as const

interface PersonStatusProps {
  person: Beneficiary
  onChanged: () => void
  /** Where this is, no button leads. */
  isInFile?: boolean
}

/** Whether a person takes part, and the buttons that change it at once, apart from the form. */
export function PersonStatus({ person, onChanged, isInFile = false }: PersonStatusProps) {
  const { t } = useTranslation('beneficiaries')
  const queryClient = useQueryClient()
  const [asked, setAsked] = useState<'inactive' | 'completed' | null>(null)
  const [isHistoryOpen, setHistoryOpen] = useState(false)
  const { name } = person
  const setStatus = useMutation(api.beneficiaries.setStatus.mutationOptions())
  const change = (status: BeneficiaryStatus) =>
    setStatus.mutate(
      { id: person.id, status },
      {
        onSuccess: () => {
          setAsked(null)
          toast(t(sentences[status], { name }))
          void queryClient.invalidateQueries({ queryKey: api.beneficiaries.list.key() })
          void queryClient.invalidateQueries({ queryKey: api.beneficiaries.statusHistory.key() })
          onChanged()
        },
        onError: (error) => {
          if (status === 'active') toast(explain(error))
        },
      },
    )
  const isCompleting = asked === 'completed'
  return (
    <div className={classes.status}>
      <StatusBadge tone={statusTones[person.status]}>{t(`status.${person.status}`)}</StatusBadge>
      <Group gap="xs">
        {person.email && <LearnerPassword beneficiaryId={person.id} name={name} />}
        {isInFile && (
          <Button variant="default" size="xs" onClick={() => setHistoryOpen(true)}>
            {t('statusHistory')}
          </Button>
        )}
        {!isInFile && (
          <ButtonLink to="/beneficiaries/$id/file" params={{ id: person.id }} size="xs">
            {t('openFile')}
          </ButtonLink>
        )}
        <ButtonLink to="/results/learner/$id" params={{ id: person.id }} variant="default" size="xs">
          {t('report')}
        </ButtonLink>
        {person.status === 'active' ? (
          <>
            <Button variant="default" size="xs" onClick={() => setAsked('completed')}>
              {t('change.complete')}
            </Button>
            <Button variant="default" size="xs" onClick={() => setAsked('inactive')}>
              {t('change.deactivate')}
            </Button>
          </>
        ) : (
          <Button variant="default" size="xs" loading={setStatus.isPending} onClick={() => change('active')}>
            {t('change.activate')}
          </Button>
        )}
        <TrashButton person={person} />
      </Group>
      {isHistoryOpen && <StatusHistory person={person} onClose={() => setHistoryOpen(false)} />}
      <ConfirmDialog
        isOpen={asked !== null}
        title={t(isCompleting ? 'change.completeQuestion' : 'change.deactivateQuestion', { name })}
        confirmLabel={t(isCompleting ? 'change.complete' : 'change.deactivate')}
        isDangerous={!isCompleting}
        isBusy={setStatus.isPending}
        error={setStatus.error}
        onConfirm={() => asked && change(asked)}
        onCancel={() => setAsked(null)}
      >
        {t(isCompleting ? 'change.completeText' : 'change.deactivateText', { name })}
      </ConfirmDialog>
    </div>
  )
}
