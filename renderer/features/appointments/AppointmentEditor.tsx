import type { ReactNode } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Appointment, AppointmentFields, Conflict } from '../../../shared/contract/appointments.ts'
import { toastProblem } from '../../lib/toast.ts'
import { UnsavedGuard } from '../../lib/UnsavedGuard.tsx'
import { useDirtyNow } from '../../lib/use-dirty-now.ts'
import { AppointmentFieldset } from './AppointmentFieldset.tsx'
import classes from './appointment-form.module.css'
import { ConflictNotice } from './ConflictNotice.tsx'
import { type FromEvent, timesOf } from './form-values.ts'
import type { Named } from './named.ts'
import { recurrenceFrom } from './repeat.ts'
import type { AppointmentForm } from './use-appointment-form.ts'
import { useConflicts } from './use-conflicts.ts'

interface AppointmentEditorProps {
  form: AppointmentForm
  present?: Appointment
  /** The event of a calendar elsewhere that it is made of, which is its owner's. */
  from?: FromEvent
  head?: ReactNode
  /** What went wrong, and the buttons. */
  foot: (hasConflict: boolean) => ReactNode
  onSave: (fields: AppointmentFields) => void
}

/** The form of an appointment; what else is at that time stands above the button before anything is saved. */
export function AppointmentEditor({ form, present, from, head, foot, onSave }: AppointmentEditorProps) {
  const { t } = useTranslation('refusal')
  const { t: tHere } = useTranslation('appointments')
  const isDirtyNow = useDirtyNow(form)
  const conflicts = useConflicts(form, present, from)
  const [late, setLate] = useState<Conflict[]>([])
  const found = [...conflicts.found, ...late.filter((one) => !has(conflicts.found, one))]
  const save = form.handleSubmit(async ({ start, end, every, days, ends, lastDay, times: count, ...entry }) => {
    const times = timesOf({ start, end }, present ?? from)
    if (!times || times.endTime <= times.startTime) {
      form.setError('end', { message: t('appointment.endsTooEarly') }, { shouldFocus: true })
      return
    }
    const recurrence = recurrenceFrom(
      { every, days, ends, lastDay, times: count },
      (present ?? from)?.recurrence ?? null,
    )
    if (recurrence === undefined) {
      const field = every === 'days' && days === '' ? 'days' : ends === 'on' ? 'lastDay' : 'times'
      form.setError(field, { message: tHere(`missing.${field}`) }, { shouldFocus: true })
      return
    }
    const fields = { ...entry, ...times, recurrence }
    const unseen = (await conflicts.unseen(fields)).filter((one) => !has(late, one))
    if (unseen.length > 0) setLate(unseen)
    else onSave(fields)
  })
  return (
    <form
      noValidate
      className={classes.form}
      autoComplete="off"
      onSubmit={(event) => void save(event).catch(toastProblem)}
    >
      <div className={classes.fields}>
        {head}
        <AppointmentFieldset
          form={form}
          learner={learnerOf(present)}
          trainer={trainerOf(present)}
          isOwn={from !== undefined}
          isAlone={present !== undefined && present.seriesId !== null && present.recurrence === null}
        />
      </div>
      <div className={classes.foot}>
        <UnsavedGuard isDirty={isDirtyNow} onLeave={() => form.reset()} />
        {found.length > 0 && <ConflictNotice found={found} />}
        {foot(found.length > 0)}
      </div>
    </form>
  )
}

function has(conflicts: readonly Conflict[], one: Conflict): boolean {
  return conflicts.some((other) => JSON.stringify(other) === JSON.stringify(one))
}

function learnerOf(present?: Appointment): Named | undefined {
  return present?.beneficiaryId ? { id: present.beneficiaryId, name: present.beneficiaryName ?? '' } : undefined
}

function trainerOf(present?: Appointment): Named | undefined {
  return present?.trainerId ? { id: present.trainerId, name: present.trainerName ?? '' } : undefined
}
