import { Button, Group, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventElsewhere } from '../../../shared/contract/appointments.ts'
import { api } from '../../lib/client.ts'
import { useMe } from '../../lib/session.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { AppointmentEditor } from './AppointmentEditor.tsx'
import { entryOfEvent, type FromEvent } from './form-values.ts'
import { noPanel } from './row-key.ts'
import { useAppointmentForm } from './use-appointment-form.ts'
import { useUndo } from './use-undo.ts'

/** An event of a calendar elsewhere as the appointment that it is to become. */
export function NewFromEvent({ event }: { event: EventElsewhere }) {
  // What is being looked at must not change by itself.
  const { data, error, refetch } = useQuery(
    api.calendarAccounts.event.queryOptions({ input: event, staleTime: Number.POSITIVE_INFINITY, gcTime: 0 }),
  )
  if (data) return <EventForm key={`${event.accountId} ${event.href}`} from={{ ...data, event }} />
  return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <LoadingRows />
}

function EventForm({ from }: { from: FromEvent }) {
  const { t } = useTranslation('appointments')
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { offer } = useUndo()
  const me = useMe()
  const { calendarName: calendar, event, recurrence } = from
  const [first] = useState(() => ({ ...entryOfEvent(from), trainerId: me.kind === 'user' ? me.user.id : null }))
  const form = useAppointmentForm(formName(event), first)
  const takeUp = useMutation(
    api.calendarAccounts.takeUp.mutationOptions({
      onSuccess: async ({ undo }, { title }) => {
        form.reset(form.getValues())
        offer(t('busy.tookUp', { title }), undo)
        void queryClient.invalidateQueries({ queryKey: api.appointments.key() })
        void queryClient.invalidateQueries({ queryKey: api.calendarAccounts.key() })
        await navigate({ to: '/calendar', search: (before) => ({ ...before, ...noPanel }), ignoreBlocker: true })
      },
    }),
  )
  return (
    <AppointmentEditor
      form={form}
      from={from}
      head={
        <Text size="sm" c="dimmed">
          {t(recurrence ? 'busy.fromSeries' : 'busy.from', { calendar })}
        </Text>
      }
      onSave={({ trainerId: _, ...fields }) => takeUp.mutate({ ...fields, event })}
      foot={(hasConflict) => (
        <>
          <FormProblem error={takeUp.error} />
          <Group justify="flex-end">
            <Button type="submit" loading={takeUp.isPending}>
              {t(hasConflict ? 'conflict.saveAnyway' : 'create')}
            </Button>
          </Group>
        </>
      )}
    />
  )
}

/** What is typed for one event comes back for no other. */
function formName({ accountId, href }: EventElsewhere): string {
  let mark = 0
  for (const character of href) mark = (mark * 31 + (character.codePointAt(0) ?? 0)) % 0xffff_ffff
  return `event.${accountId}.${mark}`
}
