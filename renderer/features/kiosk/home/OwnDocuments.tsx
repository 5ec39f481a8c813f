import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OwnDocument } from '../../../../shared/contract/documents.ts'
import { api } from '../../../lib/client.ts'
import { formatBytes, formatDate } from '../../../lib/format.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { DocumentPreview } from '../../../ui/documents/preview/DocumentPreview.tsx'
import classes from './OwnDocuments.module.css'

/** So that what there is to do stays in view below. */
const mostAtFirst = 2

/** What is shared with the learner who signed in, or with everybody; nothing at all where nothing is. */
export function OwnDocuments() {
  const { t } = useTranslation('documents')
  const [isWhole, setWhole] = useState(false)
  const [opened, setOpened] = useState<OwnDocument | null>(null)
  const { data = [] } = useQuery(api.documents.mine.queryOptions({ staleTime: 60_000 }))
  if (data.length === 0) return null
  return (
    <section aria-labelledby="own-documents">
      <h2 id="own-documents" className={classes.title}>
        {t('mine')}
      </h2>
      <ul className={classes.rows}>
        {data.slice(0, isWhole ? undefined : mostAtFirst).map((row) => (
          <li key={row.id} className={classes.row}>
            <span className={classes.words}>
              <bdi className={classes.name}>{row.filename}</bdi>
              <span className={classes.details}>
                {[row.sharedByName, dayOf(row.updatedAt), formatBytes(row.size), row.description]
                  .filter(Boolean)
                  .map((detail) => (
                    <bdi key={detail}>{detail}</bdi>
                  ))}
              </span>
            </span>
            <Button
              variant="default"
              aria-label={t('openNamed', { name: row.filename })}
              onClick={() => setOpened(row)}
            >
              {t('open')}
            </Button>
          </li>
        ))}
      </ul>
      {!isWhole && data.length > mostAtFirst && (
        <Button variant="subtle" mt="xs" onClick={() => setWhole(true)}>
          {t('mineAll')}
        </Button>
      )}
      <Dialog isOpen={opened !== null} title={opened?.filename ?? ''} size="lg" onClose={() => setOpened(null)}>
        {opened && <DocumentPreview document={opened} />}
      </Dialog>
    </section>
  )
}

function dayOf(moment: string): string {
  return formatDate(new Date(moment), { day: 'numeric', month: 'short', year: 'numeric' })
}
