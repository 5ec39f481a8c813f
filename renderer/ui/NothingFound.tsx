import { Button } from '@mantine/core'
import { IconSearchOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { EmptyState } from './EmptyState.tsx'

interface NothingFoundProps {
  title: string
  /** What the button says that takes all filters away. */
  clear: string
  onClear: () => void
  children: ReactNode
}

/** In the place of a list of which the filters leave nothing. */
export function NothingFound({ title, clear, onClear, children }: NothingFoundProps) {
  return (
    <EmptyState
      icon={IconSearchOff}
      title={title}
      action={
        <Button variant="default" onClick={onClear}>
          {clear}
        </Button>
      }
    >
      {children}
    </EmptyState>
  )
}
