import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { TryProblem } from './TryProblem.tsx'
import { useWait } from './use-wait.ts'

/** Takes the code by which an administrator says whose account this is. */
export function VerifyForm() {
  const { t } = useTranslation('identity')
  const [code, setCode] = useState('')
  const queryClient = useQueryClient()
  const router = useRouter()
  const verify = useMutation(
    api.identity.verify.mutationOptions({
      async onSuccess() {
        await queryClient.invalidateQueries({ queryKey: api.identity.me.key() })
        await router.invalidate()
        toast(t('verify.done'))
      },
    }),
  )
  const wait = useWait(verify.error)
  function submit(event: FormEvent) {
    event.preventDefault()
    verify.mutate({ code })
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t('forgotten.codeField')}
          description={t('forgotten.codeHint')}
          styles={{ input: { fontFamily: 'monospace' } }}
          dir="ltr"
          spellCheck={false}
          autoComplete="one-time-code"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <TryProblem error={verify.error} wait={wait} />
        <Group>
          <Button type="submit" loading={verify.isPending} disabled={wait > 0 || code.trim() === ''}>
            {t('verify.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
