import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { BackupState } from '../../../shared/contract/backups.ts'
import { formatMoment } from '../../lib/format.ts'

/** The last backup, where it is, and whether it was ever tried; and what is wrong with that. */
export function BackupStateLine({ state }: { state: BackupState }) {
  const { t } = useTranslation('backups')
  const { backups, lastTest, lastFailure, secondFolder, lastElsewhereAt, lastRestore } = state
  const [newest] = backups
  return (
    <Stack gap={4}>
      <Text>{newest ? t('state.last', { when: formatMoment(newest.madeAt) }) : t('state.none')}</Text>
      {lastTest && (
        <Text {...(!lastTest.isGood && { c: 'brick' })}>
          {t(lastTest.isGood ? 'state.tested' : 'state.testFailed', { when: formatMoment(lastTest.at) })}
        </Text>
      )}
      {lastFailure && (
        <Text c="brick" role="alert">
          {t('state.failed', { when: formatMoment(lastFailure.at), reason: lastFailure.reason })}
        </Text>
      )}
      {!state.isElsewhereRecent && (
        <Text>
          {secondFolder === null
            ? t('state.noSecond')
            : lastElsewhereAt === null
              ? t('state.secondNever')
              : t('state.secondOld', { when: formatMoment(lastElsewhereAt) })}
        </Text>
      )}
      {lastRestore && (
        <Text>
          {t('state.restored', { when: formatMoment(lastRestore.at), from: formatMoment(lastRestore.madeAt) })}
          {lastRestore.keptAside && ` ${t('state.keptAside')}`}
        </Text>
      )}
    </Stack>
  )
}
