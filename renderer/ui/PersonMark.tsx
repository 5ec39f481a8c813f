import { initialsOf } from './initials.ts'
import classes from './PersonMark.module.css'

/** A round mark with somebody's initials, always in the same tint, so that the eye finds a known name sooner. */
export function PersonMark({ name, size = 36 }: { name: string; size?: number }) {
  return (
    <span
      className={classes.mark}
      data-tint={tintOf(name)}
      style={{ width: size, height: size, fontSize: size * 0.38 }}
      aria-hidden="true"
    >
      {initialsOf(name)}
    </span>
  )
}

const tints = 5

function tintOf(name: string): number {
  return [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7) % tints
}
