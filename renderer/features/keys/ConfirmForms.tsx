import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { KeySlot } from '../../../shared/contract/keys.ts'
import { api } from '../../lib/client.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { OwnPasswordForm } from './OwnPasswordForm.tsx'

interface RecoveryFormProps {
  isRenewed: boolean
  onCode: (groups: string[]) => void
  onClose: () => void
}

export function RecoveryForm({ isRenewed, onCode, onClose }: RecoveryFormProps) {
  const { t } = useTranslation('keys')
  const reload = useReload()
  const renew = useMutation(
    api.keys.renewRecoveryCode.mutationOptions({
      onSuccess: async ({ groups }) => {
        await reload()
        onClose()
        onCode(groups)
      },
    }),
  )
  return (
    <OwnPasswordForm
      text={t(isRenewed ? 'recovery.renewText' : 'recovery.text')}
      confirmLabel={t('recovery.confirm')}
      isBusy={renew.isPending}
      error={renew.error}
      onConfirm={(password) => renew.mutate({ password })}
      onClose={onClose}
    />
  )
}

/** The key file or the keychain of this computer. */
export function MachineForm({ hasKeychain, onClose }: { hasKeychain: boolean; onClose: () => void }) {
  const { t } = useTranslation('keys')
  const reload = useReload()
  const start = useMutation(
    api.keys.startByItself.mutationOptions({
      onSuccess: async () => {
        await reload()
        toast(t('byItself.done'))
        onClose()
      },
    }),
  )
  return (
    <OwnPasswordForm
      text={t(hasKeychain ? 'byItself.withKeychain' : 'byItself.withFile')}
      confirmLabel={t('byItself.turnOn')}
      isBusy={start.isPending}
      error={start.error}
      onConfirm={(password) => start.mutate({ password })}
      onClose={onClose}
    />
  )
}

export function RevokeForm({ slot, onClose }: { slot: KeySlot; onClose: () => void }) {
  const { t } = useTranslation('keys')
  const reload = useReload()
  const revoke = useMutation(
    api.keys.revoke.mutationOptions({
      onSuccess: async () => {
        await reload()
        toast(t('revoke.done'))
        onClose()
      },
    }),
  )
  return (
    <OwnPasswordForm
      text={t(slot.kind === 'file' || slot.kind === 'keychain' ? 'revoke.machine' : 'revoke.person')}
      confirmLabel={t('revoke.action')}
      isDangerous
      isBusy={revoke.isPending}
      error={revoke.error}
      onConfirm={(password) => revoke.mutate({ id: slot.id, password })}
      onClose={onClose}
    />
  )
}

function useReload() {
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries({ queryKey: api.keys.key() })
}
