import { Stack, Textarea, TextInput } from '@mantine/core'
import { Controller } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { reachOf } from '../../../shared/permissions.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { DateField } from '../../ui/DateField.tsx'
import { FieldGroup } from '../../ui/FieldGroup.tsx'
import { endAfter } from './form-values.ts'
import { GroupField } from './GroupField.tsx'
import { LearnerField } from './LearnerField.tsx'
import type { Named } from './named.ts'
import { RepeatFields } from './RepeatFields.tsx'
import { TrainerField } from './TrainerField.tsx'
import type { AppointmentForm } from './use-appointment-form.ts'

interface Props {
  form: AppointmentForm
  /** Whom it is with and whose it is now, who may be out of the lists. */
  learner?: Named | undefined
  trainer?: Named | undefined
  /** One of a series that is different is one alone: how the others come is not its own. */
  isAlone?: boolean
  /** It can be nobody else's. */
  isOwn?: boolean
}

/** Everything that is written down of an appointment. */
export function AppointmentFieldset({ form, learner, trainer, isAlone = false, isOwn = false }: Props) {
  const { t } = useTranslation('appointments')
  const { register, formState, getValues, setValue, control } = form
  // What a trainer plans is theirs: there is nothing to choose.
  const mayAssign = !isOwn && reachOf(actorKindOf(useMe()), 'appointments.update') !== 'own'
  const field = (name: 'title' | 'description' | 'location' | 'type' | 'notes') => ({
    label: t(`field.${name}`),
    error: formState.errors[name]?.message,
    ...register(name),
  })
  return (
    <Stack gap="xl">
      <FieldGroup title={t('group.what')}>
        <TextInput {...field('title')} dir="auto" data-autofocus wrapperProps={{ 'data-wide': true }} />
        {(['start', 'end'] as const).map((name) => (
          <Controller
            key={name}
            control={control}
            name={name}
            render={({ field: time, fieldState }) => (
              <DateField
                {...time}
                type="datetime-local"
                label={t(`field.${name}`)}
                error={fieldState.error?.message}
                onChange={(wanted) => {
                  const before = getValues()
                  time.onChange(wanted)
                  if (name === 'start') setValue('end', endAfter(wanted, before), { shouldDirty: true })
                }}
              />
            )}
          />
        ))}
      </FieldGroup>
      {!isAlone && <RepeatFields form={form} />}
      <FieldGroup title={t('group.who')}>
        <LearnerField control={control} present={learner} />
        <GroupField control={control} />
        {mayAssign && <TrainerField control={control} present={trainer} />}
        <TextInput {...field('location')} dir="auto" />
        <TextInput {...field('type')} dir="auto" placeholder={t('typeExample')} />
      </FieldGroup>
      <Textarea
        {...field('description')}
        dir="auto"
        description={t('descriptionNote')}
        autosize
        minRows={2}
        maxRows={8}
      />
      <Textarea {...field('notes')} dir="auto" description={t('notesNote')} autosize minRows={2} maxRows={10} />
    </Stack>
  )
}
