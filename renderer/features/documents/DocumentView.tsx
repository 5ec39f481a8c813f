import { Alert, Button, Group } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Document } from '../../../shared/contract/documents.ts'
import { formatBytes, formatMoment } from '../../lib/format.ts'
import { DocumentPreview } from '../../ui/documents/preview/DocumentPreview.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { SafeMark } from '../../ui/SafeMark.tsx'
import { DetailsForm } from './DetailsForm.tsx'
import classes from './DocumentPanel.module.css'
import { Openings } from './sharing/Openings.tsx'
import { Sharing } from './sharing/Sharing.tsx'
import { useRemoval } from './use-removal.ts'
import { Versions } from './Versions.tsx'

/** What it is, what is written about it, its versions, and who may see it, as far as these are the reader's. */
export function DocumentView({ document }: { document: Document }) {
  const { t } = useTranslation('documents')
  const { remove, restore } = useRemoval(document)
  const { mayEdit, mayManage, deletedAt } = document
  if (deletedAt !== null) {
    return (
      <div className={classes.parts}>
        <Alert icon={<IconTrash aria-hidden />} title={t('removed.title', { when: formatMoment(deletedAt) })}>
          {t('removed.text')}
        </Alert>
        <FormProblem error={restore.error} />
        <Group>
          <Button loading={restore.isPending} onClick={() => restore.mutate(document.updatedAt)}>
            {t('restore')}
          </Button>
        </Group>
      </div>
    )
  }
  return (
    <div className={classes.parts}>
      <DocumentPreview document={document} />
      <WhatItIs document={document} />
      <SafeMark kind="documents" id={document.id} />
      {mayEdit && <DetailsForm document={document} />}
      {mayEdit && <Versions document={document} />}
      {mayManage && <Sharing document={document} />}
      {mayManage && <Openings id={document.id} />}
      {mayManage && (
        <>
          <FormProblem error={remove.error} />
          <Group>
            <Button variant="subtle" color="brick" loading={remove.isPending} onClick={() => remove.mutate()}>
              {t('remove')}
            </Button>
          </Group>
        </>
      )}
    </div>
  )
}

function WhatItIs({ document }: { document: Document }) {
  const { t } = useTranslation('documents')
  const { size, createdAt, uploadedByName, beneficiaryName, description, category, tags, mayEdit } = document
  const words = mayEdit
    ? []
    : [
        { name: t('field.description'), value: description },
        { name: t('field.category'), value: category },
        { name: t('field.tags'), value: tags.join(', ') },
      ]
  const facts = [
    { name: t('field.person'), value: beneficiaryName },
    { name: t('field.size'), value: formatBytes(size) },
    { name: t('field.added'), value: formatMoment(createdAt) },
    { name: t('field.by'), value: uploadedByName },
    ...words,
  ].filter(({ value }) => value)
  return <Facts facts={facts.map(({ name, value }) => ({ name, value: <bdi>{value}</bdi> }))} />
}
