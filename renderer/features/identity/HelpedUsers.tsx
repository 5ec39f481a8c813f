import { Button, Group, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HelpedUser } from '../../../shared/contract/sign-in.ts'
import { api } from '../../lib/client.ts'
import { formatMoment } from '../../lib/format.ts'
import { useMe } from '../../lib/session.ts'
import { toast, toastProblem } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Remark, Row, RowList } from '../../ui/RowList.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'

interface Shown {
  user: HelpedUser
  use: 'reset' | 'verification'
  code: string
  expiresAt: string
}

export function HelpedUsers({ users }: { users: HelpedUser[] }) {
  const { t } = useTranslation('identity')
  const me = useMe()
  const queryClient = useQueryClient()
  const [shown, setShown] = useState<Shown | null>(null)
  const settled = {
    onError: toastProblem,
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.identity.helpList.key() }),
  }
  const reset = useMutation(api.identity.issueResetCode.mutationOptions(settled))
  const verification = useMutation(api.identity.issueVerificationCode.mutationOptions(settled))
  const setVerified = useMutation(api.identity.setVerified.mutationOptions(settled))
  const release = useMutation(api.identity.releaseTries.mutationOptions(settled))
  const show = (use: Shown['use'], user: HelpedUser) =>
    (use === 'reset' ? reset : verification).mutate(
      { id: user.id },
      { onSuccess: (issued) => setShown({ user, use, ...issued }) },
    )
  return (
    <>
      <RowList isPlain>
        {users.map((user) => (
          <HelpedRow
            key={user.id}
            user={user}
            isMe={me.kind === 'user' && me.user.id === user.id}
            onReset={() => show('reset', user)}
            onVerificationCode={() => show('verification', user)}
            onVerified={(isVerified) => setVerified.mutate({ id: user.id, isVerified })}
            onRelease={() =>
              release.mutate({ id: user.id }, { onSuccess: () => toast(t('help.released', { name: user.name })) })
            }
          />
        ))}
      </RowList>
      <Dialog
        isOpen={shown !== null}
        title={shown ? t(`help.${shown.use}Title`, { name: shown.user.name }) : ''}
        onClose={() => setShown(null)}
      >
        {shown && (
          <>
            <Text>{t(`help.${shown.use}Text`, { name: shown.user.name, when: formatMoment(shown.expiresAt) })}</Text>
            <Text component="output" dir="ltr" ff="monospace" fz={24} fw={600} ta="center" display="block" my="md">
              {shown.code}
            </Text>
            <Text size="sm" c="dimmed">
              {t('help.once')}
            </Text>
          </>
        )}
      </Dialog>
    </>
  )
}

interface HelpedRowProps {
  user: HelpedUser
  isMe: boolean
  onReset: () => void
  onVerificationCode: () => void
  onVerified: (isVerified: boolean) => void
  onRelease: () => void
}

function HelpedRow({ user, isMe, ...on }: HelpedRowProps) {
  const { t } = useTranslation('identity')
  const of = (action: string) => ({ 'aria-label': t('team.actionsOf', { action, name: user.name }), children: action })
  const button = { variant: 'default', size: 'xs' } as const
  return (
    <Row
      name={
        <>
          {user.name} {isMe && <Remark>{t('team.you')}</Remark>}
        </>
      }
      facts={[
        <bdi key="email">{user.email}</bdi>,
        `${t(`role.${user.role}`)} · ${t('help.codes', { count: user.recoveryCodes })}`,
      ]}
      actions={
        <>
          {user.waitSeconds > 0 && (
            <StatusBadge tone="waiting">{t('help.waits', { count: user.waitSeconds })}</StatusBadge>
          )}
          {!user.isVerified && <StatusBadge tone="waiting">{t('help.unverified')}</StatusBadge>}
          <Group gap="xs">
            {user.waitSeconds > 0 && <Button {...button} onClick={on.onRelease} {...of(t('help.release'))} />}
            {!isMe && !user.isVerified && (
              <>
                <Button {...button} onClick={() => on.onVerified(true)} {...of(t('help.verify'))} />
                <Button {...button} onClick={on.onVerificationCode} {...of(t('help.verificationCode'))} />
              </>
            )}
            {!isMe && <Button {...button} onClick={on.onReset} {...of(t('help.resetCode'))} />}
            {!isMe && user.isVerified && (
              <Button {...button} onClick={() => on.onVerified(false)} {...of(t('help.doubt'))} />
            )}
          </Group>
        </>
      }
    />
  )
}
