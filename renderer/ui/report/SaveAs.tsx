import { useTranslation } from 'react-i18next'
import { type SheetFile, type SheetFormat, type SheetWords, sheetFormats } from '../../../shared/contract/reports.ts'
import { SaveMenu } from '../saving/SaveMenu.tsx'
import { useSheetWords } from './sheet-words.ts'

interface Props {
  ask: (wish: { format: SheetFormat; words: SheetWords }) => Promise<SheetFile>
}

/** What is on the screen, as a file for a spreadsheet program. */
export function SaveAs({ ask }: Props) {
  const { t } = useTranslation('reports')
  const words = useSheetWords()
  const formats = sheetFormats.map((value) => ({ value, label: t(`format.${value}`) }))
  return <SaveMenu label={t('saveAs')} formats={formats} ask={(format) => ask({ format, words })} />
}
