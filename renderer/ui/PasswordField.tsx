import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useId } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'

/** A password that can be shown, pasted and filled in by a password manager. */
export function PasswordField({ visibilityToggleButtonProps, ...props }: PasswordInputProps) {
  const { t } = useTranslation()
  const errorId = useId()
  const { error, 'aria-describedby': hintId } = props
  // Mantine tells the frame of the field that it is wrong, and not the field.
  const wrong = error ? { 'aria-invalid': true, 'aria-describedby': hintId ? `${hintId} ${errorId}` : errorId } : {}
  return (
    <PasswordInput
      autoComplete="current-password"
      spellCheck={false}
      {...props}
      {...wrong}
      errorProps={{ id: errorId }}
      visibilityToggleButtonProps={{ 'aria-label': t('password.show'), tabIndex: 0, ...visibilityToggleButtonProps }}
    />
  )
}
