import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { User } from '../../../shared/contract/identity.ts'
import { api, client } from '../../lib/client.ts'
import { explain } from '../../lib/errors.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'

interface Switch {
  user: User
  isActive: boolean
}

/** Switches a colleague's account on or off and says so. */
export function useSetUserActive() {
  const { t } = useTranslation('identity')
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ user, isActive }: Switch) => client.identity.setUserActive({ id: user.id, isActive }),
    onSuccess: async (_, { user, isActive }) => {
      await queryClient.invalidateQueries({ queryKey: api.identity.listUsers.key() })
      toast(t(isActive ? 'team.activated' : 'team.deactivated', { name: user.name }))
    },
    onError: (error, { isActive }) => {
      if (isActive) toast(explain(error))
    },
  })
}
