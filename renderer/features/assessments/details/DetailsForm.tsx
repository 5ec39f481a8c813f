import { zodResolver } from '@hookform/resolvers/zod'
import { SimpleGrid, Text, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Controller, type UseFormReturn, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { type Assessment, AssessmentFields } from '../../../../shared/contract/assessments.ts'
import { api } from '../../../lib/client.ts'
import { toastProblem } from '../../../lib/toast.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { NumberField } from '../../../ui/NumberField.tsx'
import { AudienceField } from './AudienceField.tsx'
import { DeliveryFields } from './DeliveryFields.tsx'
import { DetailsSaving } from './DetailsSaving.tsx'
import classes from './details.module.css'
import { fieldsOf } from './fields-of.ts'
import { ScheduleFields } from './ScheduleFields.tsx'
import { TypeField } from './TypeField.tsx'
import { type SavingState, useAutosave } from './use-autosave.ts'
import { compared, useSaveDetails } from './use-save-details.ts'

type DetailsFields = UseFormReturn<AssessmentFields, unknown, AssessmentFields>

interface Props {
  assessment: Assessment
  isEditable: boolean
  onState: (state: SavingState) => void
}

/** Saves by itself, and says when. While nothing is typed it shows what is stored; it can be told to show that again. */
export function DetailsForm({ assessment, isEditable, onState }: Props) {
  const queryClient = useQueryClient()
  const [shown, setShown] = useState({ stored: assessment, round: 0 })
  const [isUntouched, setUntouched] = useState(true)
  const show = (stored: Assessment) => setShown(({ round }) => ({ stored, round: round + 1 }))
  if (isUntouched && compared(fieldsOf(assessment)) !== compared(fieldsOf(shown.stored))) show(assessment)
  const loadNewest = useMutation({
    mutationFn: () =>
      queryClient.fetchQuery(api.assessments.get.queryOptions({ input: { id: assessment.id }, staleTime: 0 })),
    onSuccess: show,
    onError: toastProblem,
  })
  const [noteState] = useState(() => (state: SavingState) => {
    setUntouched(state === 'untouched')
    onState(state)
  })
  return (
    <ShownDetails
      key={shown.round}
      assessment={shown.stored}
      learnerName={assessment.beneficiaryName}
      isEditable={isEditable}
      onState={noteState}
      onLoadNewest={() => loadNewest.mutate()}
    />
  )
}

interface ShownDetailsProps extends Props {
  learnerName: string | null
  onLoadNewest: () => void
}

function ShownDetails({ assessment, learnerName, isEditable, onState, onLoadNewest }: ShownDetailsProps) {
  const { t } = useTranslation('assessments')
  const save = useSaveDetails(assessment)
  const form: DetailsFields = useForm({
    defaultValues: fieldsOf(assessment),
    resolver: zodResolver(AssessmentFields) as never,
    mode: 'onChange',
    disabled: !isEditable,
  })
  const autosave = useAutosave(form, save, onState)
  const { errors } = form.formState

  return (
    <form className={classes.form} noValidate onSubmit={autosave.onSubmit}>
      <div className={classes.saving}>
        {isEditable ? (
          <DetailsSaving {...autosave} onLoadNewest={onLoadNewest} />
        ) : (
          <Text size="sm" c="var(--bdc-ink-soft)">
            {t('details.readOnly')}
          </Text>
        )}
      </div>
      <TextInput
        label={t('details.title')}
        dir="auto"
        maxLength={200}
        required
        {...form.register('title')}
        error={errors.title?.message}
      />
      <Textarea
        label={t('details.description')}
        description={t('details.descriptionHint')}
        dir="auto"
        autosize
        minRows={2}
        maxRows={10}
        maxLength={20_000}
        {...form.register('description')}
      />
      <Controller
        control={form.control}
        name="type"
        render={({ field }) => <TypeField value={field.value} onChange={field.onChange} isEditable={isEditable} />}
      />
      <RuleFields form={form} />
      <AudienceField
        value={{ beneficiaryId: form.watch('beneficiaryId'), groupId: form.watch('groupId') }}
        name={learnerName}
        onChange={({ beneficiaryId, groupId }) => {
          form.setValue('beneficiaryId', beneficiaryId)
          form.setValue('groupId', groupId)
        }}
        isEditable={isEditable}
      />
      <ScheduleFields form={form} />
      <DeliveryFields form={form} />
    </form>
  )
}

const rules = [
  { name: 'timeLimit', unit: 'minutes', max: 1440, step: 5 },
  { name: 'passingScore', unit: 'percent', max: 100, step: 5 },
  { name: 'attemptsAllowed', unit: null, max: 100, step: 1 },
] as const

function RuleFields({ form }: { form: DetailsFields }) {
  const { t } = useTranslation('assessments')
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="md">
      {rules.map(({ name, unit, max, step }) => (
        <Controller
          key={name}
          control={form.control}
          name={name}
          render={({ field, fieldState }) => (
            <NumberField
              label={t(`details.${name}`)}
              placeholder={name === 'attemptsAllowed' ? '1' : t(`details.${name}None`)}
              value={field.value}
              onChange={field.onChange}
              onBlur={field.onBlur}
              disabled={field.disabled}
              min={name === 'passingScore' ? 0 : 1}
              max={max}
              step={step}
              error={fieldState.error?.message}
              rightSection={
                unit && (
                  <Text size="sm" c="var(--bdc-ink-soft)" pe="sm">
                    {t(`details.${unit}`)}
                  </Text>
                )
              }
              rightSectionWidth={unit === 'minutes' ? 76 : undefined}
              rightSectionPointerEvents="none"
            />
          )}
        />
      ))}
    </SimpleGrid>
  )
}
