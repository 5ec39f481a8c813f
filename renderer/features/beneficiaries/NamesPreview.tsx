import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { mostNames } from '../../../shared/contract/beneficiaries.ts'
import { formatNumber } from '../../lib/format.ts'
import type { PastedNames } from './pasted-names.ts'

/** Enough to see whether the lines were read as they were meant. */
const shownNames = 5

export function NamesPreview({ pasted: { names, repeated, tooLong } }: { pasted: PastedNames }) {
  const { t } = useTranslation('beneficiaries')
  const isTooMany = names.length > mostNames
  // Two people may have the same name; a line has one place.
  const first = names.slice(0, shownNames).map((name, place) => ({ name, place }))
  const rest = names.length - first.length
  return (
    <Stack gap={4} role="status" style={{ overflowWrap: 'anywhere' }}>
      {names.length > 0 && (
        <Text size="sm" fw={600}>
          {t('several.found', { count: names.length, number: formatNumber(names.length) })}
        </Text>
      )}
      {names.length > 0 && (
        <Text size="sm" c="var(--bdc-ink-soft)">
          {first.map(({ name, place }) => (
            <span key={place}>
              {place > 0 && ' · '}
              <bdi>{name}</bdi>
            </span>
          ))}
          {rest > 0 && ` ${t('several.more', { count: rest, number: formatNumber(rest) })}`}
        </Text>
      )}
      {repeated.length > 0 && <Text size="sm">{t('several.repeated', { names: repeated.join(', ') })}</Text>}
      {tooLong.length > 0 && (
        <Text size="sm" c="var(--mantine-color-error)">
          {t('several.tooLong', { lines: tooLong.map((line) => formatNumber(line)).join(', ') })}
        </Text>
      )}
      {isTooMany && (
        <Text size="sm" c="var(--mantine-color-error)">
          {t('several.tooMany', { most: formatNumber(mostNames) })}
        </Text>
      )}
    </Stack>
  )
}
