import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppointmentRow, Conflict } from '../../../shared/contract/appointments.ts'
import { api, client } from '../../lib/client.ts'
import { formatDate, formatTimes } from '../../lib/format.ts'
import { toast, toastProblem } from '../../lib/toast.ts'
import { toastUndo } from '../../lib/toast-undo.tsx'

export interface Move {
  row: AppointmentRow
  startTime: string
  endTime: string
}

/** Moves an appointment, after asking where somebody or something is booked then; and moves it back when that is wanted. */
export function useMove() {
  const { t } = useTranslation('appointments')
  const queryClient = useQueryClient()
  const [asked, setAsked] = useState<{ move: Move; found: Conflict[] } | null>(null)
  const again = () => queryClient.invalidateQueries({ queryKey: api.appointments.key() })
  const onError = (error: unknown) => {
    toastProblem(error)
    void again()
  }
  const save = useMutation({
    mutationFn: async ({ row: { id, updatedAt }, startTime, endTime }: Move) => {
      const written = await client.appointments.move({ id, updatedAt, startTime, endTime })
      await again()
      return written
    },
    onSuccess: ({ updatedAt }, { row, ...times }) => {
      const back = { ...row, ...times, updatedAt }
      toastUndo(t('moved', { title: row.title, when: whenOf(times) }), () => undo.mutate({ ...row, row: back }))
    },
    onError,
  })
  const undo = useMutation({
    mutationFn: async ({ row: { id, updatedAt }, startTime, endTime }: Move) => {
      await client.appointments.move({ id, updatedAt, startTime, endTime })
      await again()
    },
    onSuccess: (_, { row }) => toast(t('movedBack', { title: row.title })),
    onError,
  })
  const check = useMutation({
    mutationFn: ({ row: { id, trainerId, beneficiaryId, location }, startTime, endTime }: Move) =>
      client.appointments.conflicts({ startTime, endTime, trainerId, beneficiaryId, location, exceptId: id }),
    onSuccess: (found, move) => (found.length > 0 ? setAsked({ move, found }) : save.mutate(move)),
    onError,
  })
  const underWay = check.isPending ? check.variables : save.isPending ? save.variables : asked?.move
  return {
    begin: check.mutate,
    /** Not saved yet, but shown where it goes to. */
    underWay,
    found: asked?.found ?? [],
    confirm() {
      if (asked) save.mutate(asked.move)
      setAsked(null)
    },
    cancel: () => setAsked(null),
  }
}

export function whenOf(times: { startTime: string; endTime: string }): string {
  const day = formatDate(new Date(times.startTime), { weekday: 'long', day: 'numeric', month: 'long' })
  return `${day}, ${formatTimes(times)}`
}
