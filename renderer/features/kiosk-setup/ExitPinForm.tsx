import { Button, Group, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Pin } from '../../../shared/contract/kiosk.ts'
import { latinDigits } from '../../../shared/digits.ts'
import { api } from '../../lib/client.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'

/** The few digits that lead out of a kiosk; set, changed or taken away, and never shown. */
export function ExitPinForm({ isSet }: { isSet: boolean }) {
  const { t } = useTranslation('kioskSetup')
  const queryClient = useQueryClient()
  const [exitPin, setExitPin] = useState('')
  const isPin = Pin.safeParse(exitPin).success
  const save = useMutation(
    api.kiosk.setExitPin.mutationOptions({
      onSuccess: async (_done, given) => {
        await queryClient.invalidateQueries({ queryKey: api.kiosk.key() })
        setExitPin('')
        toast(t(given.exitPin === null ? 'exitPin.removed' : 'exitPin.saved'))
      },
    }),
  )

  function submit(event: FormEvent) {
    event.preventDefault()
    if (isPin) save.mutate({ exitPin })
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Text>{t(isSet ? 'exitPin.isSet' : 'exitPin.isNotSet')}</Text>
        <PasswordField
          label={t(isSet ? 'exitPin.change' : 'exitPin.set')}
          description={t('exitPin.rule')}
          value={exitPin}
          inputMode="numeric"
          autoComplete="new-password"
          maxLength={6}
          maw="16rem"
          error={exitPin !== '' && !isPin && t('exitPin.rule')}
          visibilityToggleButtonProps={{ 'aria-label': t('exitPin.show') }}
          onChange={(event) => setExitPin(latinDigits(event.currentTarget.value))}
        />
        <FormProblem error={save.error} />
        <Group>
          <Button type="submit" loading={save.isPending} disabled={!isPin}>
            {t('save')}
          </Button>
          {isSet && (
            <Button variant="default" disabled={save.isPending} onClick={() => save.mutate({ exitPin: null })}>
              {t('exitPin.remove')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}
