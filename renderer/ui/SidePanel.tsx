import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useReturnFocus } from '../lib/use-return-focus.ts'
import { usePageTitle } from './page-title.ts'
import classes from './SidePanel.module.css'

interface SidePanelProps {
  title: string
  onClose: () => void
  children: ReactNode
}

/** One thing, with an address of its own, beside the list that it is from. */
export function SidePanel({ title, onClose, children }: SidePanelProps) {
  const { t } = useTranslation()
  usePageTitle(title)
  useReturnFocus()
  return (
    <Drawer
      opened
      onClose={onClose}
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
