import { useTranslation } from 'react-i18next'
import { type SheetWords, sheetWords } from '../../../shared/contract/reports.ts'

/** The words of a file in the language of this screen. */
export function useSheetWords(): SheetWords {
  const { t } = useTranslation('reports')
  return Object.fromEntries(sheetWords.map((word) => [word, t(`file.${word}`)])) as SheetWords
}
