import { Button, Group, Stack, Text } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'

interface OwnPasswordFormProps {
  /** What happens then. */
  text: string
  confirmLabel: string
  isDangerous?: boolean
  isBusy: boolean
  /** Off as long as something else in the form is missing. */
  isReady?: boolean
  error: unknown
  children?: ReactNode
  onConfirm: (password: string) => void
  onClose: () => void
}

/** Whoever changes the keys types their password again: an open screen is not enough. */
export function OwnPasswordForm({ isReady = true, ...form }: OwnPasswordFormProps) {
  const { t } = useTranslation(['keys', 'common'])
  const [password, setPassword] = useState('')

  function submit(event: FormEvent) {
    event.preventDefault()
    if (isReady && password !== '') form.onConfirm(password)
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Text>{form.text}</Text>
        {form.children}
        <PasswordField
          label={t('ownPassword')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <FormProblem error={form.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={form.onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button
            type="submit"
            {...(form.isDangerous && { color: 'brick' })}
            loading={form.isBusy}
            disabled={!isReady || password === ''}
          >
            {form.confirmLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
