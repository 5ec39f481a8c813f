import { Text, Tooltip } from '@mantine/core'
import { IconCloudCheck, IconDeviceFloppy } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../lib/client.ts'

interface SafeMarkProps {
  kind: 'beneficiaries' | 'attempts' | 'documents'
  id: number
}

/** Whether a record is safe here alone or at the centre too; nothing where there is no centre. */
export function SafeMark({ kind, id }: SafeMarkProps) {
  const { t } = useTranslation('sync')
  const ledger = useQuery(api.sync.ledger.queryOptions({ input: { kind, id }, refetchInterval: 10_000 }))
  if (!ledger.data) return null
  const where = ledger.data.isAtCentre ? 'centre' : 'here'
  const Icon = ledger.data.isAtCentre ? IconCloudCheck : IconDeviceFloppy
  return (
    <Tooltip label={t(`safe.${where}`)} multiline maw={280}>
      <Text
        component="span"
        size="sm"
        c="var(--bdc-ink-soft)"
        style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}
      >
        <Icon size={16} stroke={1.75} aria-hidden />
        {t(`safe.${where}Short`)}
      </Text>
    </Tooltip>
  )
}
