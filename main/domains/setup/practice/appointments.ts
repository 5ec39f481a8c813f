import type { AppointmentFields, AppointmentStatus } from '../../../../shared/contract/appointments.ts'
import { daysBefore, minutesAfter } from './days.ts'

type PracticeAppointment = Omit<AppointmentFields, 'trainerId' | 'beneficiaryId' | 'groupId'> & {
  /** 0: the administrator, 1: the second trainer. */
  trainer: 0 | 1
  /** The place of the learner among those of the practice centre. */
  learner: number | null
}

/** A week behind and a week ahead of the day on which the centre is opened. */
export function practiceAppointments(now: string): PracticeAppointment[] {
  const appointment = (
    title: string,
    {
      day,
      hour,
      minutes = 60,
      trainer = 0,
      learner = null,
      location = '',
      type = '',
      status = 'scheduled',
      rule,
    }: Plan,
  ): PracticeAppointment => {
    const startTime = daysBefore(now, -day, (hour - 9) * 60)
    const endTime = minutesAfter(startTime, minutes)
    const recurrence = rule ? { rule, timeZone: 'Europe/Paris' } : null
    const texts = { description: '', notes: '' }
    return { title, startTime, endTime, location, type, status, trainer, learner, ...texts, recurrence }
  }
  return [
    appointment('First interview', {
      day: -5,
      hour: 8,
      learner: 0,
      location: 'Office',
      type: 'Interview',
      status: 'completed',
    }),
    appointment('Entretien de suivi', {
      day: -3,
      hour: 10,
      minutes: 45,
      learner: 9,
      location: 'Bureau 2',
      type: 'Entretien',
      status: 'cancelled',
    }),
    appointment('Workshop safety', {
      day: -1,
      hour: 9,
      minutes: 120,
      trainer: 1,
      location: 'Workshop',
      type: 'Lesson',
      status: 'completed',
    }),
    appointment('مقابلة متابعة', { day: 0, hour: 9, minutes: 45, learner: 1, location: 'Office', type: 'Interview' }),
    appointment('Team meeting', { day: 0, hour: 13, location: 'Meeting room' }),
    appointment('Computer lesson', {
      day: 0,
      hour: 13,
      minutes: 90,
      trainer: 1,
      learner: 4,
      location: 'Room 3',
      type: 'Lesson',
    }),
    appointment('Help with the job application for the hospital kitchen', {
      day: 1,
      hour: 8,
      minutes: 90,
      learner: 2,
      location: 'Room 1',
      type: 'Interview',
    }),
    appointment('French at work', {
      day: 1,
      hour: 12,
      minutes: 120,
      learner: 3,
      location: 'Room 3',
      type: 'Lesson',
      rule: 'FREQ=WEEKLY;COUNT=8',
    }),
    appointment('Visit to the employer', {
      day: 2,
      hour: 9,
      minutes: 180,
      trainer: 1,
      learner: 7,
      location: 'Vitrolles',
      type: 'Visit',
    }),
    appointment('Reading Latin letters', {
      day: 4,
      hour: 10,
      trainer: 1,
      learner: 10,
      location: 'Room 1',
      type: 'Lesson',
    }),
    appointment('Halfway talk', { day: 6, hour: 14, minutes: 30, learner: 13, location: 'Office', type: 'Interview' }),
  ]
}

interface Plan {
  /** After the day on which the centre is opened. */
  day: number
  hour: number
  minutes?: number
  trainer?: 0 | 1
  learner?: number | null
  location?: string
  type?: string
  status?: AppointmentStatus
  /** How it comes again. */
  rule?: string
}
