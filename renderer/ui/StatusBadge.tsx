import type { ReactNode } from 'react'
import classes from './StatusBadge.module.css'

export type Tone = 'good' | 'waiting' | 'neutral' | 'bad' | 'busy'

/** A state in a word; the dot repeats it for the eye, the word says it to everybody. */
export function StatusBadge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      {children}
    </span>
  )
}
