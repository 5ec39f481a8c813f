import { Paper, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './Section.module.css'

interface SectionProps {
  title: string
  note?: ReactNode
  children: ReactNode
}

/** A part of a page under its own heading. */
export function Section({ title, note, children }: SectionProps) {
  return (
    <Paper component="section" className={classes.section}>
      <div className={classes.words}>
        <Title order={2}>{title}</Title>
        {note && (
          <Text size="sm" c="dimmed" mt={4}>
            {note}
          </Text>
        )}
      </div>
      <div className={classes.content}>{children}</div>
    </Paper>
  )
}
