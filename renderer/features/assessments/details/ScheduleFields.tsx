import { SimpleGrid } from '@mantine/core'
import { Controller, type UseFormReturn } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { AssessmentFields } from '../../../../shared/contract/assessments.ts'
import { fromLocalTime, toLocalTime } from '../../../lib/local-time.ts'
import { unfinishedDate } from '../../../lib/unfinished-date.ts'
import { DateField } from '../../../ui/DateField.tsx'

interface Props {
  form: UseFormReturn<AssessmentFields, unknown, AssessmentFields>
}

/** When attempts can begin, in the time of this machine. */
export function ScheduleFields({ form }: Props) {
  const { t } = useTranslation('assessments')
  const [opensAt, closesAt] = form.watch(['opensAt', 'closesAt'])
  const isUpsideDown = opensAt !== null && closesAt !== null && Date.parse(closesAt) <= Date.parse(opensAt)
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
      {(['opensAt', 'closesAt'] as const).map((name) => (
        <Controller
          key={name}
          control={form.control}
          name={name}
          render={({ field, fieldState }) => (
            <DateField
              ref={field.ref}
              type="datetime-local"
              label={t(`details.${name}`)}
              description={t(`details.${name}Hint`)}
              disabled={field.disabled}
              value={toLocalTime(field.value)}
              onChange={(time) => field.onChange(time === unfinishedDate ? time : fromLocalTime(time))}
              onBlur={field.onBlur}
              error={fieldState.error?.message ?? (name === 'closesAt' && isUpsideDown && t('details.closesTooEarly'))}
            />
          )}
        />
      ))}
    </SimpleGrid>
  )
}
