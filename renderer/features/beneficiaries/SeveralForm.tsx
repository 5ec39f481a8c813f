import { Button, Group, Select, Stack, Text, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../shared/contract/base.ts'
import { mostNames } from '../../../shared/contract/beneficiaries.ts'
import { reachOf } from '../../../shared/permissions.ts'
import { api } from '../../lib/client.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import type { DialogForm } from '../../ui/FormDialog.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { NamesPreview } from './NamesPreview.tsx'
import { newPerson } from './new-person.ts'
import { pastedNames } from './pasted-names.ts'
import { SeveralDone } from './SeveralDone.tsx'

/** Names in, people out; what will happen stands below before it does. */
export function SeveralForm({ onDirty, onDone }: DialogForm) {
  const { t } = useTranslation('beneficiaries')
  const queryClient = useQueryClient()
  const [text, setText] = useState('')
  const [trainerId, setTrainerId] = useState<Id | null>(null)
  const register = useMutation(
    api.beneficiaries.registerMany.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.beneficiaries.list.key() }),
    }),
  )
  const isDirty = text.trim() !== '' && !register.data
  useEffect(() => onDirty(isDirty), [isDirty, onDirty])
  const pasted = pastedNames(text)
  const { names, tooLong } = pasted
  const isFit = names.length > 0 && names.length <= mostNames && tooLong.length === 0
  function submit(event: FormEvent) {
    event.preventDefault()
    const { enrollmentDate } = newPerson(new Date())
    if (isFit) register.mutate({ names, trainerId, enrollmentDate })
  }
  if (register.data) return <SeveralDone ids={register.data.ids} onClose={onDone} />
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">{t('several.text')}</Text>
        <Textarea
          data-autofocus
          autosize
          minRows={6}
          maxRows={12}
          dir="auto"
          spellCheck={false}
          label={t('several.names')}
          description={t('several.hint')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <NamesPreview pasted={pasted} />
        <TrainerOfAll value={trainerId} onChange={setTrainerId} />
        <FormProblem error={register.error} />
        <Group justify="flex-end">
          <Button type="submit" disabled={!isFit} loading={register.isPending}>
            {t('several.submit', { count: names.length })}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Who a trainer writes down is theirs; only an administrator has a choice. */
function TrainerOfAll({ value, onChange }: { value: Id | null; onChange: (id: Id | null) => void }) {
  const { t } = useTranslation('beneficiaries')
  const mayChoose = reachOf(actorKindOf(useMe()), 'beneficiaries.registerMany') !== 'own'
  const { data: trainers = [] } = useQuery(api.beneficiaries.trainers.queryOptions())
  if (!mayChoose) return null
  return (
    <Select
      label={t('field.trainer')}
      placeholder={t('field.noTrainer')}
      clearable
      clearButtonProps={{ 'aria-label': t('field.noTrainer') }}
      searchable={trainers.length > 8}
      data={trainers.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={value === null ? null : String(value)}
      onChange={(id) => onChange(id === null ? null : Number(id))}
    />
  )
}
