import { useMergedRef } from '@mantine/hooks'
import { createLink } from '@tanstack/react-router'
import { type ComponentProps, type ComponentType, type ReactNode, useEffect, useId, useRef } from 'react'
import classes from './ShellLink.module.css'

interface HasIcon {
  icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>
}

function Place({ icon: Icon, children, className = '', ref, ...anchor }: ComponentProps<'a'> & HasIcon) {
  const own = useRef<HTMLAnchorElement>(null)
  const isCurrent = Boolean(anchor['aria-current'])
  // Whoever comes by the search or by an address sees where they are, also where not all places have room.
  useEffect(() => {
    if (isCurrent) own.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  return (
    <a {...anchor} ref={useMergedRef(own, ref)} className={`${classes.place} ${className}`}>
      <Icon size={20} stroke={1.75} aria-hidden />
      {children}
    </a>
  )
}

/** One place in the side bar; the router marks the current one with `aria-current`. */
export const ShellLink = createLink(Place)

interface ShellButtonProps extends HasIcon {
  children: ReactNode
  onClick: () => void
}

/** Something to do, among the places. */
export function ShellButton({ icon: Icon, children, onClick }: ShellButtonProps) {
  return (
    <button type="button" className={classes.place} onClick={onClick}>
      <Icon size={20} stroke={1.75} aria-hidden />
      {children}
    </button>
  )
}

/** Places that belong together, under a word for them. */
export function ShellGroup({ label, children }: { label: string; children: ReactNode }) {
  const id = useId()
  return (
    <div role="group" aria-labelledby={id} className={classes.group}>
      <span id={id} className={classes.groupName}>
        {label}
      </span>
      {children}
    </div>
  )
}
