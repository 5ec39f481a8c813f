import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Appointment, AppointmentFields, type AppointmentStatus } from '../../../shared/contract/appointments.ts'
import { api, client } from '../../lib/client.ts'
import { toast, toastProblem } from '../../lib/toast.ts'
import { toastUndo } from '../../lib/toast-undo.tsx'
import { entryOf } from './form-values.ts'
import type { AppointmentForm } from './use-appointment-form.ts'

/** What can be done with an appointment whose panel is open; each closes the panel when it is done. */
export function useChanges(appointment: Appointment, form: AppointmentForm) {
  const { t } = useTranslation('appointments')
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const { id, title, updatedAt } = appointment
  const again = () => queryClient.invalidateQueries({ queryKey: api.appointments.list.key() })
  async function close() {
    void again()
    await navigate({ to: '/calendar', search: true, ignoreBlocker: true })
  }
  const update = useMutation({
    mutationFn: (fields: AppointmentFields) => client.appointments.update({ ...fields, id, updatedAt }),
    onSuccess: async (_, fields) => {
      toast(t('saved', { title: fields.title }))
      await close()
    },
  })
  const setStatus = useMutation({
    mutationFn: (status: AppointmentStatus) => client.appointments.setStatus({ id, updatedAt, status }),
    onSuccess: async (_, status) => {
      toast(t(`changed.${status}`, { title }))
      await close()
    },
  })
  const putBack = useMutation({
    mutationFn: () => client.appointments.create(AppointmentFields.strip().parse(appointment)),
    onSuccess: () => {
      toast(t('putBack', { title }))
      return again()
    },
    onError: toastProblem,
  })
  const remove = useMutation({
    mutationFn: () => client.appointments.remove({ id, updatedAt }),
    onSuccess: async () => {
      toastUndo(t('removed', { title }), () => putBack.mutate())
      await close()
    },
  })
  /** The fields that were changed here keep what was typed. */
  const loadNewest = useMutation({
    mutationFn: () => queryClient.fetchQuery(api.appointments.get.queryOptions({ input: { id }, staleTime: 0 })),
    onSuccess: (newest) => {
      form.reset(entryOf(newest), { keepDirtyValues: true })
      for (const change of [update, setStatus, remove]) change.reset()
    },
  })
  return { update, setStatus, remove, loadNewest }
}
