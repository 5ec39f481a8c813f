import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Appointment } from '../../../shared/contract/appointments.ts'
import { refusalOf } from '../../lib/refusal.ts'
import { appointmentTones } from '../../ui/appointment-tones.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { AppointmentEditor } from './AppointmentEditor.tsx'
import classes from './appointment-form.module.css'
import { entryOf } from './form-values.ts'
import { useAppointmentForm } from './use-appointment-form.ts'
import { useChanges } from './use-changes.ts'

export function EditForm({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation('appointments')
  const [saved] = useState(() => entryOf(appointment))
  const form = useAppointmentForm(String(appointment.id), saved)
  const { update, setStatus, remove, loadNewest } = useChanges(appointment, form)
  const error = loadNewest.error ?? update.error ?? setStatus.error ?? remove.error
  const isOutdated = refusalOf(error)?.key === 'appointment.changedMeanwhile'
  return (
    <AppointmentEditor
      form={form}
      present={appointment}
      onSave={(fields) => update.mutate(fields)}
      head={<State appointment={appointment} isBusy={form.formState.isDirty} onChange={setStatus.mutate} />}
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
            <Button variant="subtle" color="brick" loading={remove.isPending} onClick={() => remove.mutate()}>
              {t('remove')}
            </Button>
            <Button type="submit" disabled={!form.formState.isDirty} loading={update.isPending}>
              {t(hasConflict ? 'conflict.saveAnyway' : 'save')}
            </Button>
          </Group>
        </>
      )}
    />
  )
}

interface StateProps {
  appointment: Appointment
  /** While something else is unsaved, the state stays: it would take the rest with it. */
  isBusy: boolean
  onChange: (status: Appointment['status']) => void
}

function State({ appointment: { status }, isBusy, onChange }: StateProps) {
  const { t } = useTranslation('appointments')
  const others = (['completed', 'cancelled', 'scheduled'] as const).filter((other) => other !== status)
  const offered = status === 'scheduled' ? others : (['scheduled'] as const)
  return (
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
  )
}
