import { useTranslation } from 'react-i18next'

/** The word that people know for a column; what has none is part of the details. */
export function useColumnName() {
  const { t, i18n } = useTranslation('sync')
  return function columnName(column: string): string {
    const key = `column.${column}` as 'column.other'
    return i18n.exists(`sync:${key}`) ? t(key) : t('column.other')
  }
}
