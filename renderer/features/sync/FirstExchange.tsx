import { Progress, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SyncState } from '../../../shared/contract/sync.ts'
import { formatNumber } from '../../lib/format.ts'
import { Section } from '../../ui/Section.tsx'

/** How far the first exchange is; later ones are too short to be watched. */
export function FirstExchange({ running }: { running: NonNullable<SyncState['running']> }) {
  const { t } = useTranslation('sync')
  const { step, done, all } = running
  const words = t(`first.${step}`, { done: formatNumber(done), all: formatNumber(all) })
  return (
    <Section title={t('first.title')} note={t('first.note')}>
      <Stack gap="xs" role="status">
        <Text>{words}</Text>
        <Progress value={all > 0 ? Math.round((100 * done) / all) : 0} aria-label={words} />
      </Stack>
    </Section>
  )
}
