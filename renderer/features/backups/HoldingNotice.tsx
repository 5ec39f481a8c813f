import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BackupState } from '../../../shared/contract/backups.ts'
import { api } from '../../lib/client.ts'
import { formatDay } from '../../lib/format.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'

/** Which backups still hold what is not here any more, until when, and the way to be rid of them now. */
export function HoldingNotice({ state, isBusy }: { state: BackupState; isBusy: boolean }) {
  const { t } = useTranslation('backups')
  const [isAsking, setAsking] = useState(false)
  const { backups, forgottenUntil, every } = state
  const holding = backups.filter(({ holdsForgotten }) => holdsForgotten)
  if (holding.length === 0 && !isAsking) return null
  return (
    <Alert color="saffron" variant="light" icon={<IconInfoCircle aria-hidden />}>
      <Stack gap="xs">
        <Text size="sm">{t('holding.text', { count: holding.length })}</Text>
        <Text size="sm">{t('holding.restored')}</Text>
        <Text size="sm">
          {forgottenUntil
            ? t('holding.until', { day: formatDay(forgottenUntil.slice(0, 10)) })
            : t(every === 'never' ? 'holding.never' : 'holding.asked')}
        </Text>
        <Button variant="default" disabled={isBusy} style={{ alignSelf: 'start' }} onClick={() => setAsking(true)}>
          {t('holding.replace')}
        </Button>
      </Stack>
      <Dialog isOpen={isAsking} title={t('holding.title')} onClose={() => setAsking(false)}>
        {isAsking && <ReplaceForm onClose={() => setAsking(false)} />}
      </Dialog>
    </Alert>
  )
}

function ReplaceForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('backups')
  const queryClient = useQueryClient()
  const [password, setPassword] = useState('')
  const replace = useMutation(
    api.backups.replaceOlder.mutationOptions({
      async onSuccess() {
        onClose()
        await queryClient.invalidateQueries({ queryKey: api.backups.state.key() })
      },
    }),
  )
  function submit(event: FormEvent) {
    event.preventDefault()
    if (password !== '') replace.mutate({ password })
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Text>{t('holding.consequence')}</Text>
        <Text>{t('holding.elsewhere')}</Text>
        <PasswordField
          label={t('restore.password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <FormProblem error={replace.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('restore.cancel')}
          </Button>
          <Button type="submit" color="brick" loading={replace.isPending} disabled={password === ''}>
            {t('holding.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
