import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppointmentRow, Conflict, SeriesReach } from '../../../shared/contract/appointments.ts'
import { api, client } from '../../lib/client.ts'
import { formatDate, formatTimes } from '../../lib/format.ts'
import { toastProblem } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { useUndo } from './use-undo.ts'

export interface Move {
  row: AppointmentRow
  startTime: string
  endTime: string
  reach?: SeriesReach
}

/** Moves an appointment, after asking how far that goes and where somebody or something is booked then. */
export function useMove() {
  const { t } = useTranslation('appointments')
  const queryClient = useQueryClient()
  const { offer } = useUndo()
  const [reaching, setReaching] = useState<Move | null>(null)
  const [asked, setAsked] = useState<{ move: Move; found: Conflict[] } | null>(null)
  const again = () => queryClient.invalidateQueries({ queryKey: api.appointments.key() })
  const onError = (error: unknown) => {
    toastProblem(error)
    void again()
  }
  const save = useMutation({
    mutationFn: async ({ row: { id, occurrence, updatedAt }, startTime, endTime, reach }: Move) => {
      const written = await client.appointments.move({ id, occurrence, updatedAt, startTime, endTime, reach })
      await again()
      return written
    },
    onSuccess: ({ undo }, { row, ...times }) =>
      offer(t('moved', { title: row.title, when: whenOf(times) }), undo, row.id),
    onError,
  })
  const check = useMutation({
    mutationFn: ({ row, startTime, endTime, reach }: Move) => {
      const { id: exceptId, trainerId, beneficiaryId, groupId, location } = row
      return client.appointments.conflicts({
        startTime,
        endTime,
        trainerId,
        beneficiaryId,
        groupId,
        location,
        exceptId,
        reach,
      })
    },
    onSuccess: (found, move) => (found.length > 0 ? setAsked({ move, found }) : save.mutate(move)),
    onError,
  })
  const underWay = check.isPending ? check.variables : save.isPending ? save.variables : (asked?.move ?? reaching)
  return {
    begin: (move: Move) => (move.row.seriesId === null ? check.mutate(move) : setReaching(move)),
    /** Not saved yet, but shown where it goes to. */
    underWay,
    /** One of a series that waits for an answer how far it goes. */
    reaching,
    choose(reach: SeriesReach) {
      if (reaching) check.mutate({ ...reaching, reach })
      setReaching(null)
    },
    found: asked?.found ?? [],
    confirm() {
      if (asked) save.mutate(asked.move)
      setAsked(null)
    },
    cancel() {
      setAsked(null)
      setReaching(null)
    },
  }
}

export function whenOf(times: { startTime: string; endTime: string }): string {
  const day = formatDate(new Date(times.startTime), { weekday: 'long', day: 'numeric', month: 'long' })
  return `${day}, ${formatTimes(times)}`
}
