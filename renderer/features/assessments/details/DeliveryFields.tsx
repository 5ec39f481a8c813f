import { Checkbox, Radio, Stack } from '@mantine/core'
import { Controller, type UseFormReturn } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { type AssessmentFields, reviews } from '../../../../shared/contract/assessments.ts'

interface Props {
  form: UseFormReturn<AssessmentFields, unknown, AssessmentFields>
}

/** In which order learners meet the questions, and what they see when it is over. */
export function DeliveryFields({ form }: Props) {
  const { t } = useTranslation('assessments')
  return (
    <>
      <Stack gap="xs">
        {(['shuffleQuestions', 'shuffleOptions'] as const).map((name) => (
          <Controller
            key={name}
            control={form.control}
            name={`settings.${name}`}
            render={({ field }) => (
              <Checkbox
                label={t(`details.${name}`)}
                disabled={field.disabled}
                checked={field.value}
                onChange={(event) => field.onChange(event.currentTarget.checked)}
              />
            )}
          />
        ))}
      </Stack>
      <Controller
        control={form.control}
        name="settings.review"
        render={({ field }) => (
          <Radio.Group
            label={t('details.review')}
            value={field.value}
            disabled={field.disabled}
            onChange={field.onChange}
          >
            <Stack gap="xs" mt={4}>
              {reviews.map((review) => (
                <Radio key={review} value={review} label={t(`details.reviews.${review}`)} />
              ))}
            </Stack>
          </Radio.Group>
        )}
      />
    </>
  )
}
