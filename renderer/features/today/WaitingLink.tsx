import { IconChevronRight } from '@tabler/icons-react'
import { createLink } from '@tanstack/react-router'
import type { ComponentProps, ReactNode } from 'react'
import classes from './today.module.css'

interface ItemProps extends ComponentProps<'a'> {
  note?: ReactNode
  /** Late, or in danger of being lost. */
  isUrgent?: boolean
}

function Item({ note, isUrgent = false, children, ...anchor }: ItemProps) {
  return (
    <li>
      <a {...anchor} className={classes.item} data-urgent={isUrgent || undefined}>
        <span className={classes.words}>
          <span className={classes.name}>{children}</span>
          {note && <span className={classes.note}>{note}</span>}
        </span>
        <IconChevronRight size={18} className={classes.arrow} aria-hidden />
      </a>
    </li>
  )
}

/** One thing to do; following it leads to where it is done. */
export const WaitingLink = createLink(Item)
