import { Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { useSessionChanged } from '../../lib/session.ts'
import { Waiting } from '../../ui/StartingAnew.tsx'

/** This installation has joined a centre, and waits until somebody has come from there who can sign in. */
export function ComingFromCentre() {
  const { t } = useTranslation('setup')
  const sessionChanged = useSessionChanged()
  const status = useQuery(api.setup.status.queryOptions({ refetchInterval: 1_000 }))
  const isReady = status.data?.state === 'ready'
  useEffect(() => {
    if (isReady) void sessionChanged()
  }, [isReady])
  return (
    <Stack gap="lg">
      <Title order={1} tabIndex={-1}>
        {t('coming.title', { organization: status.data?.organizationName ?? '' })}
      </Title>
      <Waiting text={t('coming.text')} />
      <Text c="dimmed">{t('coming.note')}</Text>
    </Stack>
  )
}
