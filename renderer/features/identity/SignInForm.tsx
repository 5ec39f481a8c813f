import { zodResolver } from '@hookform/resolvers/zod'
import { Alert, Button, Stack, Text, TextInput, Title } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { SignIn } from '../../../shared/contract/identity.ts'
import { api } from '../../lib/client.ts'
import { practiceSignIn } from '../../lib/practice-sign-in.ts'
import { useSessionChanged } from '../../lib/session.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { TryProblem } from './TryProblem.tsx'
import { useWait } from './use-wait.ts'

export function SignInForm({ title, isPractice }: { title: string; isPractice: boolean }) {
  const { t } = useTranslation(['identity', 'setup'])
  const { then, ended } = useSearch({ from: '/sign-in' })
  const sessionChanged = useSessionChanged()
  const signIn = useMutation(api.identity.signIn.mutationOptions({ onSuccess: () => sessionChanged(then) }))
  const wait = useWait(signIn.error)
  const { register, handleSubmit, formState, setFocus, resetField, watch } = useForm({
    resolver: zodResolver(SignIn),
    defaultValues: { email: '', password: '' },
  })
  const { errors } = formState
  const submit = handleSubmit((entry) =>
    signIn.mutate(entry, {
      onError: () => {
        resetField('password')
        setFocus('password')
      },
    }),
  )
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Title order={1} tabIndex={-1} mb="xs">
          {title}
        </Title>
        {ended && <Alert color="saffron">{t('signIn.ended')}</Alert>}
        {isPractice && (
          <Text size="sm" c="dimmed">
            {t('setup:practice.signIn', practiceSignIn)}
          </Text>
        )}
        <TextInput
          label={t('signIn.email')}
          type="email"
          dir="ltr"
          autoComplete="username"
          autoFocus
          error={errors.email?.message}
          {...register('email')}
        />
        <PasswordField label={t('signIn.password')} error={errors.password?.message} {...register('password')} />
        <TryProblem error={signIn.error} wait={wait} />
        <Button type="submit" loading={signIn.isPending} disabled={wait > 0} mt="xs">
          {t('signIn.submit')}
        </Button>
        <TextLink to="/forgotten" search={{ email: watch('email') || undefined }} size="sm">
          {t('signIn.forgotten')}
        </TextLink>
      </Stack>
    </form>
  )
}
