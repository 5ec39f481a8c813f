import { initialsOf } from './initials.ts'
import classes from './PersonMark.module.css'
import { type Photo, usePhoto } from './use-photo.ts'

interface PersonMarkProps {
  name: string
  /** Pixels. */
  size?: number
  /** Initials where there is none, and until it is there. */
  photo?: Photo | null
}

/** A round mark with somebody's photo or initials, always in the same tint, so that the eye finds a known name sooner. */
export function PersonMark({ name, size = 36, photo = null }: PersonMarkProps) {
  return (
    <span
      className={classes.mark}
      data-tint={tintOf(name)}
      style={{ width: size, height: size, fontSize: size * 0.38 }}
      aria-hidden="true"
    >
      {photo ? <Face photo={photo} name={name} /> : initialsOf(name)}
    </span>
  )
}

function Face({ photo, name }: { photo: Photo; name: string }) {
  const address = usePhoto(photo)
  if (!address) return initialsOf(name)
  return <img className={classes.face} src={address} alt="" decoding="async" draggable={false} />
}

const tints = 5

function tintOf(name: string): number {
  return [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7) % tints
}
