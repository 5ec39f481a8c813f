import { useReducedMotion } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { type Moment, momentAt } from './moments.ts'

export const speeds = [1, 10, 60] as const
export type Speed = (typeof speeds)[number]

/** Often enough to look steady, seldom enough to cost nothing. */
const tickMs = 100

export interface Player {
  /** Milliseconds of exam time. */
  time: number
  /** The last moment that has happened; -1 before the first. */
  last: number
  isPlaying: boolean
  /** Whoever wants no motion goes from moment to moment instead. */
  mayPlay: boolean
  speed: Speed
  setSpeed: (speed: Speed) => void
  toggle: () => void
  /** To a place in time, or exactly behind a moment: several may share their time. */
  goTo: (time: number) => void
  goToMoment: (index: number) => void
}

/** Goes through an attempt of this length at a speed of choice; any step by hand stops it. */
export function usePlayer(moments: readonly Moment[], lengthMs: number): Player {
  const mayPlay = !useReducedMotion()
  const [place, setPlace] = useState(() => ({ time: 0, last: momentAt(moments, 0) }))
  const [wantsToPlay, setPlaying] = useState(false)
  const [speed, setSpeed] = useState<Speed>(10)
  const isPlaying = mayPlay && wantsToPlay && place.time < lengthMs

  useEffect(() => {
    if (!isPlaying) return
    const timer = setInterval(() => {
      setPlace((before) => {
        const time = Math.min(lengthMs, before.time + tickMs * speed)
        return { time, last: Math.max(before.last, momentAt(moments, time)) }
      })
    }, tickMs)
    return () => clearInterval(timer)
  }, [isPlaying, speed, moments, lengthMs])

  const stopAt = (next: typeof place) => {
    setPlaying(false)
    setPlace(next)
  }
  return {
    ...place,
    isPlaying,
    mayPlay,
    speed,
    setSpeed,
    toggle: () => {
      if (place.time >= lengthMs) setPlace({ time: 0, last: momentAt(moments, 0) })
      setPlaying(!isPlaying)
    },
    goTo: (time) => stopAt({ time, last: momentAt(moments, time) }),
    goToMoment: (index) => stopAt({ time: moments[index]?.usedMs ?? 0, last: index }),
  }
}
