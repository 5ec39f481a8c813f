import { useEffect, useState } from 'react'
import { refusalOf } from '../../lib/refusal.ts'

/** Seconds until the next try, counted down; 0 when nothing has to be waited for. */
export function useWait(error: unknown): number {
  const [now, setNow] = useState(() => performance.now())
  const [wait, setWait] = useState<{ error: unknown; until: number }>({ error: null, until: 0 })
  if (wait.error !== error) setWait({ error, until: performance.now() + secondsOf(error) * 1000 })
  const left = Math.max(0, Math.ceil((wait.until - now) / 1000))

  useEffect(() => {
    setNow(performance.now())
    if (secondsOf(error) === 0) return
    const timer = setInterval(() => setNow(performance.now()), 250)
    return () => clearInterval(timer)
  }, [error])
  return secondsOf(error) === 0 ? 0 : Math.min(left, secondsOf(error))
}

function secondsOf(error: unknown): number {
  const refusal = refusalOf(error)
  return refusal?.key === 'identity.wait' ? Number(refusal.params.seconds) : 0
}
