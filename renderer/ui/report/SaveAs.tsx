import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconTableExport } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type SheetFile, type SheetFormat, type SheetWords, sheetFormats } from '../../../shared/contract/reports.ts'
import { saveFile } from '../../lib/save-file.ts'
import { toastProblem } from '../../lib/toast.ts'
import { useSheetWords } from './sheet-words.ts'

interface Props {
  ask: (wish: { format: SheetFormat; words: SheetWords }) => Promise<SheetFile>
}

/** What is on the screen, as a file for a spreadsheet program. */
export function SaveAs({ ask }: Props) {
  const { t } = useTranslation('reports')
  const words = useSheetWords()
  const save = useMutation({
    mutationFn: (format: SheetFormat) => ask({ format, words }),
    onSuccess: saveFile,
    onError: toastProblem,
  })
  return (
    <Menu>
      <Menu.Target>
        <Button
          variant="default"
          loading={save.isPending}
          leftSection={<IconTableExport size={18} aria-hidden />}
          rightSection={<IconChevronDown size={16} aria-hidden />}
        >
          {t('saveAs')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {sheetFormats.map((format) => (
          <Menu.Item key={format} onClick={() => save.mutate(format)}>
            {t(`format.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
