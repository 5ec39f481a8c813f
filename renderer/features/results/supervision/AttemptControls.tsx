import { Button, Group, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import type { ResultRow } from '../../../../shared/contract/results.ts'
import { api, client } from '../../../lib/client.ts'
import { formatTime } from '../../../lib/format.ts'
import { useResultsFollow } from '../../../lib/results-follow.ts'
import { toast, toastProblem } from '../../../lib/toast.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { ReasonForm } from './ReasonForm.tsx'

const minuteChoices = [5, 10, 15, 30]

/** What a trainer can do for one attempt: while it runs, and when it was handed in by mistake. */
export function AttemptControls({ attempt }: { attempt: Pick<ResultRow, 'attemptId' | 'state'> }) {
  if (attempt.state === 'running') return <RunningControls attemptId={attempt.attemptId} />
  return <Reopen attemptId={attempt.attemptId} />
}

function useAct() {
  const onSettled = useResultsFollow()
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ work }: { work: () => Promise<unknown>; done: string }) => work(),
    onSuccess: (_, { done }) => toast(done),
    onError: toastProblem,
    onSettled,
  })
}

function RunningControls({ attemptId }: { attemptId: Id }) {
  const { t } = useTranslation('results')
  const act = useAct()
  const [isEnding, setEnding] = useState(false)
  const move = useMutation(api.supervision.moveCode.mutationOptions({ onError: toastProblem }))
  const whose = { attemptId }
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button
            variant="default"
            loading={act.isPending || move.isPending}
            rightSection={<IconChevronDown size={16} aria-hidden />}
          >
            {t('supervise.menu')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('supervise.giveTime')}</Menu.Label>
          {minuteChoices.map((minutes) => (
            <Menu.Item
              key={minutes}
              onClick={() =>
                act.mutate({
                  work: () => client.supervision.giveTime({ ...whose, minutes }),
                  done: t('supervise.timeGiven', { count: minutes }),
                })
              }
            >
              {t('supervise.minutes', { count: minutes })}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            onClick={() => act.mutate({ work: () => client.supervision.pause(whose), done: t('supervise.paused') })}
          >
            {t('supervise.pause')}
          </Menu.Item>
          <Menu.Item
            onClick={() => act.mutate({ work: () => client.supervision.resume(whose), done: t('supervise.resumed') })}
          >
            {t('supervise.resume')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => move.mutate(whose)}>{t('supervise.move')}</Menu.Item>
          <Menu.Item
            onClick={() =>
              act.mutate({ work: () => client.supervision.releaseSeat(whose), done: t('supervise.released') })
            }
          >
            {t('supervise.release')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="brick" onClick={() => setEnding(true)}>
            {t('supervise.end')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Dialog isOpen={move.data !== undefined} title={t('supervise.moveTitle')} onClose={move.reset}>
        {move.data && <MoveCode code={move.data.code} until={formatTime(move.data.expiresAt)} />}
      </Dialog>
      <Dialog isOpen={isEnding} title={t('supervise.endTitle')} onClose={() => setEnding(false)}>
        <ReasonForm
          text={t('supervise.endText')}
          submitLabel={t('supervise.end')}
          isBusy={act.isPending}
          onSubmit={({ reason }) => {
            act.mutate({ work: () => client.supervision.end({ attemptId, reason }), done: t('supervise.ended') })
            setEnding(false)
          }}
        />
      </Dialog>
    </>
  )
}

function MoveCode({ code, until }: { code: string; until: string }) {
  const { t } = useTranslation('results')
  return (
    <>
      <p>{t('supervise.moveText', { until })}</p>
      <Group justify="center">
        <output style={{ fontSize: '3rem', fontWeight: 700, letterSpacing: '0.15em' }}>
          <bdi dir="ltr">{code}</bdi>
        </output>
      </Group>
    </>
  )
}

function Reopen({ attemptId }: { attemptId: Id }) {
  const { t } = useTranslation('results')
  const act = useAct()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('supervise.reopen')}
      </Button>
      <Dialog isOpen={isOpen} title={t('supervise.reopenTitle')} onClose={() => setOpen(false)}>
        <ReasonForm
          text={t('supervise.reopenText')}
          submitLabel={t('supervise.reopen')}
          asksMinutes
          isBusy={act.isPending}
          onSubmit={({ reason, minutes }) =>
            act.mutate(
              {
                work: () => client.supervision.reopen({ attemptId, reason, minutes }),
                done: t('supervise.reopened'),
              },
              { onSuccess: () => setOpen(false) },
            )
          }
        />
      </Dialog>
    </>
  )
}
