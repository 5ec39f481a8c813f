import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Document, DocumentShare } from '../../../../shared/contract/documents.ts'
import { api, client } from '../../../lib/client.ts'
import { formatDate } from '../../../lib/format.ts'
import { toastProblem } from '../../../lib/toast.ts'
import { toastUndo } from '../../../lib/toast-undo.tsx'
import { useMutation } from '../../../lib/use-mutation.ts'
import { Row, RowList } from '../../../ui/RowList.tsx'
import classes from '../DocumentPanel.module.css'
import { ShareForm } from './ShareForm.tsx'

/** Who may see it beside those whose it is, for how long, and the ways to more and fewer of them. */
export function Sharing({ document }: { document: Document }) {
  const { t } = useTranslation('documents')
  const { id, sharedWith } = document
  const queryClient = useQueryClient()
  const refresh = () => queryClient.invalidateQueries({ queryKey: api.documents.key() })
  const again = useMutation({
    mutationFn: ({ userId, permission, expiresAt }: DocumentShare) =>
      client.documents.share({ documentId: id, userId, permission, expiresAt }),
    onSuccess: refresh,
    onError: toastProblem,
  })
  const revoke = useMutation({
    mutationFn: (share: DocumentShare) => client.documents.revoke({ id: share.id }),
    onSuccess: (_, share) => {
      toastUndo(t('share.revoked', { name: share.name }), () => again.mutate(share))
      return refresh()
    },
    onError: toastProblem,
  })
  return (
    <section className={classes.part}>
      <h2 className={classes.heading}>{t('share.title')}</h2>
      {sharedWith.length > 0 && (
        <RowList>
          {sharedWith.map((share) => (
            <Row
              key={share.id}
              name={<bdi>{share.name}</bdi>}
              facts={[
                [t(`share.${share.permission}`), share.expiresAt && t('share.until', { day: lastDay(share.expiresAt) })]
                  .filter(Boolean)
                  .join(' · '),
              ]}
              actions={
                <Button
                  size="xs"
                  variant="subtle"
                  color="brick"
                  aria-label={t('share.revokeFrom', { name: share.name })}
                  onClick={() => revoke.mutate(share)}
                >
                  {t('share.revoke')}
                </Button>
              }
            />
          ))}
        </RowList>
      )}
      <ShareForm documentId={id} onShared={refresh} />
    </section>
  )
}

/** It ends at midnight, so the day before is the last one. */
function lastDay(expiresAt: string): string {
  return formatDate(new Date(Date.parse(expiresAt) - 1), { day: 'numeric', month: 'short', year: 'numeric' })
}
