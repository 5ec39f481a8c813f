import { MultiSelect, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Addressee, AudienceRole, type Draft, type Recipients } from '../../../shared/contract/messages.ts'
import { api } from '../../lib/client.ts'
import { besideItsField } from '../../ui/theme.ts'
import classes from './messages.module.css'

interface RecipientsFieldProps {
  value: Recipients
  /** Names of those who were chosen before this page was opened. */
  known: Draft['known'] | undefined
  onChange: (recipients: Recipients) => void
}

interface Option {
  value: string
  label: string
}

/** Finds people by any part of their name, and groups and roles beside them. */
export function RecipientsField({ value, known, onChange }: RecipientsFieldProps) {
  const { t } = useTranslation('messages')
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 150)
  const { data } = useQuery(api.messages.people.queryOptions({ input: { search }, placeholderData: keepPreviousData }))
  const found = {
    people: (data?.people ?? []).map(({ id, name }) => ({ value: `p${id}`, label: name })),
    groups: (data?.groups ?? []).map(({ id, name, members }) => ({
      value: `g${id}`,
      label: t('write.members', { name, count: members }),
    })),
    roles: (data?.roles ?? []).map((role) => ({ value: `r${role}`, label: t(`role.${role}`) })),
  }
  const chosen = valuesOf(value)
  const seen = useSeen([...found.people, ...found.groups, ...found.roles], known)
  const withChosen = (options: Option[], kind: string) => [
    ...options,
    ...chosen
      .filter((one) => one.startsWith(kind) && !options.some((option) => option.value === one))
      .map((one) => ({ value: one, label: seen.get(one) ?? '…' })),
  ]
  const waiting = usePasswordless(data?.people ?? []).filter(({ id }) => value.people.includes(id))
  return (
    <div>
      <MultiSelect
        label={t('write.to')}
        placeholder={chosen.length === 0 ? t('write.toPlaceholder') : ''}
        searchable
        classNames={{ inputField: classes.typed }}
        hidePickedOptions
        comboboxProps={besideItsField}
        nothingFoundMessage={t('write.nobodyFound')}
        data={[
          { group: t('write.people'), items: withChosen(found.people, 'p') },
          { group: t('write.groups'), items: withChosen(found.groups, 'g') },
          { group: t('write.roles'), items: withChosen(found.roles, 'r') },
        ].filter(({ items }) => items.length > 0)}
        filter={({ options }) => options}
        searchValue={typed}
        onSearchChange={setTyped}
        value={chosen}
        onChange={(values) => {
          setTyped('')
          onChange(recipientsOf(values))
        }}
      />
      {waiting.length > 0 && (
        <Text size="sm" mt={4}>
          {t('write.cannotSignIn', { names: waiting.map(({ name }) => name).join(', ') })}
        </Text>
      )}
    </div>
  )
}

/** What everything was called that was offered so far: a search that goes on must not take the names of what was chosen. */
function useSeen(options: Option[], known: Draft['known'] | undefined): ReadonlyMap<string, string> {
  const [seen] = useState(
    () =>
      new Map<string, string>([
        ...(known?.people ?? []).map(({ id, name }): [string, string] => [`p${id}`, name]),
        ...(known?.groups ?? []).map(({ id, name }): [string, string] => [`g${id}`, name]),
      ]),
  )
  for (const { value, label } of options) seen.set(value, label)
  return seen
}

function usePasswordless(people: readonly Addressee[]): readonly Addressee[] {
  const [seen] = useState(() => new Map<number, Addressee>())
  for (const person of people) if (!person.signsIn) seen.set(person.id, person)
  return [...seen.values()]
}

function valuesOf({ people, groups, roles }: Recipients): string[] {
  return [...people.map((id) => `p${id}`), ...groups.map((id) => `g${id}`), ...roles.map((role) => `r${role}`)]
}

function recipientsOf(values: readonly string[]): Recipients {
  const after = (kind: string) => values.filter((one) => one.startsWith(kind)).map((one) => one.slice(1))
  return {
    people: after('p').map(Number),
    groups: after('g').map(Number),
    roles: after('r').flatMap((role) => AudienceRole.safeParse(role).data ?? []),
  }
}
