import { Button, Stack, Text, TextInput, Title } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { digitsIn } from '../../../../shared/digits.ts'
import { api } from '../../../lib/client.ts'
import { useSessionChanged } from '../../../lib/session.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { EntryFrame } from '../../../ui/EntryFrame.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { LeaveRoom } from '../../../ui/LeaveRoom.tsx'
import { codeInAddress, keepDeviceName, suggestedDeviceName } from './device.ts'

/** The way into the room: the code that the trainer shows, and what this device is called. */
export function JoinScreen() {
  const { t } = useTranslation('classroom')
  return (
    <EntryFrame
      title={t('join.title')}
      cover={
        <>
          <h2>{t('join.cover')}</h2>
          <p>{t('join.coverText')}</p>
        </>
      }
    >
      <JoinForm />
    </EntryFrame>
  )
}

function JoinForm() {
  const { t } = useTranslation('classroom')
  const [code, setCode] = useState(() => codeInAddress(window.location.hash))
  const [deviceName, setDeviceName] = useState(() => suggestedDeviceName((kind) => t(`device.${kind}`)))
  const sessionChanged = useSessionChanged()
  const join = useMutation(api.classroom.join.mutationOptions({ onSuccess: () => sessionChanged() }))

  function submit(event: FormEvent) {
    event.preventDefault()
    keepDeviceName(deviceName)
    join.mutate({ code, deviceName })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <Title order={1} tabIndex={-1}>
          {t('join.title')}
        </Title>
        <TextInput
          size="xl"
          label={t('join.code')}
          description={t('join.codeHint')}
          inputMode="numeric"
          autoComplete="one-time-code"
          dir="ltr"
          maxLength={6}
          value={code}
          onChange={(event) => setCode(digitsIn(event.currentTarget.value))}
          data-autofocus
        />
        <TextInput
          size="lg"
          label={t('join.device')}
          description={t('join.deviceHint')}
          maxLength={100}
          value={deviceName}
          onChange={(event) => setDeviceName(event.currentTarget.value)}
        />
        <FormProblem error={join.error} />
        <Button size="lg" type="submit" loading={join.isPending} disabled={code.length < 6 || deviceName.trim() === ''}>
          {t('join.submit')}
        </Button>
        <LeaveRoom />
        {window.location.protocol === 'http:' && (
          <Text size="sm" c="dimmed">
            {t('join.openNetwork')}
          </Text>
        )}
      </Stack>
    </form>
  )
}
