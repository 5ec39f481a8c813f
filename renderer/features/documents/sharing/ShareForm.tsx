import { Button, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import { api, client } from '../../../lib/client.ts'
import { unfinishedDate } from '../../../lib/unfinished-date.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { DateField } from '../../../ui/DateField.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import classes from './ShareForm.module.css'

type Chosen = { userId: Id; name: string; role: string }

/** Finds somebody by name and shares with them; learners may only view. */
export function ShareForm({ documentId, onShared }: { documentId: Id; onShared: () => unknown }) {
  const { t } = useTranslation('documents')
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [permission, setPermission] = useState<'view' | 'edit'>('view')
  const [until, setUntil] = useState('')
  const isLearner = chosen?.role === 'student'
  const share = useMutation({
    mutationFn: ({ userId }: Chosen) =>
      client.documents.share({
        documentId,
        userId,
        permission: isLearner ? 'view' : permission,
        expiresAt: endOf(until),
      }),
    onSuccess() {
      setChosen(null)
      return onShared()
    },
  })
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen && until !== unfinishedDate) share.mutate(chosen)
      }}
    >
      <PersonField chosen={chosen} onChoose={setChosen} />
      <div className={classes.terms}>
        <Select
          label={t('share.permission')}
          allowDeselect={false}
          disabled={isLearner}
          data={[
            { value: 'view', label: t('share.view') },
            { value: 'edit', label: t('share.edit') },
          ]}
          value={isLearner ? 'view' : permission}
          onChange={(value) => setPermission(value === 'edit' ? 'edit' : 'view')}
        />
        <DateField label={t('share.lastDay')} value={until} onChange={setUntil} />
        <Button type="submit" disabled={!chosen} loading={share.isPending}>
          {t('share.share')}
        </Button>
      </div>
      <FormProblem error={share.error} />
    </form>
  )
}

function PersonField({ chosen, onChoose }: { chosen: Chosen | null; onChoose: (one: Chosen | null) => void }) {
  const { t } = useTranslation('documents')
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed === chosen?.name ? '' : typed, 150)
  const { data = [] } = useQuery(
    api.documents.recipients.queryOptions({ input: { search }, placeholderData: keepPreviousData }),
  )
  const options: Chosen[] = !chosen || data.some(({ userId }) => userId === chosen.userId) ? data : [chosen, ...data]
  return (
    <Select
      label={t('share.with')}
      placeholder={t('share.find')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('share.nobody') }}
      nothingFoundMessage={t('share.notFound')}
      data={options.map(({ userId, name }) => ({ value: String(userId), label: name }))}
      filter={({ options: all }) => all}
      value={chosen ? String(chosen.userId) : null}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(value) => onChoose(options.find(({ userId }) => String(userId) === value) ?? null)}
    />
  )
}

/** The end of a day where this screen is; null for none. */
function endOf(day: string): string | null {
  if (day === '') return null
  const end = new Date(`${day}T00:00`)
  end.setDate(end.getDate() + 1)
  return end.toISOString()
}
