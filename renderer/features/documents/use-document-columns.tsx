import { Text } from '@mantine/core'
import { IconFile, IconFileMusic, IconFileText, IconFileTypePdf, IconPhoto, IconVideo } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DocumentRow } from '../../../shared/contract/documents.ts'
import { formatBytes, formatDate } from '../../lib/format.ts'
import type { Column } from '../../ui/columns.ts'
import classes from './DocumentName.module.css'

export function useDocumentColumns(isDeleted: boolean): Column<DocumentRow>[] {
  const { t } = useTranslation('documents')
  const day = (moment: string) => formatDate(new Date(moment), { day: 'numeric', month: 'short', year: 'numeric' })
  return [
    {
      id: 'name',
      header: t('field.filename'),
      width: 'minmax(0, 2fr)',
      sortBy: (row) => row.filename,
      cell: (row) => <Name row={row} />,
    },
    {
      id: 'person',
      header: t('field.person'),
      width: 'minmax(0, 1fr)',
      from: 720,
      sortBy: (row) => row.beneficiaryName,
      cell: ({ beneficiaryName }) => (
        <Text truncate>
          <bdi>{beneficiaryName}</bdi>
        </Text>
      ),
    },
    {
      id: 'by',
      header: t('field.by'),
      width: 'minmax(0, 1fr)',
      from: 960,
      sortBy: (row) => row.uploadedByName,
      cell: ({ uploadedByName }) => (
        <Text truncate>
          <bdi>{uploadedByName}</bdi>
        </Text>
      ),
    },
    {
      id: 'size',
      header: t('field.size'),
      width: '6rem',
      from: 560,
      sortBy: (row) => row.size,
      align: 'end',
      cell: ({ size }) => formatBytes(size),
    },
    {
      id: 'added',
      header: t(isDeleted ? 'field.removed' : 'field.added'),
      width: '8rem',
      from: 480,
      sortBy: (row) => row.deletedAt ?? row.createdAt,
      align: 'end',
      cell: ({ createdAt, deletedAt }) => day(deletedAt ?? createdAt),
    },
  ]
}

function Name({ row }: { row: DocumentRow }) {
  const { t } = useTranslation('documents')
  const { filename, category, tags, isPublic, shares, mimeType } = row
  const reach = isPublic ? t('reach.everybody') : shares > 0 ? t('reach.shared', { count: shares }) : ''
  return (
    <span className={classes.name}>
      <FileIcon mimeType={mimeType} />
      <span className={classes.words}>
        <Text component="span" truncate display="block">
          <bdi>{filename}</bdi>
        </Text>
        <Text component="span" truncate display="block" size="xs" c="var(--bdc-ink-soft)">
          {[category, ...tags, reach].filter(Boolean).map((word, index) => (
            <span key={word}>
              {index > 0 && ' · '}
              <bdi>{word}</bdi>
            </span>
          ))}
        </Text>
      </span>
    </span>
  )
}

function FileIcon({ mimeType }: { mimeType: string }) {
  const drawn = { size: 22, stroke: 1.5, 'aria-hidden': true, className: classes.icon } as const
  if (mimeType === 'application/pdf') return <IconFileTypePdf {...drawn} />
  if (mimeType.startsWith('image/')) return <IconPhoto {...drawn} />
  if (mimeType.startsWith('audio/')) return <IconFileMusic {...drawn} />
  if (mimeType.startsWith('video/')) return <IconVideo {...drawn} />
  if (mimeType.startsWith('text/')) return <IconFileText {...drawn} />
  return <IconFile {...drawn} />
}
