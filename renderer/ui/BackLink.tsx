import { IconArrowLeft } from '@tabler/icons-react'
import { createLink } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import classes from './BackLink.module.css'

function Back({ children, ...anchor }: ComponentProps<'a'>) {
  return (
    <a {...anchor} className={classes.back}>
      <IconArrowLeft size={16} className={classes.arrow} aria-hidden />
      {children}
    </a>
  )
}

/** The way back to the list, or to the one thing, that a page belongs to. */
export const BackLink = createLink(Back)
