import { Button, Paper, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { ResetForm } from './ResetForm.tsx'

/** First what is read out to head office, then room for what it answers. */
export function AskHeadOffice({ email: given }: { email: string }) {
  const { t } = useTranslation('identity')
  const [email, setEmail] = useState(given)
  const ask = useMutation(api.identity.requestByPhone.mutationOptions())
  function submit(event: FormEvent) {
    event.preventDefault()
    ask.mutate({ email })
  }
  if (!ask.data) {
    return (
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={t('signIn.email')}
            type="email"
            dir="ltr"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <FormProblem error={ask.error} />
          <Button type="submit" loading={ask.isPending} disabled={email.trim() === ''}>
            {t('forgotten.ask')}
          </Button>
        </Stack>
      </form>
    )
  }
  return (
    <>
      <Paper withBorder p="md">
        <Text size="sm" c="dimmed">
          {t('forgotten.readOut')}
        </Text>
        <Text component="output" dir="ltr" ff="monospace" fz={26} fw={600} ta="center" display="block" my="xs">
          {ask.data.request}
        </Text>
        <Text size="sm">
          {t('forgotten.sayEmail')} <bdi>{email}</bdi>
        </Text>
      </Paper>
      <ResetForm email={email} way="phone" />
    </>
  )
}
