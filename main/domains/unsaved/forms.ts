import type { TableName } from '../../database/registry.ts'

/** What a form that is called `person.12` or `appointment.12.600` is about. */
export const tableOfForm: Readonly<Record<string, TableName>> = {
  appointment: 'appointments',
  document: 'documents',
  person: 'beneficiaries',
}
