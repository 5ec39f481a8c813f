import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Passphrase } from '../../../shared/contract/keys.ts'
import { api } from '../../lib/client.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { OwnPasswordForm } from './OwnPasswordForm.tsx'

interface PassphraseFormProps {
  use: 'start' | 'backups'
  insteadOf: string | null
  onClose: () => void
}

/** Typed twice: nobody can send a passphrase that was mistyped. */
export function PassphraseForm({ use, insteadOf, onClose }: PassphraseFormProps) {
  const { t } = useTranslation('keys')
  const queryClient = useQueryClient()
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const save = useMutation(
    api.keys.setPassphrase.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: api.keys.key() })
        toast(t('passphrase.done'))
        onClose()
      },
    }),
  )
  const isGood = Passphrase.safeParse(passphrase).success
  return (
    <OwnPasswordForm
      text={t(use === 'start' ? 'passphrase.text' : 'passphrase.textForBackups')}
      confirmLabel={t('passphrase.save')}
      isReady={isGood && passphrase === again}
      isBusy={save.isPending}
      error={save.error}
      onConfirm={(password) => save.mutate({ passphrase, use, insteadOf, password })}
      onClose={onClose}
    >
      <PasswordField
        label={t('passphrase.new')}
        description={t('passphrase.advice')}
        autoComplete="new-password"
        value={passphrase}
        error={passphrase !== '' && !isGood && t('passphrase.tooShort')}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
      />
      <PasswordField
        label={t('passphrase.again')}
        autoComplete="new-password"
        value={again}
        error={again !== '' && again !== passphrase && t('passphrase.differs')}
        onChange={(event) => setAgain(event.currentTarget.value)}
      />
    </OwnPasswordForm>
  )
}
