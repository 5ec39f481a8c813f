import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SyncState } from '../../../shared/contract/sync.ts'
import { formatMoment } from '../../lib/format.ts'

/** How things stand with the centre, in a sentence, and since when. */
interface SyncSentenceProps {
  state: SyncState
  /** Whose what waits for a person is, where that is not in sight. */
  attention?: 'mine' | 'administrators'
}

export function SyncSentence({ state, attention }: SyncSentenceProps) {
  const { t } = useTranslation('sync')
  const { status, queued, connection, lastSuccessAt, conflicts, refused } = state
  const organization = connection?.organizationName ?? ''
  return (
    <Stack gap={4}>
      <Text>
        {status === 'waiting' ? t('sentence.waiting', { count: queued }) : t(`sentence.${status}`, { organization })}
      </Text>
      {attention && conflicts + refused > 0 && <Text>{t(`sentence.attention.${attention}`)}</Text>}
      <Text size="sm" c="var(--bdc-ink-soft)">
        {lastSuccessAt ? t('sentence.lastSuccess', { when: formatMoment(lastSuccessAt) }) : t('sentence.noSuccess')}
      </Text>
    </Stack>
  )
}
