import { ActionIcon, Button, Group, Menu } from '@mantine/core'
import { IconDotsVertical, IconKey, IconMessage, IconRefresh, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarAccount } from '../../../shared/contract/calendar-accounts.ts'
import { client } from '../../lib/client.ts'
import { formatMoment } from '../../lib/format.ts'
import { toastProblem } from '../../lib/toast.ts'
import { Row } from '../../ui/RowList.tsx'
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx'
import { PasswordDialog } from './PasswordDialog.tsx'
import { RemoveDialog } from './RemoveDialog.tsx'
import { TellingDialog } from './TellingDialog.tsx'
import { useAccountChange } from './use-account-change.ts'

/** One account with how it stands; what went wrong stands in it until it is put right. */
export function AccountRow({ account }: { account: CalendarAccount }) {
  const { t } = useTranslation(['calendarAccounts', 'refusal'])
  const { kind, calendarName, userName, address, problem, tellsWords, isLeaving } = account
  const agree = useAccountChange(client.calendarAccounts.agreeNow)
  const state = agree.isPending ? 'running' : stateOf(account)
  return (
    <Row
      name={
        <Group component="span" gap="sm">
          <bdi>{calendarName}</bdi>
          <StatusBadge tone={tones[state]}>{t(`state.${state}`)}</StatusBadge>
        </Group>
      }
      facts={[
        kind === 'caldav' ? (
          <bdi key="whose">
            {userName} · {hostOf(address)}
          </bdi>
        ) : null,
        problem && !agree.isPending ? (
          <span key="problem">
            {kind === 'google' && problem === 'wrongPassword'
              ? t('google.signInAgain')
              : t(`refusal:calendar.${problem}`)}
          </span>
        ) : null,
        [
          t('appointments', { count: account.appointments }),
          account.agreedAt && t('agreed', { when: formatMoment(account.agreedAt) }),
        ]
          .filter(Boolean)
          .join(' · '),
        t(tellsWords ? 'tells.words' : 'tells.times'),
      ].filter((fact) => fact !== null)}
      actions={
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={agree.isPending}
            aria-label={t('agreeNowOf', { name: calendarName })}
            onClick={() => agree.mutate({ id: account.id }, { onError: toastProblem })}
          >
            {t('agreeNow')}
          </Button>
          {!isLeaving && <AccountMenu account={account} />}
        </Group>
      }
    />
  )
}

function AccountMenu({ account }: { account: CalendarAccount }) {
  const { t } = useTranslation('calendarAccounts')
  const [open, setOpen] = useState<'password' | 'telling' | 'remove' | null>(null)
  const dialog = { account, onClose: () => setOpen(null) }
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={t('more', { name: account.calendarName })}>
            <IconDotsVertical size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconMessage size={18} aria-hidden />} onClick={() => setOpen('telling')}>
            {t('telling.open')}
          </Menu.Item>
          {account.kind === 'caldav' && (
            <Menu.Item leftSection={<IconKey size={18} aria-hidden />} onClick={() => setOpen('password')}>
              {t('password.open')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconTrash size={18} aria-hidden />} onClick={() => setOpen('remove')}>
            {t('remove.open')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === 'telling' && <TellingDialog {...dialog} />}
      {open === 'password' && <PasswordDialog {...dialog} />}
      {open === 'remove' && <RemoveDialog {...dialog} />}
    </>
  )
}

type State = 'leaving' | 'running' | 'problem' | 'agreed' | 'waiting'

const tones: Record<State, Tone> = {
  leaving: 'busy',
  running: 'busy',
  problem: 'bad',
  agreed: 'good',
  waiting: 'waiting',
}

function stateOf({ isLeaving, isRunning, problem, agreedAt }: CalendarAccount): State {
  if (isLeaving) return 'leaving'
  if (problem !== null) return 'problem'
  if (agreedAt !== null) return 'agreed'
  return isRunning ? 'running' : 'waiting'
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address
}
