import { IconAccessPoint } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { Banner } from '../../ui/Banner.tsx'

/** Says on every other screen that devices can reach this computer, and how many do. Renders nothing while the room is closed. */
export function RoomBanner() {
  const { t } = useTranslation('classroom')
  const room = useQuery(api.classroom.current.queryOptions({ refetchInterval: 10_000 }))
  const isThere = useLocation({ select: ({ pathname }) => pathname === '/classroom' })
  if (!room.data || isThere) return null
  return (
    <Banner tone="room">
      <IconAccessPoint size={18} aria-hidden />
      <Link to="/classroom">{t('nav.on')}</Link>
      <span>{t('nav.devices', { count: room.data.deviceCount })}</span>
    </Banner>
  )
}
