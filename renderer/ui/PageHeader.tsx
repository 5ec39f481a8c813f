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
  /** Before the title, such as the photo of whom the page is about. */
  mark?: ReactNode
  /** What can be done here; the most important last. */
  actions?: ReactNode
}

/** The heading of a page; it also names the window and takes the focus after a move to this page. */
export function PageHeader({ title, note, back, mark, actions }: PageHeaderProps) {
  usePageTitle(title)
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        {back}
        <div className={classes.named}>
          {mark}
          <div>
            <Title order={1} tabIndex={-1}>
              {title}
            </Title>
            {note && (
              <Text component="div" className={classes.note}>
                {note}
              </Text>
            )}
          </div>
        </div>
      </div>
      {actions && <Group gap="sm">{actions}</Group>}
    </header>
  )
}
