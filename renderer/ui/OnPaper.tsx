import { Portal } from '@mantine/core'
import type { ReactNode } from 'react'

/** What the printer gets instead of the screen, for as long as it is there; `global.css` lets nothing else onto the paper. */
export function OnPaper({ children }: { children: ReactNode }) {
  return (
    <Portal>
      <div data-on-paper aria-hidden>
        {children}
      </div>
    </Portal>
  )
}
