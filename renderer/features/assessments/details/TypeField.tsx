import { Radio, SimpleGrid } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { AssessmentType, assessmentTypes } from '../../../../shared/contract/assessments.ts'

interface Props {
  value: AssessmentType
  onChange: (type: AssessmentType) => void
  isEditable?: boolean
}

export function TypeField({ value, onChange, isEditable = true }: Props) {
  const { t } = useTranslation('assessments')
  return (
    <Radio.Group
      label={t('details.type')}
      value={value}
      onChange={(type) => onChange(AssessmentType.parse(type))}
      disabled={!isEditable}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt={4}>
        {assessmentTypes.map((type) => (
          <Radio key={type} value={type} label={t(`type.${type}`)} description={t(`typeHint.${type}`)} />
        ))}
      </SimpleGrid>
    </Radio.Group>
  )
}
