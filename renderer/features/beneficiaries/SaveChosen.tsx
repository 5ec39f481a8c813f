import { Button, Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Choosing } from '../../ui/bulk/use-selection.ts'
import { SealedSaveDialog } from '../../ui/saving/SealedSaveDialog.tsx'
import { FileItems } from './FileItems.tsx'
import type { BeneficiaryFilter } from './use-beneficiary-list.ts'
import { useListFile } from './use-list-file.ts'

/** Everybody who is chosen, as a file. */
export function SaveChosen({ choosing, filter }: { choosing: Choosing; filter: BeneficiaryFilter }) {
  const { t } = useTranslation('bulk')
  const { isAll, ids } = choosing.selection
  const people = isAll ? { ...filter, except: [...ids] } : { ...filter, ids: [...ids] }
  const file = useListFile(people, (format) => t(`save.${format}`))
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="xs" variant="default" loading={file.isSaving}>
            {t('save.open')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <FileItems file={file} />
        </Menu.Dropdown>
      </Menu>
      {file.isSealing && <SealedSaveDialog {...file} onClose={file.leaveSealing} />}
    </>
  )
}
