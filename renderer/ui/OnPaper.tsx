import { Portal } from '@mantine/core'
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { flushSync } from 'react-dom'

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

interface PrintKeyProps {
  /** As the button of the screen prints. */
  onPrint: () => void
  children: ReactNode
}

/** Ctrl+P prints as the button does. The print of a menu waits for nothing: it gets `children`, made of what is there already. */
export function PrintKey({ onPrint, children }: PrintKeyProps) {
  const [isAtOnce, setAtOnce] = useState(false)
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!isPrintKey(event)) return
    event.preventDefault()
    onPrint()
  })
  useEffect(() => {
    const before = () => {
      if (!document.querySelector('[data-on-paper]')) flushSync(() => setAtOnce(true))
    }
    const after = () => setAtOnce(false)
    const listening = new AbortController()
    const { signal } = listening
    window.addEventListener('keydown', (event) => press(event), { signal })
    window.addEventListener('beforeprint', before, { signal })
    window.addEventListener('afterprint', after, { signal })
    return () => listening.abort()
  }, [])
  return isAtOnce && <OnPaper>{children}</OnPaper>
}

/** The key counts where the letters of the keyboard are none of these. */
function isPrintKey({ ctrlKey, metaKey, altKey, shiftKey, key, code }: KeyboardEvent): boolean {
  const isLetter = key.toLowerCase() === 'p' || (code === 'KeyP' && !/^[a-z]$/i.test(key))
  return isLetter && ctrlKey !== metaKey && !altKey && !shiftKey
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
