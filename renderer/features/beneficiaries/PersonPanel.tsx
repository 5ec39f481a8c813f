import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { SidePanel } from '../../ui/SidePanel.tsx'

/** One person beside the list; closing goes back to the list, where it was. */
export function PersonPanel({ title, children }: { title: string; children: ReactNode }) {
  const navigate = useNavigate()
  return (
    <SidePanel title={title} onClose={() => void navigate({ to: '/beneficiaries', search: true })}>
      {children}
    </SidePanel>
  )
}
