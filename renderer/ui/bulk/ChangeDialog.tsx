import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { BeginBulk } from '../../../shared/contract/bulk.ts'
import { api } from '../../lib/client.ts'
import { formatNumber } from '../../lib/format.ts'
import { Dialog } from '../Dialog.tsx'
import { FormProblem } from '../FormProblem.tsx'
import type { Choosing } from './use-selection.ts'

interface ChangeDialogProps {
  isOpen: boolean
  choosing: Choosing
  /** What is to be done; null while that is not said as a whole. */
  input: BeginBulk | null
  note?: string | undefined
  onClose: () => void
  children: ReactNode
}

/** Asks what is to be changed, and begins. */
export function ChangeDialog(props: ChangeDialogProps) {
  const { t } = useTranslation('bulk')
  return (
    <Dialog isOpen={props.isOpen} onClose={props.onClose} title={t('title')}>
      <ChangeForm {...props} />
    </Dialog>
  )
}

function ChangeForm({ choosing, input, note, onClose, children }: ChangeDialogProps) {
  const { t } = useTranslation(['bulk', 'common'])
  const queryClient = useQueryClient()
  const begin = useMutation(
    api.bulk.begin.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: api.bulk.key() })
        choosing.clear()
        onClose()
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (input) begin.mutate(input)
  }
  const { count } = choosing
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="lg">
        {children}
        <Text size="sm" c="var(--bdc-ink-soft)">
          {[note, t('note.undo')].filter(Boolean).join(' ')}
        </Text>
        <FormProblem error={begin.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button type="submit" disabled={!input} loading={begin.isPending}>
            {count === null ? t('applyAll') : t('apply', { number: formatNumber(count) })}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
