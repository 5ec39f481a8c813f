import type { PasswordInputProps } from '@mantine/core'
import { useId } from '@mantine/hooks'
import type { FieldError } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import classes from './NewPasswordField.module.css'
import { PasswordField } from './PasswordField.tsx'
import { strengthOf } from './password-strength.ts'

interface NewPasswordFieldProps extends Omit<PasswordInputProps, 'error'> {
  /** What is in the field now, to say how strong it is. */
  password: string
  /** The name and the e-mail address of whose it will be, as far as they are known. */
  own?: readonly string[]
  error?: FieldError | undefined
}

/** A password that is being made up, with a word on its strength while it is typed. */
export function NewPasswordField({ password, own, error, ...field }: NewPasswordFieldProps) {
  const { t } = useTranslation()
  const hintId = useId()
  const strength = strengthOf(password, own)
  // The only rule of the contract without a code of its own is the one about too many bytes.
  const message = error?.type === 'custom' ? t('field.passwordTooLong') : error?.message
  return (
    <div>
      <PasswordField autoComplete="new-password" aria-describedby={hintId} {...field} error={message} />
      <div
        id={hintId}
        hidden={message !== undefined && strength === 'short'}
        className={classes.hint}
        data-strength={password === '' ? 'none' : strength}
      >
        <span className={classes.meter} aria-hidden="true" />
        <span role="status">{t(password === '' ? 'password.advice' : `password.${strength}`)}</span>
      </div>
    </div>
  )
}
