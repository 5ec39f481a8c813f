import { Button, Group } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dayOf, nextHour } from '../../lib/calendar-days.ts'
import { api } from '../../lib/client.ts'
import { fromLocalTime } from '../../lib/local-time.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { AppointmentEditor } from './AppointmentEditor.tsx'
import { AppointmentPanel } from './AppointmentPanel.tsx'
import { newEntry } from './form-values.ts'
import { NewFromEvent } from './NewFromEvent.tsx'
import { noPanel } from './row-key.ts'
import { useAppointmentForm } from './use-appointment-form.ts'

const route = getRouteApi('/staff/calendar')

export function NewAppointment() {
  const { t } = useTranslation('appointments')
  const { at, day, event } = route.useSearch()
  const [now] = useState(() => new Date())
  return (
    <AppointmentPanel title={t('new')}>
      {event ? (
        <NewFromEvent event={event} />
      ) : (
        <NewForm key={at} startTime={fromLocalTime(at ?? '') ?? nextHour(day ?? dayOf(now), now)} />
      )}
    </AppointmentPanel>
  )
}

function NewForm({ startTime }: { startTime: string }) {
  const { t } = useTranslation('appointments')
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const me = useMe()
  const [blank] = useState(() => ({
    ...newEntry(startTime),
    trainerId: me.kind === 'user' && actorKindOf(me) !== 'student' ? me.user.id : null,
  }))
  const form = useAppointmentForm('new', blank)
  const create = useMutation(
    api.appointments.create.mutationOptions({
      onSuccess: async (_, { title }) => {
        form.reset(form.getValues())
        void queryClient.invalidateQueries({ queryKey: api.appointments.key() })
        toast(t('added', { title }))
        await navigate({ to: '/calendar', search: (before) => ({ ...before, ...noPanel }), ignoreBlocker: true })
      },
    }),
  )
  return (
    <AppointmentEditor
      form={form}
      onSave={(fields) => create.mutate(fields)}
      foot={(hasConflict) => (
        <>
          <FormProblem error={create.error} />
          <Group justify="flex-end">
            <Button type="submit" loading={create.isPending}>
              {t(hasConflict ? 'conflict.saveAnyway' : 'create')}
            </Button>
          </Group>
        </>
      )}
    />
  )
}
