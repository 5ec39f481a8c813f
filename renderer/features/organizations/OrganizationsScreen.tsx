import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OrganizationRow } from '../../../shared/contract/organizations.ts'
import { api } from '../../lib/client.ts'
import { BackLink } from '../../ui/BackLink.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { DeactivateOrganization } from './DeactivateOrganization.tsx'
import { NewOrganization } from './NewOrganization.tsx'
import { OrganizationList } from './OrganizationList.tsx'
import { RenameOrganization } from './RenameOrganization.tsx'

/** The centres of this installation; for whoever looks after it. Never empty: one of them is the one we are in. */
export function OrganizationsScreen() {
  const { t } = useTranslation('organizations')
  const organizations = useQuery(api.organizations.list.queryOptions())
  const [isAdding, adding] = useDisclosure()
  const [renamed, setRenamed] = useState<OrganizationRow | null>(null)
  const [deactivated, setDeactivated] = useState<OrganizationRow | null>(null)
  return (
    <Page>
      <PageHeader
        title={t('title')}
        note={t('note')}
        back={<BackLink to="/team">{t('back')}</BackLink>}
        actions={
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={adding.open}>
            {t('add')}
          </Button>
        }
      />
      {organizations.isPending && <LoadingRows count={2} />}
      {organizations.isError && <ErrorState error={organizations.error} onRetry={() => void organizations.refetch()} />}
      {organizations.data && (
        <OrganizationList rows={organizations.data} onRename={setRenamed} onDeactivate={setDeactivated} />
      )}
      <NewOrganization isOpen={isAdding} onClose={adding.close} />
      <RenameOrganization organization={renamed} onClose={() => setRenamed(null)} />
      <DeactivateOrganization organization={deactivated} onClose={() => setDeactivated(null)} />
    </Page>
  )
}
