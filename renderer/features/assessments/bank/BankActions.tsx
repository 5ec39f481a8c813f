import { ActionIcon, Button, Group, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChecklist, IconDotsVertical, IconDownload, IconFileImport } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import { ExportDialog } from '../export/ExportDialog.tsx'
import { ImportDialog } from '../question-import/ImportDialog.tsx'
import type { BankFilter } from './use-bank-list.ts'

interface Props {
  filter: BankFilter
  /** Without questions there is nothing to export. */
  isEmpty: boolean
  mayWrite: boolean
  chosen: ReadonlySet<Id> | null
  onChoose: () => void
  onChosen: () => void
}

/** What is done with many questions at once. */
export function BankActions({ filter, isEmpty, mayWrite, chosen, onChoose, onChosen }: Props) {
  const { t } = useTranslation('bank')
  const [isImporting, importing] = useDisclosure(false)
  const [isExporting, exporting] = useDisclosure(false)
  const what = chosen && chosen.size > 0 ? { search: '', questionIds: [...chosen].slice(0, 2000) } : filter
  const title = chosen || !filter.category ? t('title') : filter.category
  return (
    <>
      {chosen ? (
        <Group gap="sm">
          <Button variant="default" onClick={onChosen}>
            {t('chosenDone')}
          </Button>
          <Button
            disabled={chosen.size === 0}
            leftSection={<IconDownload size={18} aria-hidden />}
            onClick={exporting.open}
          >
            {t('exportChosen', { count: chosen.size })}
          </Button>
        </Group>
      ) : (
        <Menu>
          <Menu.Target>
            <ActionIcon variant="default" size={38} aria-label={t('more')}>
              <IconDotsVertical size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {mayWrite && (
              <Menu.Item leftSection={<IconFileImport size={18} aria-hidden />} onClick={importing.open}>
                {t('import')}
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconDownload size={18} aria-hidden />} disabled={isEmpty} onClick={exporting.open}>
              {t('export')}
            </Menu.Item>
            <Menu.Item leftSection={<IconChecklist size={18} aria-hidden />} disabled={isEmpty} onClick={onChoose}>
              {t('choose')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <ImportDialog target="bank" isOpen={isImporting} onClose={importing.close} />
      <ExportDialog what={{ bank: what }} title={title} isOpen={isExporting} onClose={exporting.close} />
    </>
  )
}
