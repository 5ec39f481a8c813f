import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { User } from '../../../shared/contract/identity.ts'
import { api } from '../../lib/client.ts'
import { toast, toastProblem } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'

/** Says that an account is the person's whose name it bears; without that it opens nothing. */
export function ConfirmUser({ user: { id, name } }: { user: User }) {
  const { t } = useTranslation('identity')
  const queryClient = useQueryClient()
  const confirm = useMutation(
    api.identity.setVerified.mutationOptions({
      async onSuccess() {
        await queryClient.invalidateQueries({ queryKey: api.identity.key() })
        toast(t('team.confirmed', { name }))
      },
      onError: toastProblem,
    }),
  )
  return (
    <Button
      size="xs"
      aria-label={t('team.actionsOf', { action: t('help.verify'), name })}
      loading={confirm.isPending}
      onClick={() => confirm.mutate({ id, isVerified: true })}
    >
      {t('help.verify')}
    </Button>
  )
}
