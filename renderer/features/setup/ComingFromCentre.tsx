import { Stack, Text, Title } from '@mantine/core'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useSessionChanged } from '../../lib/session.ts'
import { Waiting } from '../../ui/StartingAnew.tsx'

interface ComingFromCentreProps {
  organization: string
  /** Somebody has come from the centre who can sign in. */
  isThere: boolean
}

/** This installation has joined a centre, and waits until somebody has come from there who can sign in. */
export function ComingFromCentre({ organization, isThere }: ComingFromCentreProps) {
  const { t } = useTranslation('setup')
  const sessionChanged = useSessionChanged()
  const goOn = useEffectEvent(() => void sessionChanged())
  useEffect(() => {
    if (isThere) goOn()
  }, [isThere])
  return (
    <Stack gap="lg">
      <Title order={1} tabIndex={-1}>
        {t('coming.title', { organization })}
      </Title>
      <Waiting text={t('coming.text')} />
      <Text c="dimmed">{t('coming.note')}</Text>
    </Stack>
  )
}
