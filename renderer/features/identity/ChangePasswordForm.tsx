import { zodResolver } from '@hookform/resolvers/zod'
import { Button, Group, Stack } from '@mantine/core'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { ChangePassword } from '../../../shared/contract/identity.ts'
import { api } from '../../lib/client.ts'
import { useMe } from '../../lib/session.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { NewPasswordField } from '../../ui/NewPasswordField.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { TryProblem } from './TryProblem.tsx'
import { useWait } from './use-wait.ts'

export function ChangePasswordForm() {
  const { t } = useTranslation('identity')
  const me = useMe()
  const changePassword = useMutation(api.identity.changePassword.mutationOptions())
  const wait = useWait(changePassword.error)
  const { register, handleSubmit, watch, reset, formState } = useForm({
    resolver: zodResolver(ChangePassword),
    defaultValues: { current: '', next: '' },
  })
  const submit = handleSubmit((passwords) =>
    changePassword.mutate(passwords, {
      onSuccess: () => {
        reset()
        toast(t('password.done'))
      },
    }),
  )
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <PasswordField
          label={t('password.current')}
          error={formState.errors.current?.message}
          {...register('current')}
        />
        <NewPasswordField
          label={t('password.next')}
          password={watch('next')}
          own={me.kind === 'user' ? [me.user.name, me.user.email] : []}
          error={formState.errors.next}
          {...register('next')}
        />
        <TryProblem error={changePassword.error} wait={wait} />
        <Group>
          <Button type="submit" loading={changePassword.isPending} disabled={wait > 0}>
            {t('password.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
