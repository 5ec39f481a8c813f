import { Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import { type Goal, GoalFields } from '../../../../shared/contract/goals.ts'
import { api, client } from '../../../lib/client.ts'
import { toast } from '../../../lib/toast.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { DateField } from '../../../ui/DateField.tsx'
import type { DialogForm } from '../../../ui/FormDialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { NumberField } from '../../../ui/NumberField.tsx'

interface GoalFormProps extends DialogForm {
  beneficiaryId: Id
  /** Null: a new one. */
  goal: Goal | null
}

const kinds = ['byNothing', 'byAssessment', 'byCategory'] as const
type Kind = (typeof kinds)[number]

export function GoalForm({ beneficiaryId, goal, onDirty, onDone }: GoalFormProps) {
  const { t } = useTranslation('goals')
  const queryClient = useQueryClient()
  const [saved] = useState(() => draftOf(goal))
  const [fields, setFields] = useState(saved)
  const isDirty = JSON.stringify(fields) !== JSON.stringify(saved)
  useEffect(() => onDirty(isDirty), [isDirty, onDirty])
  const change = (part: Partial<typeof fields>) => setFields({ ...fields, ...part })
  const given = GoalFields.safeParse(givenIn(fields))
  const save = useMutation({
    mutationFn: async (data: GoalFields) => {
      if (goal) await client.goals.update({ ...data, id: goal.id, updatedAt: goal.updatedAt })
      else await client.goals.create({ ...data, beneficiaryId })
    },
    onSuccess() {
      toast(t('saved'))
      onDone()
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.goals.key() }),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (given.success) save.mutate(given.data)
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('title')}
          required
          data-autofocus
          maxLength={200}
          value={fields.title}
          onChange={(event) => change({ title: event.currentTarget.value })}
        />
        <Textarea
          label={t('measure')}
          description={t('measureHint')}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={2000}
          value={fields.measure}
          onChange={(event) => change({ measure: event.currentTarget.value })}
        />
        <DateField
          label={t('targetDate')}
          value={fields.targetDate}
          onChange={(targetDate) => change({ targetDate })}
        />
        <Select
          label={t('by')}
          allowDeselect={false}
          data={kinds.map((value) => ({ value, label: t(value) }))}
          value={fields.kind}
          onChange={(value) => change({ kind: kinds.find((kind) => kind === value) ?? 'byNothing' })}
        />
        {fields.kind === 'byAssessment' && (
          <AssessmentChoice value={fields.assessmentId} onChange={(assessmentId) => change({ assessmentId })} />
        )}
        {fields.kind === 'byCategory' && (
          <CategoryChoice value={fields.category} onChange={(category) => change({ category })} />
        )}
        {fields.kind !== 'byNothing' && (
          <NumberField
            label={t('target')}
            min={1}
            max={100}
            value={fields.target}
            onChange={(target) => change({ target })}
          />
        )}
        <FormProblem error={save.error} />
        <Group justify="flex-end">
          <Button type="submit" disabled={!given.success} loading={save.isPending}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function draftOf(goal: Goal | null): Draft {
  const kind = goal?.category ? 'byCategory' : goal?.assessmentId ? 'byAssessment' : 'byNothing'
  return {
    title: goal?.title ?? '',
    measure: goal?.measure ?? '',
    targetDate: goal?.targetDate ?? '',
    kind,
    assessmentId: goal?.assessmentId ?? null,
    category: goal?.category ?? null,
    target: goal?.target ?? 80,
  }
}

interface Draft {
  title: string
  measure: string
  targetDate: string
  kind: Kind
  assessmentId: Id | null
  category: string | null
  target: number | null
}

function givenIn({ kind, targetDate, assessmentId, category, target, ...words }: Draft) {
  return {
    ...words,
    targetDate: targetDate || null,
    assessmentId: kind === 'byAssessment' ? assessmentId : null,
    category: kind === 'byCategory' ? category : null,
    target: kind === 'byNothing' ? null : target,
  }
}

function AssessmentChoice({ value, onChange }: { value: Id | null; onChange: (value: Id | null) => void }) {
  const { t } = useTranslation('goals')
  const { data: assessments = [] } = useQuery(api.assessments.list.queryOptions({ input: {} }))
  return (
    <Select
      label={t('assessment')}
      searchable
      data={assessments.map(({ id, title }) => ({ value: String(id), label: title }))}
      value={value === null ? null : String(value)}
      onChange={(next) => onChange(next === null ? null : Number(next))}
    />
  )
}

function CategoryChoice({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  const { t } = useTranslation('goals')
  const { data: categories = [] } = useQuery(api.bank.categories.queryOptions())
  const names = [...new Set([...categories.map(({ category }) => category), ...(value ? [value] : [])])]
  return (
    <Select
      label={t('category')}
      searchable
      nothingFoundMessage={t('noCategories')}
      data={names}
      value={value}
      onChange={onChange}
    />
  )
}
