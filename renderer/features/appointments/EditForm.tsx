import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Appointment,
  type AppointmentFields,
  type SeriesReach,
  seriesReaches,
} from '../../../shared/contract/appointments.ts'
import { client } from '../../lib/client.ts'
import { refusalOf } from '../../lib/refusal.ts'
import { toastProblem } from '../../lib/toast.ts'
import { appointmentTones } from '../../ui/appointment-tones.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { AppointmentEditor } from './AppointmentEditor.tsx'
import { AttendancePart } from './AttendancePart.tsx'
import classes from './appointment-form.module.css'
import { saveCalendar } from './CalendarFileMenu.tsx'
import { entryOf } from './form-values.ts'
import { ReachDialog } from './ReachDialog.tsx'
import { placeKey } from './row-key.ts'
import { useAppointmentForm } from './use-appointment-form.ts'
import { useChanges } from './use-changes.ts'
import { useRepeatWords } from './use-repeat-words.ts'

interface EditFormProps {
  /** As the address names it. */
  place: { id: number; occurrence: number | null }
  appointment: Appointment
}

export function EditForm({ place, appointment }: EditFormProps) {
  const { t } = useTranslation('appointments')
  const [saved] = useState(() => entryOf(appointment))
  const [asked, setAsked] = useState<AppointmentFields | 'remove' | null>(null)
  const form = useAppointmentForm(placeKey(appointment), saved)
  const { update, setStatus, remove, loadNewest } = useChanges({ place, appointment, form })
  const error = loadNewest.error ?? update.error ?? setStatus.error ?? remove.error
  const isOutdated = refusalOf(error)?.key === 'appointment.changedMeanwhile'
  const isOne = appointment.seriesId === null
  function choose(reach: SeriesReach) {
    if (asked === 'remove') remove.mutate(reach)
    else if (asked) update.mutate({ fields: asked, reach })
    setAsked(null)
  }
  return (
    <>
      <AppointmentEditor
        form={form}
        present={appointment}
        onSave={(fields) => (isOne ? update.mutate({ fields, reach: 'this' }) : setAsked(fields))}
        head={
          <>
            <State appointment={appointment} isBusy={form.formState.isDirty} onChange={setStatus.mutate} />
            <AttendancePart place={place} isBusy={form.formState.isDirty} onNoted={() => loadNewest.mutate()} />
          </>
        }
        foot={(hasConflict) => (
          <>
            <FormProblem error={error}>
              {isOutdated && (
                <Button size="xs" mt="sm" loading={loadNewest.isPending} onClick={() => loadNewest.mutate()}>
                  {t('loadNewest')}
                </Button>
              )}
            </FormProblem>
            <Group justify="space-between">
              <Button
                variant="subtle"
                color="brick"
                loading={remove.isPending}
                onClick={() => (isOne ? remove.mutate('this') : setAsked('remove'))}
              >
                {t('remove')}
              </Button>
              <Button variant="subtle" ms="auto" onClick={() => void saveOne(appointment).catch(toastProblem)}>
                {t('file.saveOne')}
              </Button>
              <Button type="submit" disabled={!form.formState.isDirty} loading={update.isPending}>
                {t(hasConflict ? 'conflict.saveAnyway' : 'save')}
              </Button>
            </Group>
          </>
        )}
      />
      <ReachDialog
        question={asked === null ? undefined : t(asked === 'remove' ? 'reach.remove' : 'reach.save')}
        offered={asked === null || asked === 'remove' ? seriesReaches : offeredFor(appointment, asked)}
        onChoose={choose}
        onCancel={() => setAsked(null)}
      />
    </>
  )
}

async function saveOne({ id, title }: Appointment) {
  const { text } = await client.appointments.file({ id })
  saveCalendar(title, text)
}

/** How a series comes again is no matter of one alone, and where it ends is none of those before. */
function offeredFor(appointment: Appointment, { recurrence }: AppointmentFields): readonly SeriesReach[] {
  // One that is different by itself has no rule of its own to show.
  if (appointment.recurrence === null || recurrence?.rule === appointment.recurrence.rule) return seriesReaches
  return recurrence === null ? ['following'] : ['following', 'all']
}

interface StateProps {
  appointment: Appointment
  /** While something else is unsaved, the state stays: it would take the rest with it. */
  isBusy: boolean
  onChange: (status: Appointment['status']) => void
}

function State({ appointment: { status, recurrence, seriesId }, isBusy, onChange }: StateProps) {
  const { t } = useTranslation('appointments')
  const inWords = useRepeatWords()
  const others = (['completed', 'cancelled', 'scheduled'] as const).filter((other) => other !== status)
  const offered = status === 'scheduled' ? others : (['scheduled'] as const)
  return (
    <div>
      <div className={classes.state}>
        <StatusBadge tone={appointmentTones[status]}>{t(`status.${status}`)}</StatusBadge>
        <Group gap="xs">
          {offered.map((other) => (
            <Button key={other} variant="default" size="xs" disabled={isBusy} onClick={() => onChange(other)}>
              {t(`change.${other}`)}
            </Button>
          ))}
        </Group>
      </div>
      {seriesId !== null && (
        <Text size="sm" c="dimmed" mt="xs">
          {recurrence ? inWords(recurrence) : t('repeats.different')}
        </Text>
      )}
    </div>
  )
}
