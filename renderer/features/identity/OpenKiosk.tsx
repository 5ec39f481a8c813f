import type { ComponentType } from 'react'

interface OpenKioskProps {
  icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>
  onLeave: () => void
}

/** Not written yet. */
export function OpenKiosk(_props: OpenKioskProps) {
  return null
}
