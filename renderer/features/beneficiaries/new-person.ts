import { BeneficiaryFields } from '../../../shared/contract/beneficiaries.ts'

/** The form before anything is known of a person; most people are registered on the day they come. */
export function newPerson(today: Date): BeneficiaryFields {
  const known = BeneficiaryFields.parse({ name: '?', enrollmentDate: localDay(today) })
  return { ...known, name: '' }
}

function localDay(date: Date): string {
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()]
  return parts.map((part) => String(part).padStart(2, '0')).join('-')
}
