import { Anchor, Select, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import { api } from '../../../lib/client.ts'

interface Props {
  value: Id | null
  onChange: (groupId: Id) => void
  isEditable: boolean
}

export function GroupPicker({ value, onChange, isEditable }: Props) {
  const { t } = useTranslation('assessments')
  const { data } = useQuery(api.groups.list.queryOptions())
  if (data?.length === 0) {
    return (
      <Text size="sm" ms={32}>
        {t('details.noGroups')}{' '}
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/groups" />}>
          {t('details.makeGroup')}
        </Anchor>
      </Text>
    )
  }
  return (
    <Select
      ms={32}
      maw={360}
      searchable
      disabled={!isEditable}
      aria-label={t('details.group')}
      placeholder={t('details.groupPlaceholder')}
      data={(data ?? []).map((group) => ({
        value: String(group.id),
        label: t('details.groupWithCount', { name: group.name, count: group.memberCount }),
      }))}
      value={value === null ? null : String(value)}
      error={value === null && isEditable ? t('details.groupMissing') : undefined}
      onChange={(id) => id && onChange(Number(id))}
    />
  )
}
