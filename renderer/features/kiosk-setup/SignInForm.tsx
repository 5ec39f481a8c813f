import { Button, Group, Radio, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KioskSettings, type SignInWay, signInWays } from '../../../shared/contract/kiosk.ts'
import { api } from '../../lib/client.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { NumberField } from '../../ui/NumberField.tsx'

/** How learners sign in, and how long a kiosk waits for somebody who walked away. */
export function SignInForm({ settings }: { settings: KioskSettings }) {
  const { t } = useTranslation('kioskSetup')
  const queryClient = useQueryClient()
  const [signIn, setSignIn] = useState<SignInWay>(settings.signIn)
  const [idleSeconds, setIdleSeconds] = useState<number | null>(settings.idleSeconds)
  const wanted = KioskSettings.safeParse({ signIn, idleSeconds })
  const save = useMutation(
    api.kiosk.setSettings.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: api.kiosk.key() })
        toast(t('saved'))
      },
    }),
  )

  function submit(event: FormEvent) {
    event.preventDefault()
    if (wanted.success) save.mutate(wanted.data)
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Radio.Group
          label={t('signIn.label')}
          value={signIn}
          onChange={(way) => setSignIn(signInWays.find((one) => one === way) ?? 'name')}
        >
          <Stack gap="sm" mt="xs">
            {signInWays.map((way) => (
              <Radio key={way} value={way} label={t(`signIn.${way}`)} description={t(`signIn.${way}Text`)} />
            ))}
          </Stack>
        </Radio.Group>
        <NumberField
          label={t('signIn.idle')}
          description={t('signIn.idleText')}
          value={idleSeconds}
          min={30}
          max={3600}
          onChange={setIdleSeconds}
          error={wanted.success ? undefined : t('signIn.idleRange')}
        />
        <FormProblem error={save.error} />
        <Group>
          <Button type="submit" loading={save.isPending} disabled={!wanted.success}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
