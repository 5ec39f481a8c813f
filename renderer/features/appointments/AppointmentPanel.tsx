import { Drawer } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useReturnFocus } from '../../lib/use-return-focus.ts'
import { usePageTitle } from '../../ui/page-title.ts'
import classes from './AppointmentPanel.module.css'

/** One appointment beside the calendar; closing goes back to the calendar, where it was. */
export function AppointmentPanel({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  usePageTitle(title)
  useReturnFocus()
  return (
    <Drawer
      opened
      onClose={() => void navigate({ to: '/calendar', search: true })}
      size={580}
      padding={0}
      returnFocus={false}
      title={title}
      classNames={{ header: classes.header, body: classes.body }}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {children}
    </Drawer>
  )
}
