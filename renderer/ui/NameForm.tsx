import { Button, Group, Stack, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormProblem } from './FormProblem.tsx'

interface NameFormProps {
  label: string
  placeholder?: string
  /** What is said when the name is empty. */
  missing: string
  maxLength: number
  name?: string
  submitLabel: string
  isBusy: boolean
  /** Why the core refused. */
  error: unknown
  onSubmit: (name: string) => void
  onCancel: () => void
  /** What else there is to say, below the name. */
  children?: ReactNode
}

/** What a dialog asks that gives something a name: the name, what else, what went wrong, and the two ways out. */
export function NameForm(props: NameFormProps) {
  const { t } = useTranslation()
  const [name, setName] = useState(props.name ?? '')
  const [isChecked, setChecked] = useState(false)
  const isMissing = name.trim() === ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (!isMissing) props.onSubmit(name.trim())
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="lg">
        <TextInput
          data-autofocus
          required
          dir="auto"
          maxLength={props.maxLength}
          label={props.label}
          placeholder={props.placeholder}
          value={name}
          error={isChecked && isMissing && props.missing}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {props.children}
        <FormProblem error={props.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={props.onCancel}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={props.isBusy}>
            {props.submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
