import { Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconFileImport, IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { Outlet } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { BulkJobs } from '../../ui/bulk/BulkJobs.tsx'
import { SelectionBar } from '../../ui/bulk/SelectionBar.tsx'
import { useSelection } from '../../ui/bulk/use-selection.ts'
import { shownColumns } from '../../ui/order.ts'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { ViewsMenu } from '../../ui/saved-views/ViewsMenu.tsx'
import { SeveralButton, SeveralDialog } from './AddSeveral.tsx'
import { BeneficiaryCount } from './BeneficiaryCount.tsx'
import { BeneficiaryFilters } from './BeneficiaryFilters.tsx'
import { BeneficiaryList } from './BeneficiaryList.tsx'
import { ChangePeople } from './ChangePeople.tsx'
import { HandoverOffers } from './handovers/HandoverOffers.tsx'
import { ListMenu } from './ListMenu.tsx'
import { SaveChosen } from './SaveChosen.tsx'
import { useBeneficiaryColumns } from './use-beneficiary-columns.tsx'
import { useBeneficiaryList } from './use-beneficiary-list.ts'
import { useFilter } from './use-filter.ts'

/** Everybody who is trained here; the panels for one person open beside the list. */
export function BeneficiariesScreen() {
  const { t } = useTranslation('beneficiaries')
  const [isPasting, pasting] = useDisclosure(false)
  const { filter, field, hide, sequence, change, clear, isNarrowed } = useFilter()
  const columns = useBeneficiaryColumns()
  const shown = useMemo(() => shownColumns(columns, { hide, sequence }), [columns, hide, sequence])
  const found = useBeneficiaryList(filter)
  const choosing = useSelection(found.rows, found.total, JSON.stringify(filter))
  const isEmpty = found.list.isSuccess && found.rows.length === 0 && !isNarrowed
  const newTotal = found.list.isSuccess && !found.list.isPlaceholderData ? found.total : undefined
  return (
    <Page fit="fill">
      <PageHeader
        title={t('title')}
        note={!isEmpty && <BeneficiaryCount total={newTotal} isNarrowed={isNarrowed} />}
        actions={
          !isEmpty && (
            <>
              <GroupsLink />
              <SeveralButton onOpen={pasting.open} />
              <ListMenu filter={filter} rows={found.rows} total={found.total} />
              <AddButton />
            </>
          )
        }
      />
      <HandoverOffers />
      {!isEmpty && (
        <BeneficiaryFilters filter={filter} field={field} onChange={change}>
          <ViewsMenu list="people" columns={columns} />
        </BeneficiaryFilters>
      )}
      <BulkJobs list="people" />
      <SelectionBar choosing={choosing} total={found.total}>
        <SaveChosen choosing={choosing} filter={filter} />
        <ChangePeople choosing={choosing} filter={filter} />
      </SelectionBar>
      <BeneficiaryList
        {...found}
        columns={shown}
        order={filter.order}
        onOrder={(order) => change({ order })}
        choosing={choosing}
        isNarrowed={isNarrowed}
        onClear={clear}
        addButton={<FirstPeople onSeveral={pasting.open} />}
      />
      <SeveralDialog isOpen={isPasting} onClose={pasting.close} />
      <Outlet />
    </Page>
  )
}

/** One by one, or a whole class. */
function FirstPeople({ onSeveral }: { onSeveral: () => void }) {
  const { t } = useTranslation('beneficiaries')
  return (
    <Group gap="sm" justify="center">
      <ButtonLink to="/beneficiaries/import" variant="default" leftSection={<IconFileImport size={18} aria-hidden />}>
        {t('menu.import')}
      </ButtonLink>
      <SeveralButton onOpen={onSeveral} />
      <AddButton />
    </Group>
  )
}

function AddButton() {
  const { t } = useTranslation('beneficiaries')
  return (
    <ButtonLink to="/beneficiaries/new" search={true} leftSection={<IconPlus size={18} aria-hidden />}>
      {t('add')}
    </ButtonLink>
  )
}

function GroupsLink() {
  const { t } = useTranslation('groups')
  return (
    <ButtonLink to="/groups" variant="default" leftSection={<IconUsersGroup size={18} aria-hidden />}>
      {t('link')}
    </ButtonLink>
  )
}
