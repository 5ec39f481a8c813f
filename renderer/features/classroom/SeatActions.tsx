import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Seat } from '../../../shared/contract/classroom.ts'
import { api, client } from '../../lib/client.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'

const minutes = 5

/** What a trainer can do for one seat. */
export function SeatActions({ seat }: { seat: Seat }) {
  const { t } = useTranslation('classroom')
  const queryClient = useQueryClient()
  const refresh = () => queryClient.invalidateQueries({ queryKey: api.classroom.key() })
  const [isEnding, setEnding] = useState(false)
  const act = useMutation({ mutationFn: (work: () => Promise<unknown>) => work(), onSettled: refresh })
  const moveCode = useMutation(api.supervision.moveCode.mutationOptions())
  const attemptId = seat.attempt && seat.state !== 'handedIn' ? seat.attempt.id : null
  const name = seat.learner?.name ?? seat.deviceName
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('seats.actions', { name })}>
            <IconDots size={20} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {attemptId !== null && (
            <>
              <Menu.Item onClick={() => act.mutate(() => client.supervision.giveTime({ attemptId, minutes }))}>
                {t('act.giveTime', { count: minutes })}
              </Menu.Item>
              <Menu.Item onClick={() => act.mutate(() => client.supervision.pause({ attemptId }))}>
                {t('act.pause')}
              </Menu.Item>
              <Menu.Item onClick={() => act.mutate(() => client.supervision.resume({ attemptId }))}>
                {t('act.resume')}
              </Menu.Item>
              <Menu.Item onClick={() => moveCode.mutate({ attemptId })}>{t('act.move')}</Menu.Item>
              <Menu.Item color="brick" onClick={() => setEnding(true)}>
                {t('act.end')}
              </Menu.Item>
            </>
          )}
          <Menu.Item
            onClick={() => act.mutate(() => client.classroom.turnAway({ sessionId: seat.sessionId }))}
            aria-label={t('seats.turnAwayNamed', { device: seat.deviceName })}
          >
            {t('seats.turnAway')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <FormProblem error={act.error ?? moveCode.error} />
      {moveCode.data && (
        <span role="status">
          {t('act.moveCode')}{' '}
          <strong>
            <bdi dir="ltr">{moveCode.data.code}</bdi>
          </strong>
        </span>
      )}
      {attemptId !== null && (
        <ConfirmDialog
          isOpen={isEnding}
          title={t('act.endQuestion', { name })}
          confirmLabel={t('act.end')}
          isBusy={act.isPending}
          error={act.error}
          onConfirm={() =>
            act.mutate(() => client.supervision.end({ attemptId, reason: t('act.endReason') }), {
              onSuccess: () => setEnding(false),
            })
          }
          onCancel={() => setEnding(false)}
        >
          {t('act.endText')}
        </ConfirmDialog>
      )}
    </>
  )
}
