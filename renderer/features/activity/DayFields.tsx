import { Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Day } from '../../../shared/contract/base.ts'

interface DayFieldsProps {
  from: string | undefined
  until: string | undefined
  onChange: (days: { from?: string | undefined; until?: string | undefined }) => void
}

/** From which day to which. */
export function DayFields({ from, until, onChange }: DayFieldsProps) {
  const { t } = useTranslation('activity')
  const dayIn = (text: string) => Day.safeParse(text).data
  return (
    <>
      <TextInput
        type="date"
        aria-label={t('filter.from')}
        leftSection={
          <Text span size="sm" aria-hidden>
            {t('filter.from')}
          </Text>
        }
        leftSectionWidth="3.25rem"
        value={from ?? ''}
        onChange={(event) => onChange({ from: dayIn(event.currentTarget.value) })}
      />
      <TextInput
        type="date"
        aria-label={t('filter.until')}
        leftSection={
          <Text span size="sm" aria-hidden>
            {t('filter.until')}
          </Text>
        }
        leftSectionWidth="3.25rem"
        value={until ?? ''}
        onChange={(event) => onChange({ until: dayIn(event.currentTarget.value) })}
      />
    </>
  )
}
