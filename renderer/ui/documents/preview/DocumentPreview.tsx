import { Button, Group, Text, Textarea } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OwnDocument } from '../../../../shared/contract/documents.ts'
import { api } from '../../../lib/client.ts'
import { formatPercent } from '../../../lib/format.ts'
import { ErrorState } from '../../ErrorState.tsx'
import { LoadingRows } from '../../LoadingRows.tsx'
import { ContentNotHere } from './ContentNotHere.tsx'
import classes from './DocumentPreview.module.css'
import { blobOf } from './read-document.ts'
import { type ShownAs, shownAs } from './shown-as.ts'
import { useSave } from './use-save.ts'

/** Only whoever opens a PDF loads what draws it. */
const PdfView = lazy(async () => ({ default: (await import('./PdfView.tsx')).PdfView }))

type Shown = Pick<OwnDocument, 'id' | 'filename' | 'mimeType' | 'size' | 'updatedAt'> & {
  uploadedByName?: string | null
}

/** What a document looks like, where that is safe to show, and the way to save it. */
export function DocumentPreview({ document }: { document: Shown }) {
  const { t } = useTranslation('documents')
  const { save, share } = useSave()
  const kind = shownAs(document)
  const { id, size, uploadedByName } = document
  const content = useQuery(
    api.sync.content.queryOptions({
      input: { id },
      refetchInterval: ({ state: { data } }) => (data && !data.isHere ? 2_000 : false),
    }),
  )
  if (content.isPending) return <LoadingRows count={2} />
  if (content.data && !content.data.isHere) {
    return <ContentNotHere id={id} size={size} addedByName={uploadedByName ?? null} content={content.data} />
  }
  return (
    <div className={classes.preview}>
      {kind ? (
        <Content key={document.updatedAt} document={document} kind={kind} />
      ) : (
        <Text c="var(--bdc-ink-soft)">
          {t(document.mimeType === 'application/pdf' ? 'preview.tooLarge' : 'preview.none')}
        </Text>
      )}
      <Group>
        <Button
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
          disabled={save.isPending}
          onClick={() => save.mutate({ id: document.id, filename: document.filename, size: document.size })}
        >
          {save.isPending ? t('saving', { share: formatPercent(Math.floor(share * 100)) }) : t('saveFile')}
        </Button>
      </Group>
    </div>
  )
}

function Content({ document, kind }: { document: Shown; kind: ShownAs }) {
  const { id, mimeType, updatedAt, filename } = document
  const content = useQuery({
    queryKey: ['document', id, updatedAt],
    queryFn: ({ signal }) => blobOf({ id }, mimeType, { signal }),
    // A page that has been left keeps nothing of it.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
  if (content.isPending) return <LoadingRows count={2} />
  if (content.isError) return <ErrorState error={content.error} onRetry={() => void content.refetch()} />
  if (kind === 'pdf') {
    return (
      <Suspense fallback={<LoadingRows count={2} />}>
        <PdfView blob={content.data} name={filename} />
      </Suspense>
    )
  }
  if (kind === 'text') return <PlainText blob={content.data} name={filename} />
  return <Medium blob={content.data} kind={kind} name={filename} />
}

function Medium({ blob, kind, name }: { blob: Blob; kind: Exclude<ShownAs, 'text' | 'pdf'>; name: string }) {
  const { t } = useTranslation('documents')
  const address = useAddress(blob)
  const [isBroken, setBroken] = useState(false)
  if (!address) return null
  if (isBroken) return <Text c="var(--bdc-ink-soft)">{t('preview.broken')}</Text>
  const onError = () => setBroken(true)
  if (kind === 'image') return <img className={classes.image} src={address} alt={name} onError={onError} />
  const Player = kind
  return <Player className={classes[kind]} src={address} controls aria-label={name} onError={onError} />
}

/** As letters, whatever they spell. */
function PlainText({ blob, name }: { blob: Blob; name: string }) {
  const [text, setText] = useState('')
  useEffect(() => {
    void blob.text().then(setText)
  }, [blob])
  return (
    <Textarea
      readOnly
      autosize
      minRows={3}
      maxRows={18}
      aria-label={name}
      value={text}
      classNames={{ input: classes.text }}
    />
  )
}

function useAddress(blob: Blob): string | null {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    const made = URL.createObjectURL(blob)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [blob])
  return address
}
