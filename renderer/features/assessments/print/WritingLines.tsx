import classes from './print.module.css'

export function WritingLines({ count }: { count: number }) {
  return (
    <div className={classes.lines} aria-hidden>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={classes.line} />
      ))}
    </div>
  )
}
