import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OrganizationRow } from '../../../shared/contract/organizations.ts'
import { api } from '../../lib/client.ts'
import { formatNumber } from '../../lib/format.ts'
import { useSessionChanged } from '../../lib/session.ts'
import { toastProblem } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { GridRow, RowList, Words } from '../../ui/RowList.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import classes from './organizations.module.css'
import { useSetOrganizationActive } from './use-set-organization-active.ts'

interface OrganizationListProps {
  rows: OrganizationRow[]
  onRename: (organization: OrganizationRow) => void
  onDeactivate: (organization: OrganizationRow) => void
}

export function OrganizationList({ rows, onRename, onDeactivate }: OrganizationListProps) {
  return (
    <RowList>
      {rows.map((row) => (
        <Organization key={row.id} row={row} onRename={() => onRename(row)} onDeactivate={() => onDeactivate(row)} />
      ))}
    </RowList>
  )
}

interface OrganizationProps {
  row: OrganizationRow
  onRename: () => void
  onDeactivate: () => void
}

function Organization({ row, onRename, onDeactivate }: OrganizationProps) {
  const { t } = useTranslation('organizations')
  const facts = t('facts', { staff: formatNumber(row.staffCount), learners: formatNumber(row.learnerCount) })
  return (
    <GridRow columns={classes.columns ?? ''}>
      <Words name={<bdi>{row.name}</bdi>} facts={[facts]} />
      <StatusBadge tone={row.isEntered ? 'busy' : row.isActive ? 'good' : 'neutral'}>
        {t(row.isEntered ? 'entered' : row.isActive ? 'active' : 'inactive')}
      </StatusBadge>
      <Group gap="xs" justify="flex-end">
        <Button variant="default" size="xs" aria-label={t('renameOf', { name: row.name })} onClick={onRename}>
          {t('rename')}
        </Button>
        {!row.isEntered && <Switch row={row} onDeactivate={onDeactivate} />}
        {!row.isEntered && row.isActive && <Enter row={row} />}
      </Group>
    </GridRow>
  )
}

function Switch({ row, onDeactivate }: Omit<OrganizationProps, 'onRename'>) {
  const { t } = useTranslation('organizations')
  const setActive = useSetOrganizationActive()
  const activate = () => setActive.mutate({ id: row.id, isActive: true }, { onError: toastProblem })
  return (
    <Button
      variant="default"
      size="xs"
      loading={setActive.isPending}
      aria-label={t(row.isActive ? 'deactivateOf' : 'activateOf', { name: row.name })}
      onClick={row.isActive ? onDeactivate : activate}
    >
      {t(row.isActive ? 'deactivate' : 'activate')}
    </Button>
  )
}

function Enter({ row }: { row: OrganizationRow }) {
  const { t } = useTranslation('organizations')
  const sessionChanged = useSessionChanged()
  const enter = useMutation(
    api.organizations.enter.mutationOptions({ onSuccess: () => sessionChanged(), onError: toastProblem }),
  )
  return (
    <Button
      size="xs"
      loading={enter.isPending}
      aria-label={t('enterOf', { name: row.name })}
      onClick={() => enter.mutate({ id: row.id })}
    >
      {t('enter')}
    </Button>
  )
}
