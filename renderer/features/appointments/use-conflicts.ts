import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useWatch } from 'react-hook-form'
import type { Appointment, Conflict, FindConflicts } from '../../../shared/contract/appointments.ts'
import { api, client } from '../../lib/client.ts'
import { type FromEvent, timesOf } from './form-values.ts'
import { recurrenceFrom } from './repeat.ts'
import type { AppointmentForm } from './use-appointment-form.ts'

const noTime = { startTime: '', endTime: '' }

/**
 * What stands against the times, the people and the place in a form, asked as they are typed and once more before saving.
 * What becomes the appointment (`from`) is not in its way.
 */
export function useConflicts(form: AppointmentForm, present?: Appointment, from?: FromEvent) {
  const [
    start,
    end,
    trainerId = null,
    beneficiaryId = null,
    groupId = null,
    location = '',
    every,
    days,
    ends,
    lastDay,
    count,
  ] = useWatch({
    control: form.control,
    name: [
      'start',
      'end',
      'trainerId',
      'beneficiaryId',
      'groupId',
      'location',
      'every',
      'days',
      'ends',
      'lastDay',
      'times',
    ],
  })
  const itself = { ...(present && { exceptId: present.id }), ...(from && { exceptEvent: from.event }) }
  const recurrence =
    recurrenceFrom({ every, days, ends, lastDay, times: count }, (present ?? from)?.recurrence ?? null) ?? null
  const times = timesOf({ start, end }, present ?? from)
  const wanted = times && {
    ...times,
    trainerId,
    beneficiaryId,
    groupId,
    location: location.trim(),
    recurrence,
    ...itself,
  }
  const [calm] = useDebouncedValue(wanted, 250)
  const isPossible = calm !== null && calm.startTime < calm.endTime
  const { data = [] } = useQuery(
    api.appointments.conflicts.queryOptions({
      input: calm ?? noTime,
      enabled: isPossible,
      staleTime: 0,
      placeholderData: keepPreviousData,
    }),
  )
  const found = isPossible ? data : []
  return {
    found,
    /** What nobody has been shown yet, of what would be saved now. */
    async unseen(fields: Omit<FindConflicts, 'reach' | 'exceptId' | 'exceptEvent'>): Promise<Conflict[]> {
      const now = await client.appointments.conflicts({ ...fields, ...itself })
      const shown = new Set(found.map((conflict) => JSON.stringify(conflict)))
      return now.filter((conflict) => !shown.has(JSON.stringify(conflict)))
    },
  }
}
