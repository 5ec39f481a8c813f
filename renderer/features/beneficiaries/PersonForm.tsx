import { Stack, Textarea, TextInput } from '@mantine/core'
import type { FormEventHandler, ReactNode } from 'react'
import { Controller } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../shared/contract/base.ts'
import { reachOf } from '../../../shared/permissions.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { DateField } from '../../ui/DateField.tsx'
import { FieldGroup } from '../../ui/FieldGroup.tsx'
import { OwnFieldset } from './file/OwnFieldset.tsx'
import classes from './PersonForm.module.css'
import { TrainerField } from './TrainerField.tsx'
import type { BeneficiaryForm } from './use-beneficiary-form.ts'

interface PersonFormProps {
  form: BeneficiaryForm
  /** The name comes first then, and has the focus. */
  isNew?: boolean
  /** The trainer this person has now, who may have left the team since. */
  trainer?: { id: Id; name: string } | undefined
  /** Above the fields, such as the status. */
  head?: ReactNode
  /** Below the name, such as who may be the same person. */
  underName?: ReactNode
  /** Every field there is; the panel has those of every day. */
  isWhole?: boolean
  /** Stays in view below the fields: what went wrong, and the buttons. */
  foot: ReactNode
  onSubmit: FormEventHandler<HTMLFormElement>
}

/** Everything that is written down of a person. */
export function PersonForm(props: PersonFormProps) {
  const { form, isNew = false, trainer, head, underName, isWhole = false, foot, onSubmit } = props
  const { t } = useTranslation('beneficiaries')
  const field = useField(form)
  // Who a trainer writes down is theirs: there is nothing to choose.
  const mayAssign = reachOf(actorKindOf(useMe()), 'beneficiaries.update') !== 'own'
  return (
    <form noValidate onSubmit={onSubmit} className={classes.form} autoComplete="off">
      <Stack gap="xl" className={classes.fields}>
        {head}
        <FieldGroup title={t('group.person')}>
          <TextInput {...field('name')} {...(isNew && { 'data-autofocus': true })} wrapperProps={wide} />
          {underName && <div data-wide>{underName}</div>}
          <DayOfPerson form={form} name="dateOfBirth" />
          {isWhole && <TextInput {...field('language')} />}
        </FieldGroup>
        <FieldGroup title={t('group.centre')}>
          {mayAssign && <TrainerField control={form.control} present={trainer} />}
          <TextInput {...field('number')} />
          <DayOfPerson form={form} name="enrollmentDate" />
          {isWhole && <DayOfPerson form={form} name="completedOn" />}
        </FieldGroup>
        {isWhole && <OwnFieldset form={form} />}
        <FieldGroup title={t('group.contact')}>
          <TextInput {...field('phone')} type="tel" dir="ltr" />
          <TextInput {...field('email')} type="email" dir="ltr" />
          <TextInput {...field('address')} wrapperProps={wide} />
          <TextInput {...field('city')} />
          {isWhole && <TextInput {...field('postalCode')} />}
          {isWhole && <TextInput {...field('state')} />}
          <TextInput {...field('country')} />
        </FieldGroup>
        {isWhole && (
          <FieldGroup title={t('group.guardian')}>
            <TextInput {...field('guardianName')} />
            <TextInput {...field('guardianRelation')} />
            <TextInput {...field('guardianPhone')} type="tel" dir="ltr" />
          </FieldGroup>
        )}
        <FieldGroup title={t('group.emergency')}>
          <TextInput {...field('emergencyContact')} />
          <TextInput {...field('emergencyPhone')} type="tel" dir="ltr" />
        </FieldGroup>
        <Textarea {...field('notes')} autosize minRows={3} maxRows={12} />
      </Stack>
      <div className={classes.foot}>{foot}</div>
    </form>
  )
}

const wide = { 'data-wide': true }
const emptyIsUnknown = { setValueAs: (text: string | null) => text || null }

type DayName = 'dateOfBirth' | 'enrollmentDate' | 'completedOn'
type TextName = Exclude<
  keyof BeneficiaryForm['formState']['errors'],
  'root' | 'form' | 'trainerId' | 'status' | 'own' | DayName
>

/** Label, error and registration of one field of the contract. */
function useField({ register, formState }: BeneficiaryForm) {
  const { t } = useTranslation('beneficiaries')
  return (name: TextName) => ({
    label: t(`field.${name}`),
    error: formState.errors[name]?.message,
    ...register(name, name === 'email' ? emptyIsUnknown : {}),
  })
}

function DayOfPerson({ form, name }: { form: BeneficiaryForm; name: DayName }) {
  const { t } = useTranslation('beneficiaries')
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field, fieldState }) => (
        <DateField
          {...field}
          value={field.value ?? ''}
          onChange={(day) => field.onChange(day || null)}
          label={t(`field.${name}`)}
          error={fieldState.error?.message}
        />
      )}
    />
  )
}
