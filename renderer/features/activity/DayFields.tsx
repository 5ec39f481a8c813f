import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Day } from '../../../shared/contract/base.ts'
import { unfinishedDate } from '../../lib/unfinished-date.ts'
import { DateField } from '../../ui/DateField.tsx'

interface DayFieldsProps {
  from: string | undefined
  until: string | undefined
  onChange: (days: { from?: string | undefined; until?: string | undefined }) => void
}

/** From which day to which. */
export function DayFields({ from, until, onChange }: DayFieldsProps) {
  const { t } = useTranslation('activity')
  const change = (side: 'from' | 'until') => (text: string) => {
    if (text !== unfinishedDate) onChange({ [side]: Day.safeParse(text).data })
  }
  return (
    <>
      <DateField
        aria-label={t('filter.from')}
        leftSection={
          <Text span size="sm" aria-hidden>
            {t('filter.from')}
          </Text>
        }
        leftSectionWidth="3.25rem"
        value={from ?? ''}
        onChange={change('from')}
      />
      <DateField
        aria-label={t('filter.until')}
        leftSection={
          <Text span size="sm" aria-hidden>
            {t('filter.until')}
          </Text>
        }
        leftSectionWidth="3.25rem"
        value={until ?? ''}
        onChange={change('until')}
      />
    </>
  )
}
