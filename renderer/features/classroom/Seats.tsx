import { Button, Chip, Group, ScrollArea, Table, Text } from '@mantine/core'
import { IconDeviceMobile } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Seat, seatStates } from '../../../shared/contract/classroom.ts'
import { api } from '../../lib/client.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'

const tones = {
  waiting: 'neutral',
  present: 'good',
  idle: 'waiting',
  lostContact: 'bad',
  handedIn: 'busy',
} as const

/** Every device of the room, asked for every two seconds. */
export function Seats() {
  const { t } = useTranslation('classroom')
  const [shown, setShown] = useState<Seat['state'] | 'all'>('all')
  const seats = useQuery(api.classroom.seats.queryOptions({ refetchInterval: 2_000 }))
  if (seats.isPending) return <LoadingRows count={4} />
  if (seats.isError) return <ErrorState error={seats.error} onRetry={() => void seats.refetch()} />
  if (seats.data.length === 0) {
    return (
      <EmptyState icon={IconDeviceMobile} title={t('seats.empty')}>
        {t('seats.emptyText')}
      </EmptyState>
    )
  }
  const countOf = (state: Seat['state']) => seats.data.filter((seat) => seat.state === state).length
  const rows = seats.data.filter((seat) => shown === 'all' || seat.state === shown)
  return (
    <section aria-label={t('seats.label')}>
      <Chip.Group value={shown} onChange={(value) => setShown(value as Seat['state'] | 'all')}>
        <Group gap="xs" mb="md">
          <Chip value="all">{t('seats.all', { count: seats.data.length })}</Chip>
          {seatStates.map((state) => (
            <Chip key={state} value={state} disabled={countOf(state) === 0 && shown !== state}>
              {t(`state.${state}`)} · {countOf(state)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('seats.label') }}>
        <Table verticalSpacing="sm" miw={720}>
          <Table.Thead>
            <Table.Tr>
              {(['learner', 'state', 'question', 'answered', 'saved', 'device'] as const).map((column) => (
                <Table.Th key={column} scope="col">
                  {t(`seats.${column}`)}
                </Table.Th>
              ))}
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((seat) => (
              <SeatRow key={seat.sessionId} seat={seat} />
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </section>
  )
}

function SeatRow({ seat }: { seat: Seat }) {
  const { t } = useTranslation('classroom')
  const { attempt, savedAgoMs } = seat
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={600} dir="auto">
          {seat.learner?.name ?? '—'}
        </Text>
        {attempt && (
          <Text size="sm" c="dimmed" dir="auto">
            {attempt.title}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <StatusBadge tone={tones[seat.state]}>{t(`state.${seat.state}`)}</StatusBadge>
      </Table.Td>
      <Table.Td>{attempt?.questionNumber ?? '—'}</Table.Td>
      <Table.Td>{attempt ? t('seats.of', { answered: attempt.answered, total: attempt.total }) : '—'}</Table.Td>
      <Table.Td>{savedAgoMs === null ? '—' : t('seats.ago', { count: Math.round(savedAgoMs / 1_000) })}</Table.Td>
      <Table.Td>
        <Text dir="auto">{seat.deviceName}</Text>
        <Text size="sm" c="dimmed" dir="ltr">
          {seat.ipAddress}
        </Text>
      </Table.Td>
      <Table.Td>
        <TurnAway seat={seat} />
      </Table.Td>
    </Table.Tr>
  )
}

function TurnAway({ seat }: { seat: Seat }) {
  const { t } = useTranslation('classroom')
  const queryClient = useQueryClient()
  const turnAway = useMutation(
    api.classroom.turnAway.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.classroom.key() }),
    }),
  )
  return (
    <>
      <Button
        size="compact-md"
        variant="subtle"
        loading={turnAway.isPending}
        aria-label={t('seats.turnAwayNamed', { device: seat.deviceName })}
        onClick={() => turnAway.mutate({ sessionId: seat.sessionId })}
      >
        {t('seats.turnAway')}
      </Button>
      <FormProblem error={turnAway.error} />
    </>
  )
}
