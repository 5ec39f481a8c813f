import type { BeneficiaryFields } from '../../../shared/contract/beneficiaries.ts'

/** The form before anything is known of a person; most people are registered on the day they come. */
export function newPerson(today: Date): BeneficiaryFields {
  return {
    name: '',
    email: null,
    phone: '',
    address: '',
    city: '',
    country: '',
    dateOfBirth: null,
    emergencyContact: '',
    emergencyPhone: '',
    trainerId: null,
    enrollmentDate: localDay(today),
    status: 'active',
    notes: '',
  }
}

function localDay(date: Date): string {
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()]
  return parts.map((part) => String(part).padStart(2, '0')).join('-')
}
