import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api, client } from '../../lib/client.ts'
import { refreshNews } from '../../lib/news-follow.ts'
import { isQuiet } from './quiet-hours.ts'
import { useUnread } from './use-unread.ts'

/**
 * Lets the lists follow what is new, and the operating system say so while nobody sees this window. Its note names nobody:
 * it stands on a screen that others may look at, also when that is locked.
 */
export function useNativeNotes() {
  const { t } = useTranslation('notifications')
  const queryClient = useQueryClient()
  const { isAllowed, newest, messages, notifications } = useUnread()
  const lastAt = useRef<string>(undefined)
  const state = isAllowed ? `${newest} ${messages} ${notifications}` : null
  useEffect(() => {
    if (state === null) return
    const notice = async () => {
      const { rows } = await client.notifications.list({})
      const [first] = rows
      const before = lastAt.current
      lastAt.current = first?.at ?? ''
      if (before === undefined) return
      void refreshNews(queryClient)
      if (!first || first.isRead || first.at <= before || !document.hidden) return
      const wishes = await queryClient.fetchQuery(api.notifications.preferences.queryOptions({ staleTime: 60_000 }))
      if (wishes.isNative && !isQuiet(wishes.quiet, new Date())) {
        showNote(t('native.title'), t(`native.${first.told.type}`))
      }
    }
    // What could not be asked now is asked again with the next change.
    notice().catch(() => undefined)
  }, [state, queryClient, t])
}

function showNote(title: string, body: string) {
  if (!('Notification' in window) || Notification.permission !== 'granted') return
  try {
    const note = new Notification(title, { body, tag: 'bdc' })
    note.onclick = () => window.focus()
  } catch {
    // Some browsers of phones offer the name and not the thing.
  }
}
