import { useEffect, useRef } from 'react'

/** When the component that uses this goes away, the focus goes back to what had it before; not if it came closed. */
export function useReturnFocus(isOpen = true) {
  const opener = useRef(isOpen ? document.activeElement : null)
  useEffect(() => {
    const { current: element } = opener
    return () => {
      if (element instanceof HTMLElement && element.isConnected) element.focus()
    }
  }, [])
}
