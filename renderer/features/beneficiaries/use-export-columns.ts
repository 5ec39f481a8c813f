import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'

const fields = [
  'name',
  'number',
  'email',
  'phone',
  'dateOfBirth',
  'language',
  'address',
  'postalCode',
  'city',
  'state',
  'country',
  'guardianName',
  'guardianRelation',
  'guardianPhone',
  'emergencyContact',
  'emergencyPhone',
  'trainer',
  'groups',
  'enrollmentDate',
  'completedOn',
  'status',
  'notes',
] as const

/** Every field there is, headed in the words of the screen, so that the file can be read back. */
export function useExportColumns() {
  const { t } = useTranslation('peopleImport')
  const { data: own = [] } = useQuery(api.ownFields.list.queryOptions())
  return [
    ...fields.map((field) => ({ field, name: t(`column.${field}`) })),
    ...own.map(({ key, name }) => ({ field: `own.${key}`, name })),
  ]
}
