import { Alert } from '@mantine/core'
import { IconShieldExclamation } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { formatMoment } from '../../lib/format.ts'
import { useMutation } from '../../lib/use-mutation.ts'

/** Tells somebody that their password was set in another way, until they have read it: it may not have been them. */
export function SecurityNotice() {
  const { t } = useTranslation(['identity', 'common'])
  const queryClient = useQueryClient()
  const notices = useQuery(api.identity.notices.queryOptions({ staleTime: 60_000 }))
  const dismiss = useMutation(
    api.identity.dismissNotices.mutationOptions({
      onSuccess: () => queryClient.setQueryData(api.identity.notices.queryKey(), []),
    }),
  )
  const [latest] = notices.data ?? []
  if (!latest) return null
  return (
    <Alert
      role="status"
      color="brick"
      radius={0}
      flex="none"
      icon={<IconShieldExclamation aria-hidden />}
      title={t('notice.title')}
      withCloseButton
      closeButtonLabel={t('common:action.close')}
      onClose={() => dismiss.mutate(undefined)}
    >
      {t(`notice.${latest.way}`, { by: latest.by ?? t('notice.somebody'), when: formatMoment(latest.at) })}{' '}
      {t('notice.advice')}
    </Alert>
  )
}
