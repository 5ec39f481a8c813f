import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Backup, BackupSecret } from '../../../shared/contract/backups.ts'
import { FormProblem } from '../FormProblem.tsx'
import { PasswordField } from '../PasswordField.tsx'

interface SecretFormProps {
  backup: Backup
  isBusy: boolean
  error: unknown
  onSecret: (secret: BackupSecret) => void
  /** The other way is tried: what was said of this one holds no more. */
  onOtherWay: () => void
}

/** A backup of another computer opens with what people had there. */
export function SecretForm({ backup, isBusy, error, onSecret, onOtherWay }: SecretFormProps) {
  const { t } = useTranslation('backups')
  const { hasPassphrase, hasRecoveryCode } = backup
  const [kind, setKind] = useState<BackupSecret['kind']>(hasPassphrase ? 'passphrase' : 'recovery')
  const [text, setText] = useState('')
  if (!hasPassphrase && !hasRecoveryCode) return <Text>{t('secret.noWay')}</Text>

  function submit(event: FormEvent) {
    event.preventDefault()
    if (text !== '') onSecret(kind === 'passphrase' ? { kind, passphrase: text } : { kind, code: text })
  }
  function changeWay(value: string) {
    setKind(value === 'passphrase' ? 'passphrase' : 'recovery')
    // A passphrase must not be readable in the field of the code.
    setText('')
    onOtherWay()
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Text>{t('secret.text')}</Text>
        {hasPassphrase && hasRecoveryCode && (
          <SegmentedControl
            fullWidth
            aria-label={t('secret.way')}
            value={kind}
            onChange={changeWay}
            data={[
              { value: 'passphrase', label: t('secret.passphrase') },
              { value: 'recovery', label: t('secret.recovery') },
            ]}
          />
        )}
        {kind === 'passphrase' ? (
          <PasswordField
            label={t('secret.passphrase')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        ) : (
          <TextInput
            label={t('secret.recovery')}
            value={text}
            dir="ltr"
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        <FormProblem error={error} />
        <Group justify="flex-end">
          <Button type="submit" loading={isBusy} disabled={text === ''}>
            {t('secret.open')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
