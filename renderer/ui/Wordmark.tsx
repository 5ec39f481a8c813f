import classes from './Wordmark.module.css'

/** The open book of the centre and its three letters, which are the same in every language. */
export function Wordmark({ className = '' }: { className?: string }) {
  return (
    <span className={`${classes.wordmark} ${className}`} dir="ltr">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" className={classes.mark}>
        <rect width="32" height="32" rx="9" />
        <path
          className={classes.book}
          d="M8 22.5c3.2-1.9 5.6-1.9 8 0 2.4-1.9 4.8-1.9 8 0V11c-3.2-1.9-5.6-1.9-8 0-2.4-1.9-4.8-1.9-8 0z"
        />
        <path className={classes.spine} d="M16 11v11.5" />
      </svg>
      BDC
    </span>
  )
}
