import { Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../shared/contract/base.ts'
import { api } from '../../lib/client.ts'
import { formatBytes } from '../../lib/format.ts'
import { TextLink } from '../TextLink.tsx'
import classes from './PersonDocuments.module.css'
import { AddFiles } from './uploads/AddFiles.tsx'
import { DropArea } from './uploads/DropArea.tsx'

const mostHere = 4

/** The newest documents of a person in their file, and the ways to bring one. */
export function PersonDocuments({ beneficiaryId }: { beneficiaryId: Id }) {
  const { t } = useTranslation('documents')
  const place = { beneficiaryId, documentId: null }
  const { data } = useQuery(api.documents.list.queryOptions({ input: { beneficiaryId } }))
  const rows = data?.rows ?? []
  return (
    <DropArea place={place}>
      <section aria-labelledby="person-documents" className={classes.documents}>
        <Group justify="space-between" gap="xs">
          <h2 id="person-documents" className={classes.heading}>
            {t('title')}
          </h2>
          <Group gap="xs">
            <AddFiles place={place} isSmall />
          </Group>
        </Group>
        {data && rows.length === 0 && <Text c="var(--bdc-ink-soft)">{t('nonePerson')}</Text>}
        {rows.length > 0 && (
          <ul className={classes.rows}>
            {rows.slice(0, mostHere).map(({ id, filename, size }) => (
              <li key={id} className={classes.row}>
                <TextLink to="/documents/$id" params={{ id }} search={{ person: beneficiaryId }}>
                  <bdi>{filename}</bdi>
                </TextLink>
                <span className={classes.size}>{formatBytes(size)}</span>
              </li>
            ))}
          </ul>
        )}
        {rows.length > mostHere && (
          <TextLink to="/documents" search={{ person: beneficiaryId }}>
            {t('allOfPerson', { count: rows.length })}
          </TextLink>
        )}
      </section>
    </DropArea>
  )
}
