import { Button, Loader, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { desktopShell } from '../../../lib/shell.ts'
import { KioskFrame } from '../KioskFrame.tsx'
import kiosk from '../kiosk.module.css'
import { HomeMark } from './HomeMark.tsx'
import { LeaveKiosk } from './LeaveKiosk.tsx'

/** What stands behind the page of another machine's room, and in its place while that machine does not answer. */
export function RoomOr({ fallback }: { fallback: ReactNode }) {
  const { t } = useTranslation('entry')
  const shell = desktopShell()
  const room = useQuery({
    queryKey: ['shell', 'room'],
    queryFn: async () => (await shell?.room())?.view ?? 'none',
    enabled: shell !== undefined,
    refetchInterval: 1_000,
    networkMode: 'always',
  })
  if (!shell || (room.data ?? 'none') === 'none') return fallback
  return (
    <KioskFrame start={<HomeMark />} end={<LeaveKiosk />}>
      <div className={`${kiosk.page} ${kiosk.waiting}`}>
        <Stack align="center" gap="lg" ta="center">
          <Loader size="lg" />
          <Title order={1} tabIndex={-1}>
            {t('room.looking')}
          </Title>
          <Text role="status">{t('room.lookingText')}</Text>
          <Button size="lg" variant="default" onClick={() => void shell.room('leave').then(() => room.refetch())}>
            {t('room.leave')}
          </Button>
        </Stack>
      </div>
    </KioskFrame>
  )
}
