import { zodResolver } from '@hookform/resolvers/zod'
import { Button, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { ResetPassword } from '../../../shared/contract/sign-in.ts'
import { heard, plainCode } from '../../../shared/spoken-code.ts'
import { api } from '../../lib/client.ts'
import { useSessionChanged } from '../../lib/session.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { NewPasswordField } from '../../ui/NewPasswordField.tsx'
import { TryProblem } from './TryProblem.tsx'
import { useWait } from './use-wait.ts'

const lettersPerLine = 9
const linesOfAnswer = 13

/** A code or the answer of head office, and the new password. */
export function ResetForm({ email, way }: { email: string; way: 'code' | 'phone' }) {
  const { t } = useTranslation('identity')
  const sessionChanged = useSessionChanged()
  const reset = useMutation(api.identity.resetPassword.mutationOptions({ onSuccess: () => sessionChanged() }))
  const wait = useWait(reset.error)
  const { register, handleSubmit, watch, formState } = useForm({
    resolver: zodResolver(ResetPassword),
    defaultValues: { email, code: '', password: '' },
  })
  const { errors } = formState
  const isPhone = way === 'phone'
  return (
    <form noValidate onSubmit={handleSubmit((entry) => reset.mutate(entry))}>
      <Stack gap="md">
        {!isPhone && (
          <TextInput
            label={t('signIn.email')}
            type="email"
            dir="ltr"
            autoComplete="username"
            error={errors.email?.message}
            {...register('email')}
          />
        )}
        {isPhone ? (
          <Textarea
            label={t('forgotten.answer')}
            description={<Heard typed={watch('code')} />}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            styles={{ input: { fontFamily: 'monospace' } }}
            dir="ltr"
            rows={7}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="characters"
            error={errors.code?.message}
            {...register('code')}
          />
        ) : (
          <TextInput
            label={t('forgotten.codeField')}
            description={t('forgotten.codeHint')}
            styles={{ input: { fontFamily: 'monospace' } }}
            dir="ltr"
            spellCheck={false}
            autoComplete="one-time-code"
            autoCapitalize="characters"
            error={errors.code?.message}
            {...register('code')}
          />
        )}
        <NewPasswordField
          label={t('password.next')}
          password={watch('password')}
          own={[watch('email')]}
          error={errors.password}
          {...register('password')}
        />
        <TryProblem error={reset.error} wait={wait} />
        <Button type="submit" loading={reset.isPending} disabled={wait > 0}>
          {t('forgotten.submit')}
        </Button>
      </Stack>
    </form>
  )
}

/** How many lines are in, and which one to ask for again. */
function Heard({ typed }: { typed: string }) {
  const { t } = useTranslation('identity')
  const letters = plainCode(typed)
  const whole = Math.min(linesOfAnswer, Math.floor(letters.length / lettersPerLine))
  const said = whole === 0 ? undefined : heard(letters.slice(0, whole * lettersPerLine))
  return (
    <span role="status">
      {said && 'wrongLine' in said
        ? t('forgotten.wrongLine', { line: said.wrongLine })
        : t('forgotten.heard', { count: whole, all: linesOfAnswer })}
    </span>
  )
}
