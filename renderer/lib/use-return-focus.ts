import { useEffect, useRef } from 'react'

/** When the component that uses this goes away, the focus goes back to what had it before. */
export function useReturnFocus() {
  const opener = useRef(document.activeElement)
  useEffect(() => {
    const { current: element } = opener
    return () => {
      if (element instanceof HTMLElement && element.isConnected) element.focus()
    }
  }, [])
}
