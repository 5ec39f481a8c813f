import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { StaffRole, type User } from '../../../shared/contract/identity.ts'
import { api } from '../../lib/client.ts'
import { useMe } from '../../lib/session.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'

interface RoleDialogProps {
  /** Null: closed. */
  user: User | null
  onClose: () => void
}

/** What a colleague may do from now on. */
export function RoleDialog({ user, onClose }: RoleDialogProps) {
  const { t } = useTranslation('identity')
  return (
    <Dialog isOpen={user !== null} title={t('role.question', { name: user?.name })} onClose={onClose}>
      {user && <RoleForm user={user} onClose={onClose} />}
    </Dialog>
  )
}

function RoleForm({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation(['identity', 'common'])
  const me = useMe()
  const queryClient = useQueryClient()
  const [role, setRole] = useState(user.role)
  const setUserRole = useMutation(
    api.identity.setUserRole.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: api.identity.listUsers.key() })
        toast(t('role.done', { name: user.name, role: t(`role.${role}`) }))
        onClose()
      },
    }),
  )
  const offered = StaffRole.options.filter((one) => one !== 'super_admin' || isSuperAdmin(me))
  const wanted = StaffRole.safeParse(role).data
  return (
    <Stack gap="lg">
      <Radio.Group aria-label={t('newUser.role')} value={role} onChange={(one) => setRole(StaffRole.parse(one))}>
        <Stack gap="md">
          {offered.toReversed().map((one) => (
            <Radio key={one} value={one} label={t(`role.${one}`)} description={t(`role.text.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Text size="sm">{t('role.consequence', { name: user.name })}</Text>
      <FormProblem error={setUserRole.error} />
      <Group justify="flex-end" gap="sm">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('common:action.cancel')}
        </Button>
        <Button
          disabled={role === user.role}
          loading={setUserRole.isPending}
          onClick={() => wanted && setUserRole.mutate({ id: user.id, role: wanted })}
        >
          {t('role.submit')}
        </Button>
      </Group>
    </Stack>
  )
}

function isSuperAdmin(me: ReturnType<typeof useMe>): boolean {
  return me.kind === 'user' && me.user.role === 'super_admin'
}
