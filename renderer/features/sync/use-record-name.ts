import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../lib/format.ts'

interface Named {
  table: string
  id: number
  name: string | null
}

/** What people call a record: its kind and its own name, or its number within the machine that made it. */
export function useRecordName() {
  const { t, i18n } = useTranslation('sync')
  return function recordName({ table, id, name }: Named): string {
    const key = `kind.${table}` as 'kind.other'
    const kind = i18n.exists(`sync:${key}`) ? t(key) : t('kind.other')
    if (name !== null) return t('conflicts.named', { kind, name })
    return t('conflicts.unnamed', { kind, number: formatNumber(id % 2 ** 32, { useGrouping: false }) })
  }
}
