import { Button, Group } from '@mantine/core'
import { IconClockPlus, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../shared/contract/base.ts'
import type { Seat } from '../../../shared/contract/classroom.ts'
import { api, client } from '../../lib/client.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'

const minutes = 5

/** What concerns everybody in the room who has not handed in; nobody outside of it. */
export function RoomActions({ seats }: { seats: readonly Seat[] }) {
  const { t } = useTranslation('classroom')
  const queryClient = useQueryClient()
  const running = seats.flatMap(({ attempt, state }) => (attempt && state !== 'handedIn' ? attempt.id : []))
  const forAll = useMutation({
    mutationFn: (work: (attemptId: Id) => Promise<unknown>) => Promise.all(running.map(work)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.classroom.key() }),
  })
  if (running.length === 0) return null
  const common = { variant: 'default', disabled: forAll.isPending } as const
  return (
    <>
      <Group gap="xs" mb="md">
        <Button
          {...common}
          leftSection={<IconPlayerPause size={18} aria-hidden />}
          onClick={() => forAll.mutate((attemptId) => client.supervision.pause({ attemptId }))}
        >
          {t('act.pauseAll')}
        </Button>
        <Button
          {...common}
          leftSection={<IconPlayerPlay size={18} aria-hidden />}
          onClick={() => forAll.mutate((attemptId) => client.supervision.resume({ attemptId }))}
        >
          {t('act.resumeAll')}
        </Button>
        <Button
          {...common}
          leftSection={<IconClockPlus size={18} aria-hidden />}
          onClick={() => forAll.mutate((attemptId) => client.supervision.giveTime({ attemptId, minutes }))}
        >
          {t('act.giveTimeAll', { count: minutes })}
        </Button>
      </Group>
      <FormProblem error={forAll.error} />
    </>
  )
}
