import { Portal } from '@mantine/core'
import { type ReactNode, useEffect, useEffectEvent } from 'react'

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

interface PrintsItselfProps {
  children: ReactNode
  /** Printed, or given up. */
  onDone: () => void
}

/** The same, printed as soon as it is there. */
export function PrintsItself({ children, onDone }: PrintsItselfProps) {
  return (
    <OnPaper>
      {children}
      <Print onDone={onDone} />
    </OnPaper>
  )
}

/** Inside of the portal, whose contents are there only after what is around it. */
function Print({ onDone }: Pick<PrintsItselfProps, 'onDone'>) {
  const print = useEffectEvent(() => {
    window.print()
    onDone()
  })
  useEffect(() => print(), [])
  return null
}
