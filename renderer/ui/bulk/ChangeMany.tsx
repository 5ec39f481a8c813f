import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BeginBulk, BulkJob } from '../../../shared/contract/bulk.ts'
import { api } from '../../lib/client.ts'
import { formatNumber } from '../../lib/format.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { Dialog } from '../Dialog.tsx'
import { FormProblem } from '../FormProblem.tsx'
import type { Choosing } from './use-selection.ts'

interface ChangeManyProps<Kind extends BulkJob['kind']> {
  choosing: Choosing
  /** What can be done with them, and which of it is meant. */
  kinds: readonly Kind[]
  kind: Kind
  onKind: (kind: Kind) => void
  /** What is to be done; null while that is not said as a whole. */
  input: BeginBulk | null
  note?: string | undefined
  /** Forgets what was entered. */
  onClosed: () => void
  /** To what they are to be changed. */
  children: ReactNode
}

/** The same change to all that is chosen: asks what it is, and begins. */
export function ChangeMany<Kind extends BulkJob['kind']>(props: ChangeManyProps<Kind>) {
  const { t } = useTranslation('bulk')
  const { kinds, kind, onKind, onClosed, children } = props
  const [isOpen, setOpen] = useState(false)
  const close = () => {
    setOpen(false)
    onClosed()
  }
  const choose = (chosen: string | null) => {
    const known = kinds.find((one) => one === chosen)
    if (known !== undefined) onKind(known)
  }
  return (
    <>
      <Button size="xs" onClick={() => setOpen(true)}>
        {t('change')}
      </Button>
      <Dialog isOpen={isOpen} onClose={close} title={t('title')}>
        <ChangeForm {...props} onClose={close}>
          <Stack gap="sm">
            <Select
              data-autofocus
              label={t('what')}
              allowDeselect={false}
              data={kinds.map((value) => ({ value, label: t(`kind.${value as BulkJob['kind']}`) }))}
              value={kind}
              onChange={choose}
            />
            {children}
          </Stack>
        </ChangeForm>
      </Dialog>
    </>
  )
}

interface ChangeFormProps extends Pick<ChangeManyProps<BulkJob['kind']>, 'choosing' | 'input' | 'note' | 'children'> {
  onClose: () => void
}

function ChangeForm({ choosing, input, note, onClose, children }: ChangeFormProps) {
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
