import { Radio, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import { GroupPicker } from './GroupPicker.tsx'
import { LearnerPicker } from './LearnerPicker.tsx'

/** Both null: everybody of the organization. */
export interface Audience {
  beneficiaryId: Id | null
  groupId: Id | null
}

interface Props {
  value: Audience
  /** Of the person it is for, as stored. */
  name: string | null
  onChange: (audience: Audience) => void
  isEditable: boolean
}

export function AudienceField({ value, name, onChange, isEditable }: Props) {
  const { t } = useTranslation('assessments')
  const [kind, setKind] = useState(() => kindOf(value))
  return (
    <Radio.Group
      label={t('details.audience')}
      value={kind}
      disabled={!isEditable}
      onChange={(next) => {
        setKind(next)
        onChange({ beneficiaryId: null, groupId: null })
      }}
    >
      <Stack gap="xs" mt={4}>
        <Radio value="everybody" label={t('details.everybody')} />
        <Radio value="group" label={t('details.oneGroup')} />
        {kind === 'group' && (
          <GroupPicker
            value={value.groupId}
            onChange={(groupId) => onChange({ beneficiaryId: null, groupId })}
            isEditable={isEditable}
          />
        )}
        <Radio value="one" label={t('details.onePerson')} />
        {kind === 'one' && (
          <LearnerPicker
            value={value.beneficiaryId}
            name={name}
            onChange={(beneficiaryId) => onChange({ beneficiaryId, groupId: null })}
            isEditable={isEditable}
          />
        )}
      </Stack>
    </Radio.Group>
  )
}

function kindOf({ beneficiaryId, groupId }: Audience): string {
  if (beneficiaryId !== null) return 'one'
  return groupId === null ? 'everybody' : 'group'
}
