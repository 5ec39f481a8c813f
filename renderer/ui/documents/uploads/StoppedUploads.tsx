import { Button, FileButton, Group } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/client.ts'
import { formatBytes, formatPercent } from '../../../lib/format.ts'
import { toastProblem } from '../../../lib/toast.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { Row, RowList } from '../../RowList.tsx'
import { useUploads } from './jobs.ts'

/** Files that were on their way in when a window closed or the power went: chosen again, they go on where they stopped. */
export function StoppedUploads() {
  const { t } = useTranslation('documents')
  const queryClient = useQueryClient()
  const { jobs, add } = useUploads()
  const { data = [] } = useQuery(api.documents.uploads.queryOptions())
  const discard = useMutation(
    api.documents.cancelUpload.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.documents.uploads.key() }),
      onError: toastProblem,
    }),
  )
  const here = new Set(jobs.map(({ uploadId }) => uploadId))
  const stopped = data.filter(({ isOwn, uploadId }) => isOwn && !here.has(uploadId))
  if (stopped.length === 0) return null
  return (
    <section aria-label={t('stopped.title')}>
      <RowList>
        {stopped.map(({ uploadId, filename, size, pieces, arrived, beneficiaryId, documentId }) => (
          <Row
            key={uploadId}
            name={<bdi>{filename}</bdi>}
            facts={[
              t('stopped.text', {
                share: formatPercent(Math.floor((arrived / pieces) * 100)),
                size: formatBytes(size),
              }),
            ]}
            actions={
              <Group gap="xs">
                <Button size="xs" variant="subtle" color="brick" onClick={() => discard.mutate({ uploadId })}>
                  {t('stopped.discard')}
                </Button>
                <FileButton onChange={(file) => file && add([file], { beneficiaryId, documentId })}>
                  {(props) => (
                    <Button {...props} size="xs" variant="default">
                      {t('stopped.choose')}
                    </Button>
                  )}
                </FileButton>
              </Group>
            }
          />
        ))}
      </RowList>
    </section>
  )
}
