import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { noPanel } from './row-key.ts'

/** One appointment beside the calendar; closing goes back to the calendar, where it was. */
export function AppointmentPanel({ title, children }: { title: string; children: ReactNode }) {
  const navigate = useNavigate()
  return (
    <SidePanel
      title={title}
      onClose={() => void navigate({ to: '/calendar', search: (before) => ({ ...before, ...noPanel }) })}
    >
      {children}
    </SidePanel>
  )
}
