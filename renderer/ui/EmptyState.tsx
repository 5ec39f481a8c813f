import { Text, Title } from '@mantine/core'
import type { ComponentType, ReactNode } from 'react'
import classes from './EmptyState.module.css'

interface EmptyStateProps {
  icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>
  title: string
  /** What will be here, or why nothing was found. */
  children?: ReactNode
  /** 1 where this is all there is on the page. */
  titleOrder?: 1 | 2
  /** The way out: usually one button. */
  action?: ReactNode
}

/** What a list says when there is nothing in it, and what a page says when it cannot be shown. */
export function EmptyState({ icon: Icon, title, titleOrder = 2, children, action }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <span className={classes.icon}>
        <Icon size={28} stroke={1.5} aria-hidden />
      </span>
      <Title order={titleOrder} size="h2" tabIndex={-1}>
        {title}
      </Title>
      {children && (
        <Text component="div" className={classes.words}>
          {children}
        </Text>
      )}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  )
}
