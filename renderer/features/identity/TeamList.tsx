import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { User } from '../../../shared/contract/identity.ts'
import { formatMoment } from '../../lib/format.ts'
import { useMe } from '../../lib/session.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { PersonMark } from '../../ui/PersonMark.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import classes from './TeamList.module.css'
import { useSetUserActive } from './use-set-user-active.ts'

export function TeamList({ users }: { users: User[] }) {
  const { t } = useTranslation('identity')
  const [asked, setAsked] = useState<User | null>(null)
  const setActive = useSetUserActive()
  const activate = (user: User) => setActive.mutate({ user, isActive: true })
  return (
    <>
      <ul className={classes.list}>
        {users.map((user) => (
          <Colleague key={user.id} user={user} onSwitch={user.isActive ? setAsked : activate} />
        ))}
      </ul>
      <ConfirmDialog
        isOpen={asked !== null}
        title={t('team.question', { name: asked?.name })}
        confirmLabel={t('team.confirm')}
        isDangerous
        isBusy={setActive.isPending}
        error={setActive.error}
        onConfirm={() =>
          asked && setActive.mutate({ user: asked, isActive: false }, { onSuccess: () => setAsked(null) })
        }
        onCancel={() => {
          setAsked(null)
          setActive.reset()
        }}
      >
        {t('team.consequence', { name: asked?.name })}
      </ConfirmDialog>
    </>
  )
}

function Colleague({ user, onSwitch }: { user: User; onSwitch: (user: User) => void }) {
  const { t } = useTranslation('identity')
  const me = useMe()
  const action = t(user.isActive ? 'team.deactivate' : 'team.activate')
  return (
    <li className={classes.row}>
      <PersonMark name={user.name} size={42} />
      <div className={classes.who}>
        <span className={classes.name}>
          {user.name}{' '}
          {me.kind === 'user' && me.user.id === user.id && <span className={classes.you}>({t('team.you')})</span>}
        </span>
        <bdi className={classes.small}>{user.email}</bdi>
      </div>
      <div className={classes.facts}>
        <span>{t(`role.${user.role}`)}</span>
        <span className={classes.small}>
          {user.lastLogin ? t('team.lastLogin', { when: formatMoment(user.lastLogin) }) : t('team.never')}
        </span>
      </div>
      <div className={classes.status}>
        <StatusBadge tone={user.isActive ? 'good' : 'neutral'}>
          {t(user.isActive ? 'team.active' : 'team.inactive')}
        </StatusBadge>
      </div>
      <Button
        variant="default"
        size="xs"
        aria-label={t('team.actionsOf', { action, name: user.name })}
        onClick={() => onSwitch(user)}
      >
        {action}
      </Button>
    </li>
  )
}
