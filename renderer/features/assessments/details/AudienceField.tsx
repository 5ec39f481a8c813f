import { Radio, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import { LearnerPicker } from './LearnerPicker.tsx'

interface Props {
  /** Null: everybody of the organization. */
  value: Id | null
  /** Of the person it is for, as stored. */
  name: string | null
  onChange: (beneficiaryId: Id | null) => void
  isEditable: boolean
}

export function AudienceField({ value, name, onChange, isEditable }: Props) {
  const { t } = useTranslation('assessments')
  const [isPersonal, setPersonal] = useState(value !== null)
  return (
    <Radio.Group
      label={t('details.audience')}
      value={isPersonal ? 'one' : 'everybody'}
      disabled={!isEditable}
      onChange={(audience) => {
        setPersonal(audience === 'one')
        if (audience === 'everybody') onChange(null)
      }}
    >
      <Stack gap="xs" mt={4}>
        <Radio value="everybody" label={t('details.everybody')} />
        <Radio value="one" label={t('details.onePerson')} />
        {isPersonal && <LearnerPicker value={value} name={name} onChange={onChange} isEditable={isEditable} />}
      </Stack>
    </Radio.Group>
  )
}
