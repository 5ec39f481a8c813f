import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { User } from '../../../shared/contract/identity.ts'
import { formatMoment } from '../../lib/format.ts'
import { useMe } from '../../lib/session.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { PersonMark } from '../../ui/PersonMark.tsx'
import { GridRow, Remark, RowList, Words } from '../../ui/RowList.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { ConfirmUser } from './ConfirmUser.tsx'
import { RoleDialog } from './RoleDialog.tsx'
import classes from './TeamList.module.css'
import { useSetUserActive } from './use-set-user-active.ts'

export function TeamList({ users }: { users: User[] }) {
  const { t } = useTranslation('identity')
  const [asked, setAsked] = useState<User | null>(null)
  const [promoted, setPromoted] = useState<User | null>(null)
  const setActive = useSetUserActive()
  const activate = (user: User) => setActive.mutate({ user, isActive: true })
  return (
    <>
      <RowList>
        {users.map((user) => (
          <Colleague
            key={user.id}
            user={user}
            onRole={() => setPromoted(user)}
            onSwitch={user.isActive ? setAsked : activate}
          />
        ))}
      </RowList>
      <RoleDialog user={promoted} onClose={() => setPromoted(null)} />
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

interface ColleagueProps {
  user: User
  onRole: () => void
  onSwitch: (user: User) => void
}

function Colleague({ user, onRole, onSwitch }: ColleagueProps) {
  const { t } = useTranslation('identity')
  const me = useMe()
  const isMe = me.kind === 'user' && me.user.id === user.id
  const action = t(user.isActive ? 'team.deactivate' : 'team.activate')
  return (
    <GridRow columns={classes.columns ?? ''}>
      <PersonMark name={user.name} size={42} />
      <Words
        name={
          <>
            {user.name} {isMe && <Remark>{t('team.you')}</Remark>}
          </>
        }
        facts={[<bdi key="email">{user.email}</bdi>]}
      />
      <Words
        isQuiet
        name={t(`role.${user.role}`)}
        facts={[user.lastLogin ? t('team.lastLogin', { when: formatMoment(user.lastLogin) }) : t('team.never')]}
      />
      <div>
        <StatusBadge tone={user.isActive ? 'good' : 'neutral'}>
          {t(user.isActive ? 'team.active' : 'team.inactive')}
        </StatusBadge>
        {!user.isVerified && <StatusBadge tone="waiting">{t('help.unverified')}</StatusBadge>}
      </div>
      <Group gap="xs" justify="flex-end">
        {!user.isVerified && !isMe && <ConfirmUser user={user} />}
        <Button variant="default" size="xs" aria-label={t('role.changeOf', { name: user.name })} onClick={onRole}>
          {t('role.change')}
        </Button>
        <Button
          variant="default"
          size="xs"
          aria-label={t('team.actionsOf', { action, name: user.name })}
          onClick={() => onSwitch(user)}
        >
          {action}
        </Button>
      </Group>
    </GridRow>
  )
}
