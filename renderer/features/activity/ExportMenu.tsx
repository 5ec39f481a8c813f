import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type SavedFile, type SheetFormat, sheetFormats } from '../../../shared/contract/activity.ts'
import { saveFile } from '../../lib/save-file.ts'
import { toastProblem } from '../../lib/toast.ts'

/** What the filters show, as a file for a spreadsheet. */
export function ExportMenu({ onExport }: { onExport: (format: SheetFormat) => Promise<SavedFile> }) {
  const { t } = useTranslation('activity')
  const { mutate, isPending } = useMutation({ mutationFn: onExport, onSuccess: saveFile, onError: toastProblem })
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" loading={isPending} leftSection={<IconDownload size={18} aria-hidden />}>
          {t('export.button')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {sheetFormats.map((format) => (
          <Menu.Item key={format} onClick={() => mutate(format)}>
            {t(`export.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
