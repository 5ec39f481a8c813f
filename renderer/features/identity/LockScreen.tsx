import { Anchor, Button, Stack, Text, Title } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '../../../shared/contract/identity.ts'
import { client } from '../../lib/client.ts'
import { refusalOf } from '../../lib/refusal.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { EntryFrame } from '../../ui/EntryFrame.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { PersonMark } from '../../ui/PersonMark.tsx'
import { TryProblem } from './TryProblem.tsx'
import { useWait } from './use-wait.ts'

interface LockScreenProps {
  me: Extract<Me, { kind: 'locked' | 'user' }>
  onOpen: () => void
  /** Somebody else wants to use this screen. */
  onLeave: () => void
  /** Puts what may be seen all the same in the place of the usual cover. */
  coverWith?: (usual: ReactNode) => ReactNode
}

/** In front of a screen that was left. Says whose it is, and nothing of what is behind it. */
export function LockScreen({ me, onOpen, onLeave, coverWith = (usual) => usual }: LockScreenProps) {
  const { t } = useTranslation(['identity', 'setup'])
  const [password, setPassword] = useState('')
  const open = useMutation({ mutationFn: () => openAgain(me.user.email, password), onSuccess: onOpen })
  const wait = useWait(open.error)
  const title = t('lock.title')
  function submit(event: FormEvent) {
    event.preventDefault()
    open.mutate(undefined, { onError: () => setPassword('') })
  }
  return (
    <EntryFrame
      title={title}
      cover={coverWith(
        <>
          <h2>{t('setup:cover.title')}</h2>
          <p>{t('setup:cover.text')}</p>
        </>,
      )}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <Title order={1}>{title}</Title>
          <div style={{ display: 'flex', alignItems: 'center', gap: '0.75rem', overflowWrap: 'anywhere' }}>
            <PersonMark name={me.user.name} size={42} />
            <div style={{ minWidth: 0 }}>
              <Text fw={600}>{me.user.name}</Text>
              <Text size="sm" c="dimmed">
                {me.organization?.name ?? t(`role.${me.user.role}`)}
              </Text>
            </div>
          </div>
          <Text size="sm" c="dimmed">
            {t('lock.text')}
          </Text>
          <PasswordField
            label={t('signIn.password')}
            autoFocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <TryProblem error={open.error} wait={wait} />
          <Button type="submit" loading={open.isPending} disabled={wait > 0 || password === ''}>
            {t('lock.submit')}
          </Button>
          <Anchor component="button" type="button" size="sm" ta="start" onClick={onLeave}>
            {t('lock.other')}
          </Anchor>
        </Stack>
      </form>
    </EntryFrame>
  )
}

/** A session that ended while the screen was locked begins anew: for its owner that is the same. */
async function openAgain(email: string, password: string) {
  try {
    await client.identity.unlock({ password })
  } catch (error) {
    if (refusalOf(error)?.key !== 'door.signInFirst') throw error
    await client.identity.signIn({ email, password })
  }
}
