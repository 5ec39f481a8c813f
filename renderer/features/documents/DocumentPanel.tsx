import { Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { useReturnFocus } from '../../lib/use-return-focus.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { usePageTitle } from '../../ui/page-title.ts'
import classes from './DocumentPanel.module.css'
import { DocumentView } from './DocumentView.tsx'

/** One document beside the list; closing goes back to the list, where it was. */
export function DocumentPanel() {
  const { t } = useTranslation(['documents', 'common'])
  const navigate = useNavigate()
  const { id } = useParams({ from: '/staff/documents/$id' })
  const found = useQuery(api.documents.get.queryOptions({ input: { id } }))
  const title = found.data?.filename ?? t('title')
  usePageTitle(title)
  useReturnFocus()
  return (
    <Drawer
      opened
      onClose={() => void navigate({ to: '/documents', search: true })}
      size={620}
      padding={0}
      returnFocus={false}
      title={<span dir="auto">{title}</span>}
      classNames={{ header: classes.header, body: classes.body, title: classes.title }}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      {found.isPending && <LoadingRows />}
      {found.isError && !found.data && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <DocumentView key={id} document={found.data} />}
    </Drawer>
  )
}
