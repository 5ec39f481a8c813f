import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type {
  Appointment,
  AppointmentFields,
  AppointmentStatus,
  SeriesReach,
} from '../../../shared/contract/appointments.ts'
import { api, client } from '../../lib/client.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { entryOf } from './form-values.ts'
import { noPanel } from './row-key.ts'
import type { AppointmentForm } from './use-appointment-form.ts'
import { useUndo } from './use-undo.ts'

interface Edited {
  /** As the address names it. */
  place: { id: number; occurrence: number | null }
  appointment: Appointment
  form: AppointmentForm
}

/** What can be done with an appointment whose panel is open; each closes the panel when it is done, and can be taken back. */
export function useChanges({ place, appointment, form }: Edited) {
  const { t } = useTranslation('appointments')
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const { offer } = useUndo()
  const { id, occurrence, title, updatedAt } = appointment
  const version = { id, occurrence, updatedAt }
  async function done(words: string, undo: string) {
    form.reset(form.getValues())
    offer(words, undo, id)
    void queryClient.invalidateQueries({ queryKey: api.appointments.list.key() })
    await navigate({
      to: '/calendar',
      search: (before) => ({ ...before, ...noPanel }),
      ignoreBlocker: true,
    })
  }
  const update = useMutation({
    mutationFn: ({ fields, reach }: { fields: AppointmentFields; reach: SeriesReach }) =>
      client.appointments.update({ ...fields, ...version, reach }),
    onSuccess: ({ undo }, { fields }) => done(t('saved', { title: fields.title }), undo),
  })
  const setStatus = useMutation({
    mutationFn: (status: AppointmentStatus) => client.appointments.setStatus({ ...version, status }),
    onSuccess: ({ undo }, status) => done(t(`changed.${status}`, { title }), undo),
  })
  const remove = useMutation({
    mutationFn: (reach: SeriesReach) => client.appointments.remove({ ...version, reach }),
    onSuccess: ({ undo }) => done(t('removed', { title }), undo),
  })
  /** The fields that were changed here keep what was typed. */
  const loadNewest = useMutation({
    mutationFn: () => queryClient.fetchQuery(api.appointments.get.queryOptions({ input: place, staleTime: 0 })),
    onSuccess: (newest) => {
      form.reset(entryOf(newest), { keepDirtyValues: true, keepDirty: true })
      for (const change of [update, setStatus, remove]) change.reset()
    },
  })
  return { update, setStatus, remove, loadNewest }
}
