import { Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './today.module.css'

interface PartProps {
  title: string
  note?: string
  /** The way to all of it. */
  action?: ReactNode
  children: ReactNode
}

/** One of the things that the day is made of. */
export function Part({ title, note, action, children }: PartProps) {
  const id = useId()
  return (
    <section className={classes.part} aria-labelledby={id}>
      <div className={classes.head}>
        <Title order={2} id={id} size="h3">
          {title}
        </Title>
        {action}
      </div>
      {note && <p className={classes.note}>{note}</p>}
      {children}
    </section>
  )
}
