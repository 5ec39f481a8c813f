import { SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EntryFrame } from '../../ui/EntryFrame.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { AskHeadOffice } from './AskHeadOffice.tsx'
import { ResetForm } from './ResetForm.tsx'

/** The ways to a new password that need no e-mail and no network. */
export function ForgottenScreen() {
  const { t } = useTranslation(['identity', 'setup'])
  const { email = '' } = useSearch({ from: '/forgotten' })
  const [way, setWay] = useState<'code' | 'phone'>('code')
  const title = t('forgotten.title')
  return (
    <EntryFrame
      title={title}
      cover={
        <>
          <h2>{t('setup:cover.title')}</h2>
          <p>{t('setup:cover.text')}</p>
        </>
      }
    >
      <Stack gap="md">
        <Title order={1} tabIndex={-1}>
          {title}
        </Title>
        <SegmentedControl
          fullWidth
          aria-label={t('forgotten.way')}
          value={way}
          onChange={(chosen) => setWay(chosen as typeof way)}
          data={(['code', 'phone'] as const).map((value) => ({ value, label: t(`forgotten.${value}`) }))}
        />
        <Text size="sm" c="dimmed">
          {t(`forgotten.${way}Text`)}
        </Text>
        {way === 'code' ? <ResetForm email={email} way="code" /> : <AskHeadOffice email={email} />}
        <TextLink to="/sign-in" size="sm">
          {t('forgotten.back')}
        </TextLink>
      </Stack>
    </EntryFrame>
  )
}
