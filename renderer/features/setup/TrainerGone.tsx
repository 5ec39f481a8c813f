import { Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** The trainer whose laptop this is has no account at the centre any more, and everything has left it. */
export function TrainerGone({ organization }: { organization: string }) {
  const { t } = useTranslation('setup')
  return (
    <Stack gap="lg">
      <Title order={1} tabIndex={-1}>
        {t('ended.title')}
      </Title>
      <Text>{t('ended.text', { organization })}</Text>
      <Text>{t('ended.kept')}</Text>
      <Text c="dimmed">{t('ended.note')}</Text>
    </Stack>
  )
}
