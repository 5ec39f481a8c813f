import { Button, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { unlock } from './unlock-client.ts'

interface PassphraseFormProps {
  hasRecoveryCode: boolean
  onUnlocked: () => void
}

export function PassphraseForm({ hasRecoveryCode, onUnlocked }: PassphraseFormProps) {
  const { t } = useTranslation('unlock')
  const [passphrase, setPassphrase] = useState('')
  const open = useMutation(unlock.withPassphrase.mutationOptions({ onSuccess: onUnlocked }))

  function submit(event: FormEvent) {
    event.preventDefault()
    if (passphrase !== '') open.mutate({ passphrase })
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <PasswordField
          label={t('passphrase.label')}
          value={passphrase}
          autoFocus
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        <FormProblem error={open.error} />
        <Button type="submit" size="md" loading={open.isPending} disabled={passphrase === ''}>
          {t('open')}
        </Button>
        <Text size="sm" c="dimmed">
          {t(hasRecoveryCode ? 'passphrase.forgotten' : 'passphrase.onlyWay')}
        </Text>
      </Stack>
    </form>
  )
}
