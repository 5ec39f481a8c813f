import { useEffect, useEffectEvent } from 'react'
import { cardPrefix } from '../../../../shared/contract/kiosk.ts'

/** A scanner that pretends to be a keyboard writes faster than anybody types. */
const slowestKeyMs = 80

/** Calls `onCard` with what a scanner writes, wherever the focus is; it begins with the prefix and ends with Enter. */
export function useCardScanner(onCard: (code: string) => void) {
  const report = useEffectEvent(onCard)
  useEffect(() => {
    let text = ''
    let lastKey = 0
    const listen = (event: KeyboardEvent) => {
      if (event.timeStamp - lastKey > slowestKeyMs) text = ''
      lastKey = event.timeStamp
      if (event.key.length === 1) text += event.key
      if (event.key !== 'Enter') return
      const start = text.toUpperCase().lastIndexOf(cardPrefix)
      if (start === -1) return
      event.preventDefault()
      event.stopPropagation()
      report(text.slice(start))
      text = ''
    }
    window.addEventListener('keydown', listen, { capture: true })
    return () => window.removeEventListener('keydown', listen, { capture: true })
  }, [])
}
