import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonRef } from '../../../shared/contract/privacy.ts'
import { api } from '../../lib/client.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { PersonPicker } from './PersonPicker.tsx'

/** Keeps everything of one person, with the reason. */
export function PlaceHold({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('privacy')
  const { t: common } = useTranslation()
  const queryClient = useQueryClient()
  const [person, setPerson] = useState<PersonRef | null>(null)
  const [reason, setReason] = useState('')
  const place = useMutation(
    api.privacy.placeHold.mutationOptions({
      async onSuccess() {
        await queryClient.invalidateQueries({ queryKey: api.privacy.key() })
        toast(t('holds.placed'))
        onClose()
      },
    }),
  )
  return (
    <Dialog isOpen title={t('holds.new')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (person) place.mutate({ person, reason })
        }}
      >
        <Stack gap="md">
          <Text size="sm">{t('holds.text')}</Text>
          <PersonPicker value={person} onChange={setPerson} />
          <Textarea
            required
            autosize
            minRows={2}
            maxLength={1000}
            label={t('holds.reason')}
            description={t('holds.reasonHint')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <FormProblem error={place.error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {common('action.cancel')}
            </Button>
            <Button type="submit" disabled={person === null || reason.trim() === ''} loading={place.isPending}>
              {t('holds.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
