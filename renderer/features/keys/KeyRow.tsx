import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { KeySlot } from '../../../shared/contract/keys.ts'
import { formatMoment } from '../../lib/format.ts'
import { Row } from '../../ui/RowList.tsx'
import type { KeyTask } from './KeyDialog.tsx'
import { useSlotName } from './use-slot-name.ts'

export function KeyRow({ slot, onTask }: { slot: KeySlot; onTask: (task: KeyTask) => void }) {
  const { t } = useTranslation(['keys', 'refusal'])
  const name = useSlotName()(slot)
  const { use, staysBecause } = slot
  const facts = [
    t('made', { when: formatMoment(slot.madeAt) }),
    slot.lastUsedAt ? t('used', { when: formatMoment(slot.lastUsedAt) }) : t('neverUsed'),
    ...(staysBecause ? [t(`refusal:${staysBecause}`)] : []),
  ]
  return (
    <Row
      name={name}
      facts={facts}
      actions={
        <Group gap="xs">
          {slot.kind === 'passphrase' && use && (
            <Button
              variant="default"
              size="xs"
              aria-label={t('actionOf', { action: t('change'), name })}
              onClick={() => onTask({ kind: 'passphrase', use, insteadOf: slot.id })}
            >
              {t('change')}
            </Button>
          )}
          {!staysBecause && (
            <Button
              variant="default"
              size="xs"
              aria-label={t('actionOf', { action: t('revoke.action'), name })}
              onClick={() => onTask({ kind: 'revoke', slot })}
            >
              {t('revoke.action')}
            </Button>
          )}
        </Group>
      }
    />
  )
}
