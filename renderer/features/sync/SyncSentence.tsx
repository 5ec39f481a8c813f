import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SyncState } from '../../../shared/contract/sync.ts'
import { formatMoment } from '../../lib/format.ts'

/** How things stand with the centre, in a sentence, and since when. */
interface SyncSentenceProps {
  state: SyncState
  /** Where what waits for a person is not in sight. */
  isElsewhere?: boolean
}

export function SyncSentence({ state, isElsewhere = false }: SyncSentenceProps) {
  const { t } = useTranslation('sync')
  const { status, queued, connection, lastSuccessAt, conflicts, refused } = state
  const organization = connection?.organizationName ?? ''
  return (
    <Stack gap={4}>
      <Text>
        {status === 'waiting' ? t('sentence.waiting', { count: queued }) : t(`sentence.${status}`, { organization })}
      </Text>
      {isElsewhere && conflicts + refused > 0 && <Text>{t('sentence.attention')}</Text>}
      <Text size="sm" c="var(--bdc-ink-soft)">
        {lastSuccessAt ? t('sentence.lastSuccess', { when: formatMoment(lastSuccessAt) }) : t('sentence.noSuccess')}
      </Text>
    </Stack>
  )
}
