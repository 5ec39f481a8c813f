import { ActionIcon, Menu } from '@mantine/core'
import { IconCopyCheck, IconDotsVertical, IconFileImport, IconForms, IconPrinter, IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BeneficiaryRow } from '../../../shared/contract/beneficiaries.ts'
import { mayUse } from '../../../shared/permissions.ts'
import { client } from '../../lib/client.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { toastProblem } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { PrintKey } from '../../ui/OnPaper.tsx'
import { SealedSaveDialog } from '../../ui/saving/SealedSaveDialog.tsx'
import { everybodyIn, type OnList } from './everybody-in.ts'
import { FileItems } from './FileItems.tsx'
import { ListSheet, PaperList } from './PaperList.tsx'
import type { BeneficiaryFilter } from './use-beneficiary-list.ts'
import { useListFile } from './use-list-file.ts'

interface ListMenuProps {
  filter: BeneficiaryFilter
  /** What is loaded of it, and how many there are. */
  rows: readonly BeneficiaryRow[]
  total: number | null
}

/** What can be done with the whole list: bring people in, give it out as it is filtered, and print it. */
export function ListMenu({ filter, rows, total }: ListMenuProps) {
  const { t } = useTranslation(['beneficiaries', 'common', 'merges'])
  const mayDefine = mayUse(actorKindOf(useMe()), 'ownFields.add')
  const file = useListFile(filter, (format) => t(`menu.${format}`))
  const [onPaper, setOnPaper] = useState<OnList | null>(null)
  const print = useMutation({
    mutationFn: () => everybodyIn(client.beneficiaries, filter),
    onSuccess: setOnPaper,
    onError: toastProblem,
  })
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="default"
            size={38}
            aria-label={t('common:action.more')}
            loading={file.isSaving || print.isPending}
          >
            <IconDotsVertical size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to="/beneficiaries/import" leftSection={<IconFileImport size={18} aria-hidden />}>
            {t('menu.import')}
          </Menu.Item>
          <Menu.Item
            component={Link}
            to="/beneficiaries/duplicates"
            leftSection={<IconCopyCheck size={18} aria-hidden />}
          >
            {t('merges:menu')}
          </Menu.Item>
          <Menu.Item component={Link} to="/beneficiaries/trash" leftSection={<IconTrash size={18} aria-hidden />}>
            {t('trash.open')}
          </Menu.Item>
          <Menu.Divider />
          <FileItems file={file} />
          <Menu.Item leftSection={<IconPrinter size={18} aria-hidden />} onClick={() => print.mutate()}>
            {t('menu.print')}
          </Menu.Item>
          {mayDefine && (
            <>
              <Menu.Divider />
              <Menu.Item component={Link} to="/own-fields" leftSection={<IconForms size={18} aria-hidden />}>
                {t('menu.ownFields')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <PrintKey onPrint={() => print.isPending || print.mutate()}>
        <ListSheet people={rows} total={total} />
      </PrintKey>
      {file.isSealing && <SealedSaveDialog {...file} onClose={file.leaveSealing} />}
      {onPaper && <PaperList list={onPaper} onDone={() => setOnPaper(null)} />}
    </>
  )
}
