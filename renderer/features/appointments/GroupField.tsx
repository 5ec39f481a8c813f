import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useController } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import type { AppointmentForm } from './use-appointment-form.ts'

/** A group whose members are there. */
export function GroupField({ control }: { control: AppointmentForm['control'] }) {
  const { t } = useTranslation('appointments')
  const { field, fieldState } = useController({ control, name: 'groupId' })
  const { data: groups = [] } = useQuery(api.groups.list.queryOptions())
  return (
    <Select
      label={t('field.group')}
      placeholder={t('noGroup')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('noGroup') }}
      nothingFoundMessage={t('nobodyFound')}
      data={groups.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={field.value ? String(field.value) : null}
      onChange={(id) => field.onChange(id === null ? null : Number(id))}
      onBlur={field.onBlur}
      ref={field.ref}
      error={fieldState.error?.message}
    />
  )
}
