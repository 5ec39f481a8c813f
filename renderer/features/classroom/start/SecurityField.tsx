import { Radio, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { RoomSecurity } from '../../../../shared/contract/classroom.ts'

interface SecurityFieldProps {
  value: RoomSecurity
  onChange: (value: RoomSecurity) => void
}

/** Who can come in, and who could read along: a choice for each session. */
export function SecurityField({ value, onChange }: SecurityFieldProps) {
  const { t } = useTranslation('classroom')
  return (
    <Radio.Group
      label={t('start.security.label')}
      value={value}
      onChange={(wanted) => onChange(RoomSecurity.parse(wanted))}
    >
      <Stack gap="sm" mt="xs">
        {RoomSecurity.options.map((option) => (
          <Radio
            key={option}
            value={option}
            label={t(`start.security.${option}`)}
            description={t(`start.security.${option}Text`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}
