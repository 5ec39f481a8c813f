import type { AppointmentStatus } from '../../shared/contract/appointments.ts'
import type { Tone } from './StatusBadge.tsx'

export const appointmentTones: Record<AppointmentStatus, Tone> = {
  scheduled: 'waiting',
  completed: 'good',
  cancelled: 'neutral',
}
