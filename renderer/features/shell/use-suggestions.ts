import {
  IconBookmark,
  IconCalendarEvent,
  IconClipboardList,
  IconFiles,
  IconMail,
  IconUser,
  IconUsersGroup,
} from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type LinkProps } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { SavedView } from '../../../shared/contract/saved-views.ts'
import type { Found } from '../../../shared/contract/search.ts'
import { fold } from '../../../shared/fold.ts'
import { api } from '../../lib/client.ts'
import { formatMoment } from '../../lib/format.ts'
import { linkOf } from '../../lib/list-searches.ts'
import { type Command, useCommands } from './commands.ts'
import { keysText } from './keys-text.ts'

export interface Suggestion {
  /** Names it among all. */
  value: string
  icon: typeof IconUser
  label: string
  hint?: string | undefined
  keys?: string | undefined
  link: Pick<LinkProps, 'to' | 'params' | 'search'>
}

export interface Suggestions {
  groups: {
    name: 'people' | 'groups' | 'assessments' | 'appointments' | 'documents' | 'messages' | 'views' | 'new' | 'places'
    entries: Suggestion[]
  }[]
  isNothing: boolean
  isFailed: boolean
  /** The value of the first entry. */
  first: string | undefined
}

/** What fits the text; before anything is typed, what can be begun. */
export function useSuggestions(text: string): Suggestions {
  const { t } = useTranslation('common')
  const wanted = text.trim()
  const commands = useCommands()
  const found = useQuery({
    ...api.search.find.queryOptions({ input: { text: wanted } }),
    enabled: wanted !== '',
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  const views = useQuery(api.savedViews.list.queryOptions())
  const named = commands.map((command) => ({ command, label: t(`nav.${command.name}`) }))
  const fitting = named.filter(({ label }) => fold(label).includes(fold(wanted)))
  const entriesOf = (isNew: boolean) =>
    fitting
      .filter(({ command }) => (command.group === 'new') === isNew)
      .map(({ command, label }) => commandEntry(command, label))
  const rows = wanted !== '' && found.data ? rowGroups(found.data, (when) => t('search.next', { when })) : []
  const groups = [
    ...rows,
    { name: 'views' as const, entries: wanted === '' ? [] : viewEntries(views.data?.views ?? [], commands, wanted, t) },
    { name: 'new' as const, entries: entriesOf(true) },
    { name: 'places' as const, entries: entriesOf(false) },
  ].filter(({ entries }) => entries.length > 0)
  const isWaiting = wanted !== '' && found.isPending
  return {
    groups,
    isNothing: groups.length === 0 && !isWaiting && !found.isError,
    isFailed: wanted !== '' && found.isError,
    first: groups[0]?.entries[0]?.value,
  }
}

/** Views of the lists that this person may open, by their names. */
function viewEntries(views: readonly SavedView[], commands: Command[], wanted: string, t: TFunction<'common'>) {
  return views.flatMap(({ id, list, name, filters }) => {
    const link = linkOf(list, filters)
    const place = commands.find(({ to }) => to === link.to)
    if (!place || !fold(name).includes(fold(wanted))) return []
    return [{ value: `view:${id}`, icon: IconBookmark, label: name, hint: t(`nav.${place.name}`), link }]
  })
}

function commandEntry(command: Command, label: string): Suggestion {
  return {
    value: `command:${command.to}`,
    icon: command.icon,
    label,
    keys: 'keys' in command ? keysText(command.keys) : undefined,
    link: { to: command.to },
  }
}

function rowGroups(
  { people, groups, assessments, appointments, documents, messages }: Found,
  nextOf: (when: string) => string,
): Suggestions['groups'] {
  return [
    {
      name: 'people',
      entries: people.map(({ id, name, trainerName }) => ({
        value: `person:${id}`,
        icon: IconUser,
        label: name,
        hint: trainerName ?? undefined,
        link: { to: '/beneficiaries/$id', params: { id } },
      })),
    },
    {
      name: 'groups',
      entries: groups.map(({ id, name }) => ({
        value: `group:${id}`,
        icon: IconUsersGroup,
        label: name,
        link: { to: '/groups/$id', params: { id } },
      })),
    },
    {
      name: 'assessments',
      entries: assessments.map(({ id, title }) => ({
        value: `assessment:${id}`,
        icon: IconClipboardList,
        label: title,
        link: { to: '/assessments/$id', params: { id } },
      })),
    },
    {
      name: 'appointments',
      entries: appointments.map(({ id, title, startTime, isSeries, personName }) => ({
        value: `appointment:${id}`,
        icon: IconCalendarEvent,
        label: title,
        hint: [isSeries ? nextOf(formatMoment(startTime)) : formatMoment(startTime), personName]
          .filter(Boolean)
          .join(' · '),
        link: { to: '/calendar/$id', params: { id } },
      })),
    },
    {
      name: 'documents',
      entries: documents.map(({ id, filename, beneficiaryName }) => ({
        value: `document:${id}`,
        icon: IconFiles,
        label: filename,
        hint: beneficiaryName ?? undefined,
        link: { to: '/documents/$id', params: { id } },
      })),
    },
    {
      name: 'messages',
      entries: messages.map(({ thread, subject, snippet, others, lastAt }) => ({
        value: `message:${thread}`,
        icon: IconMail,
        label: subject || snippet,
        hint: [...others.slice(0, 1), formatMoment(lastAt)].join(' · '),
        link: { to: '/messages/$thread', params: { thread } },
      })),
    },
  ]
}
