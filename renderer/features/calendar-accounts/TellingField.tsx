import { Radio, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** Whether more than the times leaves this computer: the person says so, nobody else. */
export function TellingField({ value, onChange }: { value: boolean; onChange: (tellsWords: boolean) => void }) {
  const { t } = useTranslation('calendarAccounts')
  return (
    <Radio.Group
      label={t('telling.question')}
      description={t('telling.never')}
      value={value ? 'words' : 'times'}
      onChange={(chosen) => onChange(chosen === 'words')}
    >
      <Stack gap="sm" mt="sm">
        <Radio value="times" label={t('telling.times')} description={t('telling.timesHint', { word: t('word') })} />
        <Radio value="words" label={t('telling.words')} description={t('telling.wordsHint')} />
      </Stack>
    </Radio.Group>
  )
}
