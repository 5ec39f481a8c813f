import { Button, FileButton, Group } from '@mantine/core'
import { IconDownload, IconUpload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Document } from '../../../shared/contract/documents.ts'
import { formatBytes, formatMoment } from '../../lib/format.ts'
import { useSave } from '../../ui/documents/preview/use-save.ts'
import { useUploads } from '../../ui/documents/uploads/jobs.ts'
import { Row, RowList } from '../../ui/RowList.tsx'
import classes from './DocumentPanel.module.css'

/** What the document was before, all of which is kept, and the way to a newer one. */
export function Versions({ document }: { document: Document }) {
  const { t } = useTranslation('documents')
  const { add } = useUploads()
  const { save } = useSave()
  const { id, versions } = document
  const place = { beneficiaryId: null, documentId: id }
  return (
    <section className={classes.part}>
      <h2 className={classes.heading}>{t('versions.title')}</h2>
      {versions.length > 0 && (
        <RowList>
          {versions.map((version) => (
            <Row
              key={version.id}
              name={<bdi>{version.filename}</bdi>}
              facts={[
                [formatMoment(version.createdAt), formatBytes(version.size), version.uploadedByName]
                  .filter(Boolean)
                  .join(' · '),
              ]}
              actions={
                <Button
                  size="xs"
                  variant="default"
                  leftSection={<IconDownload size={16} aria-hidden />}
                  aria-label={t('versions.save', { name: version.filename, when: formatMoment(version.createdAt) })}
                  onClick={() =>
                    save.mutate({ id, versionId: version.id, filename: version.filename, size: version.size })
                  }
                >
                  {t('saveFile')}
                </Button>
              }
            />
          ))}
        </RowList>
      )}
      <Group>
        <FileButton onChange={(file) => file && add([file], place)}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconUpload size={18} aria-hidden />}>
              {t('versions.add')}
            </Button>
          )}
        </FileButton>
      </Group>
    </section>
  )
}
