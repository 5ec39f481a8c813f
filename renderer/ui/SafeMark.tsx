import { Text, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconCloudCheck, IconDeviceFloppy } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { RecordSafety } from '../../shared/contract/sync.ts'
import { api } from '../lib/client.ts'

interface SafeMarkProps {
  kind: 'beneficiaries' | 'attempts' | 'documents'
  id: number
}

const icons = { centre: IconCloudCheck, here: IconDeviceFloppy, refused: IconAlertTriangle }

function placeOf({ isAtCentre, isRefused }: RecordSafety): keyof typeof icons {
  if (isRefused) return 'refused'
  return isAtCentre ? 'centre' : 'here'
}

/** Whether a record is safe here alone or at the centre too; nothing where there is no centre. */
export function SafeMark({ kind, id }: SafeMarkProps) {
  const { t } = useTranslation('sync')
  const ledger = useQuery(api.sync.ledger.queryOptions({ input: { kind, id }, refetchInterval: 10_000 }))
  if (!ledger.data) return null
  const where = placeOf(ledger.data)
  const Icon = icons[where]
  return (
    <Tooltip label={t(`safe.${where}`)} multiline maw={280}>
      <Text
        component="span"
        size="sm"
        c={where === 'refused' ? 'var(--mantine-color-error)' : 'var(--bdc-ink-soft)'}
        style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}
      >
        <Icon size={16} stroke={1.75} aria-hidden />
        {t(`safe.${where}Short`)}
      </Text>
    </Tooltip>
  )
}
