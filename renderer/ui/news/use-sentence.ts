import { useTranslation } from 'react-i18next'
import type { Told } from '../../../shared/contract/notifications.ts'
import { formatMoment } from '../../lib/format.ts'

/** A word in another script keeps its own direction in the sentence (Unicode, UAX #9: first strong isolate). */
const apart = (text: string) => `\u2068${text}\u2069`

/** What a notification says, in the language of whoever reads it now. */
export function useSentence() {
  const { t } = useTranslation('notifications')
  return (told: Told): string => {
    if (told.type === 'message') {
      const from = apart(told.from ?? t('somebody'))
      return told.subject ? t('told.message', { from, subject: apart(told.subject) }) : t('told.messagePlain', { from })
    }
    if (told.type === 'appointment') {
      const when = formatMoment(told.startTime)
      const { title, news } = told
      return title === null
        ? t(`told.appointment.${news}Gone`, { when })
        : t(`told.appointment.${news}`, { when, title: apart(title) })
    }
    if (told.type === 'share' || told.type === 'opened') {
      const from = apart(told.from ?? t('somebody'))
      return told.filename === null
        ? t(`told.${told.type}Gone`, { from })
        : t(`told.${told.type}`, { from, name: apart(told.filename) })
    }
    if (told.type === 'handover') {
      const from = apart(told.from ?? t('somebody'))
      return told.name === null
        ? t(`told.handover.${told.news}Gone`, { from })
        : t(`told.handover.${told.news}`, { from, name: apart(told.name) })
    }
    if (told.type === 'crossing') {
      return told.name === null
        ? t(`told.crossing.${told.news}Gone`)
        : t(`told.crossing.${told.news}`, { name: apart(told.name) })
    }
    if (told.type === 'security') return t('told.security')
    return t(`told.${told.type}`, { title: apart(told.title) })
  }
}
