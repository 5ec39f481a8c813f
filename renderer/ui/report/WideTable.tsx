import { ScrollArea } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './report.module.css'

const parts = { root: classes.scroll, viewport: classes.scrolled }

/** A table that is pushed sideways where there is no room for it; the keyboard reaches what is out of sight. */
export function WideTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ScrollArea type="auto" classNames={parts} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}>
      <table className={classes.table}>{children}</table>
    </ScrollArea>
  )
}
