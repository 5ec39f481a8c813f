import { Button, Group } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Goal, GoalState } from '../../../../shared/contract/goals.ts'
import { dayOf } from '../../../lib/calendar-days.ts'
import { api } from '../../../lib/client.ts'
import { formatDay, formatPercent } from '../../../lib/format.ts'
import { toast, toastProblem } from '../../../lib/toast.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { StatusBadge, type Tone } from '../../../ui/StatusBadge.tsx'
import classes from './goals.module.css'

const tones = { open: 'busy', reached: 'good', dropped: 'neutral' } as const satisfies Record<GoalState, Tone>

export function GoalRow({ goal, onEdit }: { goal: Goal; onEdit: () => void }) {
  const { t } = useTranslation('goals')
  const isSeen = goal.status === 'open' && isReachedBy(goal)
  return (
    <li className={classes.goal}>
      <div className={classes.head}>
        <h2 className={classes.title}>
          <bdi>{goal.title}</bdi>
        </h2>
        <StatusBadge tone={tones[goal.status]}>{t(`status.${goal.status}`)}</StatusBadge>
      </div>
      {goal.measure && (
        <p className={classes.measure} dir="auto">
          {goal.measure}
        </p>
      )}
      <Due goal={goal} />
      {goal.target !== null && <Progress goal={goal} target={goal.target} />}
      {isSeen && <p className={classes.seen}>{t('seen')}</p>}
      <Steps goal={goal} onEdit={onEdit} />
    </li>
  )
}

function isReachedBy({ percentage, target }: Goal): boolean {
  return percentage !== null && target !== null && percentage >= target
}

function Due({ goal: { targetDate, status } }: { goal: Goal }) {
  const { t } = useTranslation('goals')
  const [today] = useState(() => dayOf(new Date()))
  if (targetDate === null) return null
  const isOver = status === 'open' && targetDate < today
  return (
    <p className={classes.due} data-over={isOver || undefined}>
      {t(isOver ? 'overdue' : 'until', { day: formatDay(targetDate) })}
    </p>
  )
}

function Progress({ goal, target }: { goal: Goal; target: number }) {
  const { t } = useTranslation('goals')
  const { percentage, title } = goal
  const words =
    percentage === null
      ? t('noResult')
      : t('progress', { percent: formatPercent(percentage), target: formatPercent(target) })
  return (
    <div className={classes.progress}>
      <span>
        <bdi>{goal.assessmentTitle ?? goal.category}</bdi>: {words}
      </span>
      <meter
        className={classes.meter}
        aria-label={t('progressOf', { title })}
        min={0}
        max={100}
        high={target}
        optimum={100}
        value={percentage ?? 0}
      >
        {words}
      </meter>
    </div>
  )
}

function Steps({ goal, onEdit }: { goal: Goal; onEdit: () => void }) {
  const { t } = useTranslation('goals')
  const queryClient = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const version = { id: goal.id, updatedAt: goal.updatedAt }
  const again = () => queryClient.invalidateQueries({ queryKey: api.goals.key() })
  const setStatus = useMutation(api.goals.setStatus.mutationOptions({ onError: toastProblem, onSettled: again }))
  const remove = useMutation(
    api.goals.remove.mutationOptions({
      onSuccess() {
        setAsking(false)
        toast(t('removed'))
      },
      onSettled: again,
    }),
  )
  const step = (status: GoalState, label: string) => (
    <Button
      size="xs"
      variant="default"
      loading={setStatus.isPending && setStatus.variables.status === status}
      onClick={() => setStatus.mutate({ ...version, status })}
    >
      {label}
    </Button>
  )
  return (
    <Group gap="xs">
      {goal.status === 'open' ? step('reached', t('reach')) : step('open', t('reopen'))}
      {goal.status === 'open' && step('dropped', t('drop'))}
      <Button size="xs" variant="default" onClick={onEdit}>
        {t('edit')}
      </Button>
      <Button size="xs" variant="default" onClick={() => setAsking(true)}>
        {t('remove')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('removeQuestion', { title: goal.title })}
        confirmLabel={t('remove')}
        isDangerous
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(version)}
        onCancel={() => setAsking(false)}
      >
        {t('removeText')}
      </ConfirmDialog>
    </Group>
  )
}
