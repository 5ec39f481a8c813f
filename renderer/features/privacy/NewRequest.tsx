import { Button, Group, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Day } from '../../../shared/contract/base.ts'
import { type PersonRef, type PrivacyRequest, requestKinds } from '../../../shared/contract/privacy.ts'
import { api } from '../../lib/client.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { DateField } from '../../ui/DateField.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { PersonPicker } from './PersonPicker.tsx'

/** Notes what somebody asked for, by letter, by phone or at the desk. */
export function NewRequest({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('privacy')
  const { t: common } = useTranslation()
  const queryClient = useQueryClient()
  const [person, setPerson] = useState<PersonRef | null>(null)
  const [kind, setKind] = useState<PrivacyRequest['kind']>('access')
  const [receivedFrom, setReceivedFrom] = useState('')
  const [receivedOn, setReceivedOn] = useState(() => new Date().toISOString().slice(0, 10))
  const receive = useMutation(
    api.privacy.receiveRequest.mutationOptions({
      async onSuccess() {
        await queryClient.invalidateQueries({ queryKey: api.privacy.requests.key() })
        toast(t('requests.noted'))
        onClose()
      },
    }),
  )
  /** What was refused is over with the next change. */
  const changed = <T,>(set: (value: T) => void) => {
    return (value: T) => {
      receive.reset()
      set(value)
    }
  }
  const isComplete = person !== null && receivedFrom.trim() !== '' && Day.safeParse(receivedOn).success
  return (
    <Dialog isOpen title={t('requests.new')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (person) receive.mutate({ person, kind, receivedFrom, receivedOn })
        }}
      >
        <Stack gap="md">
          <SegmentedControl
            fullWidth
            aria-label={t('requests.what')}
            data={requestKinds.map((value) => ({ value, label: t(`requests.kind.${value}`) }))}
            value={kind}
            onChange={changed(setKind)}
          />
          <PersonPicker value={person} onChange={changed(setPerson)} />
          <TextInput
            required
            autoComplete="off"
            maxLength={100}
            label={t('requests.from')}
            description={t('requests.fromHint')}
            value={receivedFrom}
            onChange={(event) => changed(setReceivedFrom)(event.currentTarget.value)}
          />
          <DateField
            required
            label={t('requests.day')}
            description={t('requests.dayHint')}
            value={receivedOn}
            onChange={changed(setReceivedOn)}
          />
          <FormProblem error={receive.error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {common('action.cancel')}
            </Button>
            <Button type="submit" disabled={!isComplete} loading={receive.isPending}>
              {t('requests.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
