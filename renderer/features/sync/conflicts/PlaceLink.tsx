import { useTranslation } from 'react-i18next'
import type { Conflict } from '../../../../shared/contract/sync.ts'
import { TextLink } from '../../../ui/TextLink.tsx'

interface PlaceLinkProps {
  place: NonNullable<Conflict['place']>
  /** What the record is called. */
  title: string
}

/** To what somebody wants to read before they decide. */
export function PlaceLink({ place: { kind, id, title: assessment }, title }: PlaceLinkProps) {
  const { t } = useTranslation('sync')
  if (kind === 'attempt')
    return (
      <TextLink
        to="/results/$attemptId"
        params={{ attemptId: id }}
        aria-label={t('conflicts.readAnswersOf', { name: title })}
      >
        {t('conflicts.readAnswers', { title: `\u2068${assessment ?? ''}\u2069` })}
      </TextLink>
    )
  return (
    <TextLink to="/beneficiaries/$id/file" params={{ id }} aria-label={t('conflicts.openFileOf', { name: title })}>
      {t('conflicts.openFile')}
    </TextLink>
  )
}
