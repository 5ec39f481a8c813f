import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Beneficiary } from '../../../../shared/contract/beneficiaries.ts'
import { api } from '../../../lib/client.ts'
import { toast } from '../../../lib/toast.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'

interface Props {
  person: Pick<Beneficiary, 'id' | 'name'>
  onClose: () => void
}

/** Asks for the name, because nothing brings an erased person back. */
export function EraseDialog({ person, onClose }: Props) {
  const { t } = useTranslation('privacy')
  const { t: common } = useTranslation()
  const [name, setName] = useState('')
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const erase = useMutation(
    api.privacy.erase.mutationOptions({
      async onSuccess() {
        toast(t('erase.done'))
        await navigate({ to: '/beneficiaries', search: true })
        await queryClient.invalidateQueries()
      },
    }),
  )
  return (
    <Dialog isOpen title={t('erase.title', { name: person.name })} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          // React lets events rise through a dialog to what opened it, and that is a form too.
          event.stopPropagation()
          erase.mutate({ person: { beneficiaryId: person.id }, name })
        }}
      >
        <Stack gap="md">
          <Text size="sm">{t('erase.text')}</Text>
          <Text size="sm">{t('erase.kept')}</Text>
          <TextInput
            data-autofocus
            autoComplete="off"
            label={t('erase.name', { name: person.name })}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <FormProblem error={erase.error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {common('action.cancel')}
            </Button>
            <Button type="submit" color="brick" disabled={name.trim() === ''} loading={erase.isPending}>
              {t('erase.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
