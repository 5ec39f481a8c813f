import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'

/** What the centre gave out for this computer; it can be tried before it counts, and is tried again then. */
export function DirectForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('sync')
  const queryClient = useQueryClient()
  const [access, setAccess] = useState('')
  const [pem, setPem] = useState('')
  const [password, setPassword] = useState('')
  const check = useMutation(api.sync.checkDirect.mutationOptions())
  const use = useMutation(
    api.sync.useDirect.mutationOptions({
      async onSuccess() {
        await queryClient.invalidateQueries({ queryKey: api.sync.key() })
        toast(t('way.used'))
        onClose()
      },
    }),
  )
  const way = { access, authority: pem.trim() === '' ? null : pem }
  const changed = () => {
    check.reset()
    use.reset()
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    if (access.trim() !== '' && password !== '') use.mutate({ ...way, password })
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <PasswordField
          label={t('way.access')}
          description={t('way.accessHint')}
          autoComplete="off"
          maxLength={1000}
          dir="ltr"
          value={access}
          onChange={(event) => {
            setAccess(event.currentTarget.value)
            changed()
          }}
        />
        <Textarea
          label={t('way.authority')}
          description={t('way.authorityHint')}
          autosize
          minRows={3}
          maxRows={6}
          maxLength={20_000}
          dir="ltr"
          value={pem}
          onChange={(event) => {
            setPem(event.currentTarget.value)
            changed()
          }}
        />
        <Text size="sm">{t('way.verified')}</Text>
        <Group gap="sm">
          <Button
            variant="default"
            disabled={access.trim() === ''}
            loading={check.isPending}
            onClick={() => check.mutate(way)}
          >
            {t('way.check')}
          </Button>
          {check.isSuccess && <Text role="status">{t('way.checked')}</Text>}
        </Group>
        <FormProblem error={check.error} />
        <PasswordField
          label={t('join.password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <FormProblem error={use.error} />
        <Button
          type="submit"
          style={{ alignSelf: 'end' }}
          loading={use.isPending}
          disabled={access.trim() === '' || password === ''}
        >
          {t('way.use')}
        </Button>
      </Stack>
    </form>
  )
}
