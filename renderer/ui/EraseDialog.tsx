import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonRef } from '../../shared/contract/privacy.ts'
import { api } from '../lib/client.ts'
import { toast } from '../lib/toast.ts'
import { useMutation } from '../lib/use-mutation.ts'
import { Dialog } from './Dialog.tsx'
import { FormProblem } from './FormProblem.tsx'
import { Apart, canBeToldApart, type WhatTellsApart } from './person-option.tsx'

interface Props {
  person: PersonRef
  name: string
  /** It is for good, so nobody is taken for another of the same name. */
  apart: WhatTellsApart
  onErased: () => unknown
  onClose: () => void
}

/** Asks for the name, because nothing brings an erased person back. */
export function EraseDialog({ person, name, apart, onErased, onClose }: Props) {
  const { t } = useTranslation('privacy')
  const { t: common } = useTranslation()
  const [typed, setTyped] = useState('')
  const queryClient = useQueryClient()
  const erase = useMutation(
    api.privacy.erase.mutationOptions({
      async onSuccess() {
        toast(t('erase.done'))
        await onErased()
        await queryClient.invalidateQueries()
      },
    }),
  )
  return (
    <Dialog isOpen title={t('erase.title', { name })} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          // React lets events rise through a dialog to what opened it, and that is a form too.
          event.stopPropagation()
          erase.mutate({ person, name: typed })
        }}
      >
        <Stack gap="md">
          {canBeToldApart(apart) && (
            <Text fw={600}>
              <Apart person={apart} />
            </Text>
          )}
          <Text size="sm">{t('erase.text')}</Text>
          <Text size="sm">{t('erase.kept')}</Text>
          <TextInput
            data-autofocus
            autoComplete="off"
            label={t('erase.name', { name })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <FormProblem error={erase.error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {common('action.cancel')}
            </Button>
            <Button type="submit" color="brick" disabled={typed.trim() === ''} loading={erase.isPending}>
              {t('erase.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
