import { useEffect, useState } from 'react'
import { refusalOf } from '../../lib/refusal.ts'

/** Seconds until the next try, counted down; 0 when nothing has to be waited for. */
export function useWait(error: unknown): number {
  const seconds = secondsOf(error)
  const [left, setLeft] = useState<{ error: unknown; seconds: number }>({ error: null, seconds: 0 })
  useEffect(() => {
    if (seconds === 0) return
    const until = performance.now() + seconds * 1000
    const tick = () => setLeft({ error, seconds: Math.max(0, Math.ceil((until - performance.now()) / 1000)) })
    const timer = setInterval(tick, 250)
    return () => clearInterval(timer)
  }, [error, seconds])
  return left.error === error ? left.seconds : seconds
}

function secondsOf(error: unknown): number {
  const refusal = refusalOf(error)
  return refusal?.key === 'identity.wait' ? Number(refusal.params.seconds) : 0
}
