import { Button, Stack, Text, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Passphrase } from '../../../shared/contract/keys.ts'
import { readRecoveryCode } from '../../../shared/recovery-code.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'
import classes from './unlock.module.css'
import { unlock } from './unlock-client.ts'

interface RecoveryCodeFormProps {
  /** Whether there is a passphrase, which whoever types the code has probably forgotten. */
  mayHaveForgotten: boolean
  onUnlocked: () => void
}

/** Names the group with a typing mistake while the code is being typed. */
export function RecoveryCodeForm({ mayHaveForgotten, onUnlocked }: RecoveryCodeFormProps) {
  const { t } = useTranslation('unlock')
  const [code, setCode] = useState('')
  const [newPassphrase, setNewPassphrase] = useState('')
  const open = useMutation(unlock.withRecoveryCode.mutationOptions({ onSuccess: onUnlocked }))
  const read = readRecoveryCode(code)
  const isTooShort = newPassphrase !== '' && !Passphrase.safeParse(newPassphrase).success

  function submit(event: FormEvent) {
    event.preventDefault()
    if ('code' in read && !isTooShort) open.mutate({ code, newPassphrase: newPassphrase || null })
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Textarea
          label={t('recovery.label')}
          description={t('recovery.hint')}
          value={code}
          autosize
          minRows={2}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          classNames={{ input: classes.code }}
          error={'wrongGroup' in read && t('recovery.wrongGroup', { group: read.wrongGroup })}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        {mayHaveForgotten && (
          <PasswordField
            label={t('recovery.newPassphrase')}
            description={t('recovery.newPassphraseHint')}
            autoComplete="new-password"
            value={newPassphrase}
            error={isTooShort && t('recovery.tooShort')}
            onChange={(event) => setNewPassphrase(event.currentTarget.value)}
          />
        )}
        <FormProblem error={open.error} />
        <Button type="submit" size="md" loading={open.isPending} disabled={!('code' in read) || isTooShort}>
          {t('open')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('recovery.where')}
        </Text>
      </Stack>
    </form>
  )
}
