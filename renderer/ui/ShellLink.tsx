import { createLink } from '@tanstack/react-router'
import type { ComponentProps, ComponentType } from 'react'
import classes from './ShellLink.module.css'

interface PlaceProps extends ComponentProps<'a'> {
  icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>
}

function Place({ icon: Icon, children, className = '', ...anchor }: PlaceProps) {
  return (
    <a {...anchor} className={`${classes.place} ${className}`}>
      <Icon size={20} stroke={1.75} aria-hidden />
      {children}
    </a>
  )
}

/** One place in the side bar; the router marks the current one with `aria-current`. */
export const ShellLink = createLink(Place)
