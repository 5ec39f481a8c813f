import { useMe } from '../../../lib/session.ts'
import { Wordmark } from '../../../ui/Wordmark.tsx'
import classes from './HomeMark.module.css'

/** Whose screen this is: the program and the centre. */
export function HomeMark() {
  const me = useMe()
  const organization = me.kind === 'nobody' ? null : me.organization
  return (
    <>
      <Wordmark />
      {organization && (
        <span className={classes.centre} dir="auto">
          {organization.name}
        </span>
      )}
    </>
  )
}
