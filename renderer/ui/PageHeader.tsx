import { Group, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './PageHeader.module.css'
import { usePageTitle } from './page-title.ts'

interface PageHeaderProps {
  title: string
  /** What this page is for, or a fact about it, such as a count. */
  note?: ReactNode
  /** The way back, above the title. */
  back?: ReactNode
  /** What can be done here; the most important last. */
  actions?: ReactNode
}

/** The heading of a page; it also names the window and takes the focus after a move to this page. */
export function PageHeader({ title, note, back, actions }: PageHeaderProps) {
  usePageTitle(title)
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        {back}
        <Title order={1} tabIndex={-1}>
          {title}
        </Title>
        {note && (
          <Text component="div" className={classes.note}>
            {note}
          </Text>
        )}
      </div>
      {actions && <Group gap="sm">{actions}</Group>}
    </header>
  )
}
