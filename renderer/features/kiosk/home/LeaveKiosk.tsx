import { ActionIcon, Button, Group, PasswordInput, Stack, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { digitsIn } from '../../../../shared/digits.ts'
import { api } from '../../../lib/client.ts'
import { useMe, useSessionChanged } from '../../../lib/session.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { KioskDialog } from '../KioskDialog.tsx'

/** The way out for the trainer: in sight, but not in the way. Renders nothing where nobody opened a kiosk. */
export function LeaveKiosk() {
  const { t } = useTranslation(['kiosk', 'common'])
  const me = useMe()
  const [isOpen, { open, close }] = useDisclosure()
  if (me.kind !== 'kiosk' || me.isRoom) return null
  const label = t('frame.leave')
  return (
    <>
      <Tooltip label={label}>
        <ActionIcon variant="subtle" color="gray" c="inherit" size="lg" aria-label={label} onClick={open}>
          <IconLock size={20} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <KioskDialog isOpen={isOpen} onClose={close} title={t('leave.title')}>
        <WayOut openedBy={me.openedBy} onCancel={close} />
      </KioskDialog>
    </>
  )
}

/** The exit PIN where there is one; the password of who opened the kiosk always works. */
function WayOut({ openedBy, onCancel }: { openedBy: string; onCancel: () => void }) {
  const { t } = useTranslation('entry')
  const entry = useQuery(api.kiosk.entry.queryOptions())
  const [wantsPassword, setWantsPassword] = useState(false)
  if (!entry.data?.hasExitPin) return <LeaveForm openedBy={openedBy} onCancel={onCancel} />
  const Form = wantsPassword ? LeaveForm : ExitPinForm
  return (
    <Stack gap="lg">
      <Form openedBy={openedBy} onCancel={onCancel} />
      <Button variant="subtle" onClick={() => setWantsPassword(!wantsPassword)}>
        {t(wantsPassword ? 'leave.withPin' : 'leave.withPassword')}
      </Button>
    </Stack>
  )
}

function ExitPinForm({ openedBy, onCancel }: { openedBy: string; onCancel: () => void }) {
  const { t } = useTranslation(['kiosk', 'entry', 'common'])
  const [exitPin, setExitPin] = useState('')
  const sessionChanged = useSessionChanged()
  const leave = useMutation(
    api.kiosk.leave.mutationOptions({ onSuccess: () => sessionChanged(), onError: () => setExitPin('') }),
  )

  function submit(event: FormEvent) {
    event.preventDefault()
    leave.mutate({ exitPin })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <span>{t('entry:leave.pinText', { name: openedBy })}</span>
        <PasswordInput
          size="lg"
          data-autofocus
          label={t('entry:leave.pin')}
          value={exitPin}
          inputMode="numeric"
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': t('entry:pin.show') }}
          onChange={(event) => setExitPin(digitsIn(event.currentTarget.value).slice(0, 6))}
        />
        <FormProblem error={leave.error} />
        <Group justify="flex-end">
          <Button size="lg" variant="default" onClick={onCancel}>
            {t('common:action.cancel')}
          </Button>
          <Button size="lg" type="submit" loading={leave.isPending} disabled={exitPin.length < 4}>
            {t('leave.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function LeaveForm({ openedBy, onCancel }: { openedBy: string; onCancel: () => void }) {
  const { t } = useTranslation(['kiosk', 'common'])
  const [password, setPassword] = useState('')
  const sessionChanged = useSessionChanged()
  const leave = useMutation(api.identity.leaveKiosk.mutationOptions({ onSuccess: () => sessionChanged() }))

  function submit(event: FormEvent) {
    event.preventDefault()
    leave.mutate({ password })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <span>{t('leave.text', { name: openedBy })}</span>
        <PasswordInput
          size="lg"
          data-autofocus
          label={t('leave.password', { name: openedBy })}
          value={password}
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': t('leave.showPassword') }}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <FormProblem error={leave.error} />
        <Group justify="flex-end">
          <Button size="lg" variant="default" onClick={onCancel}>
            {t('common:action.cancel')}
          </Button>
          <Button size="lg" type="submit" loading={leave.isPending} disabled={password === ''}>
            {t('leave.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
