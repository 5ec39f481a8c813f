import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import { api } from '../../../lib/client.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { NumberField } from '../../../ui/NumberField.tsx'
import { BankFilters } from '../bank/BankFilters.tsx'
import { type BankFilter, useBankList } from '../bank/use-bank-list.ts'

interface Props {
  assessmentId: Id
  isOpen: boolean
  onClose: () => void
}

/** Copies questions of the bank into a draft, as they are or to be drawn from. */
export function FromBankDialog({ isOpen, ...props }: Props) {
  const { t } = useTranslation('bank')
  return (
    <Dialog isOpen={isOpen} onClose={props.onClose} size="xl" title={t('use.title')}>
      <FromBank {...props} />
    </Dialog>
  )
}

function FromBank({ assessmentId, onClose }: Omit<Props, 'isOpen'>) {
  const { t } = useTranslation(['bank', 'common'])
  const queryClient = useQueryClient()
  const [filter, setFilter] = useState<BankFilter>({ search: '' })
  const [chosen, setChosen] = useState<readonly Id[]>([])
  const [isPool, setPool] = useState(false)
  const [name, setName] = useState('')
  const [draw, setDraw] = useState<number | null>(1)
  const { list, rows, loadMore } = useBankList(filter)
  const use = useMutation(
    api.bank.use.mutationOptions({
      onSuccess: async () => {
        onClose()
        await queryClient.invalidateQueries({ queryKey: api.assessments.key() })
        await queryClient.invalidateQueries({ queryKey: api.bank.key() })
      },
    }),
  )
  const isDrawable = name.trim() !== '' && Number.isInteger(draw) && (draw ?? 0) >= 1 && (draw ?? 0) <= chosen.length
  const pool = isPool && draw !== null ? { name, draw } : undefined
  return (
    <Stack gap="md">
      <BankFilters filter={filter} onChange={(part) => setFilter({ ...filter, ...part })} />
      <Checkbox.Group aria-label={t('title')} value={chosen.map(String)} onChange={(ids) => setChosen(ids.map(Number))}>
        <Stack gap="xs">
          {rows.map(({ id, question }) => (
            <Checkbox
              key={id}
              value={String(id)}
              label={<bdi>{question.name ?? question.text}</bdi>}
              description={[question.category, t('use.points', { count: question.points })].filter(Boolean).join(' · ')}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      {list.isSuccess && rows.length === 0 && <Text size="sm">{t('noneText')}</Text>}
      {list.hasNextPage && (
        <Button variant="subtle" loading={list.isFetchingNextPage} onClick={loadMore}>
          {t('use.more')}
        </Button>
      )}
      <Checkbox label={t('use.asPool')} checked={isPool} onChange={(event) => setPool(event.currentTarget.checked)} />
      {isPool && (
        <Group align="flex-end">
          <TextInput
            dir="auto"
            required
            maxLength={100}
            label={t('use.poolName')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <NumberField label={t('use.draw')} value={draw} onChange={setDraw} min={1} max={Math.max(1, chosen.length)} />
        </Group>
      )}
      <FormProblem error={use.error ?? list.error} />
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t('common:action.cancel')}
        </Button>
        <Button
          disabled={chosen.length === 0 || (isPool && !isDrawable)}
          loading={use.isPending}
          onClick={() => use.mutate({ assessmentId, questionIds: [...chosen], pool })}
        >
          {t('use.add', { count: chosen.length })}
        </Button>
      </Group>
    </Stack>
  )
}
