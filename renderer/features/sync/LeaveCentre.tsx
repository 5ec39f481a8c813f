import { Button, Group, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'

interface LeaveCentreProps {
  organization: string
  queued: number
}

/** The way out: everything stays here, and nothing goes to the centre any more. */
export function LeaveCentre(props: LeaveCentreProps) {
  const { t } = useTranslation('sync')
  const [isAsking, setIsAsking] = useState(false)
  return (
    <div>
      <Button variant="default" onClick={() => setIsAsking(true)}>
        {t('leave.action')}
      </Button>
      <Dialog
        isOpen={isAsking}
        title={t('leave.title', { organization: props.organization })}
        onClose={() => setIsAsking(false)}
      >
        {isAsking && <LeaveForm queued={props.queued} onClose={() => setIsAsking(false)} />}
      </Dialog>
    </div>
  )
}

function LeaveForm({ queued, onClose }: { queued: number; onClose: () => void }) {
  const { t } = useTranslation(['sync', 'common'])
  const queryClient = useQueryClient()
  const [password, setPassword] = useState('')
  const leave = useMutation(
    api.sync.leave.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: api.sync.key() })
        toast(t('leave.done'))
        onClose()
      },
    }),
  )
  function submit(event: FormEvent) {
    event.preventDefault()
    if (password !== '') leave.mutate({ password })
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Text>{t('leave.text')}</Text>
        {queued > 0 && <Text fw={600}>{t('leave.queued', { count: queued })}</Text>}
        <PasswordField
          label={t('join.password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <FormProblem error={leave.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button type="submit" color="brick" loading={leave.isPending} disabled={password === ''}>
            {t('leave.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
