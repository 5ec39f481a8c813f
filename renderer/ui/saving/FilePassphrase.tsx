import { useTranslation } from 'react-i18next'
import { Passphrase } from '../../../shared/contract/keys.ts'
import { PasswordField } from '../PasswordField.tsx'

interface Props {
  value: string
  onChange: (passphrase: string) => void
}

/** A passphrase for a file that leaves this computer. */
export function FilePassphrase({ value, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <PasswordField
      label={t('saving.passphrase')}
      description={t('saving.passphraseHint')}
      autoComplete="new-password"
      value={value}
      error={value !== '' && !isFit(value) && t('saving.passphraseShort')}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

export function isFit(passphrase: string): boolean {
  return Passphrase.safeParse(passphrase).success
}
