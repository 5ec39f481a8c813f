import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconForms, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { BackLink } from '../../ui/BackLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { OwnFieldDialog } from './OwnFieldDialog.tsx'
import { OwnFieldRow } from './OwnFieldRow.tsx'

/** What the organization wants to know of its people beside what every one does. */
export function OwnFieldsScreen() {
  const { t } = useTranslation('ownFields')
  const [isAdding, adding] = useDisclosure(false)
  const fields = useQuery(api.ownFields.list.queryOptions())
  const add = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={adding.open}>
      {t('add')}
    </Button>
  )
  const isEmpty = fields.data?.length === 0
  return (
    <Page>
      <PageHeader
        title={t('title')}
        back={
          <BackLink to="/beneficiaries" search={{}}>
            {t('toList')}
          </BackLink>
        }
        note={t('note')}
        actions={!isEmpty && add}
      />
      {fields.isPending && <LoadingRows />}
      {fields.isError && <ErrorState error={fields.error} onRetry={() => void fields.refetch()} />}
      {isEmpty && (
        <EmptyState icon={IconForms} title={t('emptyTitle')} action={add}>
          {t('emptyText')}
        </EmptyState>
      )}
      {fields.data && !isEmpty && (
        <RowList>
          {fields.data.map((field) => (
            <OwnFieldRow key={field.key} field={field} />
          ))}
        </RowList>
      )}
      <OwnFieldDialog isOpen={isAdding} onClose={adding.close} />
    </Page>
  )
}
