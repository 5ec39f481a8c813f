import { Menu } from '@mantine/core'
import { IconLock, IconLogout, IconSelector, IconUserCog } from '@tabler/icons-react'
import { Link, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { explain } from '../../lib/errors.ts'
import { useMe, useSessionChanged } from '../../lib/session.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { PersonMark } from '../../ui/PersonMark.tsx'
import classes from './AccountMenu.module.css'

/** Who is signed in, and the way out. */
export function AccountMenu() {
  const { t } = useTranslation('identity')
  const me = useMe()
  const router = useRouter()
  const sessionChanged = useSessionChanged()
  const signOut = useMutation(
    api.identity.signOut.mutationOptions({
      onSuccess: () => sessionChanged(),
      onError: (error) => toast(explain(error)),
    }),
  )
  if (me.kind !== 'user') return null
  return (
    <Menu position="top-start" width="target">
      <Menu.Target>
        <button type="button" className={classes.account}>
          <PersonMark name={me.user.name} />
          <span className={classes.who}>
            <span className={classes.name}>{me.user.name}</span>
            <span className={classes.role}>{me.organization?.name ?? t(`role.${me.user.role}`)}</span>
          </span>
          <IconSelector size={18} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('account.menu')}>
        <Menu.Item component={Link} to="/account" leftSection={<IconUserCog size={18} aria-hidden />}>
          {t('account.settings')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLock size={18} aria-hidden />} onClick={() => router.options.context.lock()}>
          {t('account.lock')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={18} aria-hidden />} onClick={() => signOut.mutate(undefined)}>
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
