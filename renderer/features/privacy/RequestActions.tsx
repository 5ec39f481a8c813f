import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonRef, PrivacyRequest } from '../../../shared/contract/privacy.ts'
import { api } from '../../lib/client.ts'
import { saveFile } from '../../lib/save-file.ts'
import { toast, toastProblem } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { EraseDialog } from '../../ui/EraseDialog.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'

/** From the request to what it asks for, and then to the note that it was answered. */
export function RequestActions({ request }: { request: PrivacyRequest }) {
  const { t } = useTranslation('privacy')
  const queryClient = useQueryClient()
  const [opened, setOpened] = useState<'erase' | 'close' | null>(null)
  const { id, kind, person } = request
  const ref: PersonRef = person.beneficiaryId === null ? { userId: person.id } : { beneficiaryId: person.beneficiaryId }
  const close = useMutation(
    api.privacy.closeRequest.mutationOptions({
      async onSuccess() {
        await queryClient.invalidateQueries({ queryKey: api.privacy.key() })
        toast(t('requests.answered'))
        setOpened(null)
      },
    }),
  )
  const copy = useMutation(
    api.privacy.export.mutationOptions({
      onSuccess(file) {
        saveFile(file)
        toast(t('copy.saved', { name: person.name }))
      },
      onError: toastProblem,
    }),
  )
  return (
    <Group gap="xs">
      {kind === 'access' && !person.isErased && (
        <Button size="xs" variant="default" loading={copy.isPending} onClick={() => copy.mutate(ref)}>
          {t('copy.action')}
        </Button>
      )}
      {kind === 'erasure' && !person.isErased && (
        <Button size="xs" variant="default" color="brick" onClick={() => setOpened('erase')}>
          {t('erase.action')}
        </Button>
      )}
      <Button size="xs" variant="default" onClick={() => setOpened('close')}>
        {t('requests.close')}
      </Button>
      {opened === 'erase' && (
        <EraseDialog
          person={ref}
          name={person.name}
          apart={person}
          onErased={() => close.mutate({ id, outcome: 'done', note: '' })}
          onClose={() => setOpened(null)}
        />
      )}
      {opened === 'close' && (
        <CloseDialog
          request={request}
          error={close.error}
          isBusy={close.isPending}
          onAnswer={(outcome, note) => close.mutate({ id, outcome, note })}
          onClose={() => {
            close.reset()
            setOpened(null)
          }}
        />
      )}
    </Group>
  )
}

interface CloseDialogProps {
  request: PrivacyRequest
  error: unknown
  isBusy: boolean
  onAnswer: (outcome: 'done' | 'refused', note: string) => void
  onClose: () => void
}

function CloseDialog({ request, error, isBusy, onAnswer, onClose }: CloseDialogProps) {
  const { t } = useTranslation('privacy')
  const [note, setNote] = useState('')
  return (
    <Dialog isOpen title={t('requests.closeTitle', { name: request.person.name })} onClose={onClose}>
      <Stack gap="md">
        <Text size="sm">{t('requests.closeText')}</Text>
        <Textarea
          data-autofocus
          autosize
          minRows={2}
          maxLength={1000}
          label={t('requests.note')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <FormProblem error={error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" loading={isBusy} onClick={() => onAnswer('refused', note)}>
            {t('requests.refuse')}
          </Button>
          <Button loading={isBusy} onClick={() => onAnswer('done', note)}>
            {t('requests.done')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
