import { useTranslation } from 'react-i18next'
import { type SavedFile, type SheetFormat, sheetFormats } from '../../../shared/contract/activity.ts'
import { SaveMenu } from '../../ui/saving/SaveMenu.tsx'

/** What the filters show, as a file for a spreadsheet. */
export function ExportMenu({ onExport }: { onExport: (format: SheetFormat) => Promise<SavedFile> }) {
  const { t } = useTranslation('activity')
  const formats = sheetFormats.map((value) => ({ value, label: t(`export.${value}`) }))
  return <SaveMenu label={t('export.button')} formats={formats} ask={onExport} />
}
