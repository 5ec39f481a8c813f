import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NumberField } from '../../../ui/NumberField.tsx'

interface Props {
  text: string
  submitLabel: string
  asksMinutes?: boolean
  isBusy: boolean
  onSubmit: (given: { reason: string; minutes: number }) => void
}

/** Asks why, and for how many minutes more. */
export function ReasonForm({ text, submitLabel, asksMinutes = false, isBusy, onSubmit }: Props) {
  const { t } = useTranslation('results')
  const [reason, setReason] = useState('')
  const [minutes, setMinutes] = useState<number | null>(0)
  const [isTried, setTried] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (reason.trim() !== '') onSubmit({ reason, minutes: minutes ?? 0 })
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">{text}</Text>
        <Textarea
          data-autofocus
          autosize
          minRows={2}
          dir="auto"
          maxLength={500}
          label={t('supervise.reason')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={isTried && reason.trim() === '' && t('supervise.reasonMissing')}
        />
        {asksMinutes && (
          <NumberField label={t('supervise.moreMinutes')} value={minutes} onChange={setMinutes} min={0} max={600} />
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={isBusy}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
