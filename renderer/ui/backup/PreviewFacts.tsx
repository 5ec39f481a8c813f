import { useTranslation } from 'react-i18next'
import type { BackupPreview } from '../../../shared/contract/backups.ts'
import { formatMoment, formatNumber } from '../../lib/format.ts'
import { Facts } from '../Facts.tsx'

/** What is in a backup, once its key has opened it. */
export function PreviewFacts({ preview }: { preview: BackupPreview }) {
  const { t } = useTranslation('backups')
  const facts = [
    { name: t('preview.centre'), value: <bdi>{preview.organizations.join(', ')}</bdi> },
    { name: t('preview.madeAt'), value: formatMoment(preview.madeAt) },
    { name: t('preview.people'), value: formatNumber(preview.people) },
    { name: t('preview.assessments'), value: formatNumber(preview.assessments) },
    { name: t('preview.answers'), value: formatNumber(preview.answers) },
    ...(preview.lastActivityAt
      ? [{ name: t('preview.lastActivity'), value: formatMoment(preview.lastActivityAt) }]
      : []),
  ]
  return <Facts facts={facts} />
}
