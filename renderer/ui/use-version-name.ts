import { useTranslation } from 'react-i18next'
import type { ConsentText } from '../../shared/contract/privacy.ts'
import { formatMoment } from '../lib/format.ts'

/** What a version of a consent text is called; of two that two machines gave one number, each with its time. */
export function useVersionName() {
  const { t } = useTranslation('privacy')
  return ({ version, hasTwin, writtenAt }: Pick<ConsentText, 'version' | 'hasTwin' | 'writtenAt'>): string =>
    hasTwin ? t('consent.twin', { version, time: formatMoment(writtenAt) }) : t('consent.version', { version })
}
