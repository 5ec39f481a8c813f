import { useTranslation } from 'react-i18next'
import type { EndingShare } from '../../../shared/contract/today.ts'
import { formatMoment } from '../../lib/format.ts'
import { WaitingLink } from './WaitingLink.tsx'

/** Documents that somebody can open for a few days more, so that it is longer where that is wanted. */
export function EndingShares({ shares }: { shares: EndingShare[] }) {
  const { t } = useTranslation('today')
  return shares.map(({ shareId, documentId, filename, withName, endsAt }) => {
    const when = formatMoment(endsAt)
    return (
      <WaitingLink
        key={shareId}
        to="/documents/$id"
        params={{ id: documentId }}
        note={
          withName === null
            ? t('waiting.shareWithMe', { when })
            : t('waiting.shareWithOther', { when, name: `\u2068${withName}\u2069` })
        }
      >
        <bdi>{filename}</bdi>
      </WaitingLink>
    )
  })
}
