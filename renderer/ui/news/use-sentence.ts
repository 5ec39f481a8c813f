import { useTranslation } from 'react-i18next'
import type { Told } from '../../../shared/contract/notifications.ts'
import { formatMoment } from '../../lib/format.ts'

/** What a notification says, in the language of whoever reads it now. */
export function useSentence() {
  const { t } = useTranslation('notifications')
  return (told: Told): string => {
    if (told.type === 'message') {
      const from = told.from ?? t('somebody')
      return told.subject ? t('told.message', { from, subject: told.subject }) : t('told.messagePlain', { from })
    }
    if (told.type === 'appointment') {
      const when = formatMoment(told.startTime)
      const { title, news } = told
      return title === null
        ? t(`told.appointment.${news}Gone`, { when })
        : t(`told.appointment.${news}`, { when, title })
    }
    if (told.type === 'security') return t('told.security')
    return t(`told.${told.type}`, { title: told.title })
  }
}
