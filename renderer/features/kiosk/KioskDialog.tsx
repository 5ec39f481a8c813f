import { Modal } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './KioskDialog.module.css'

interface KioskDialogProps {
  isOpen: boolean
  title: string
  /** Escape and a touch beside it call this too. */
  onClose: () => void
  children: ReactNode
}

/** A dialog in the learners' size, with its title inside the content instead of in a second page header. */
export function KioskDialog({ isOpen, title, onClose, children }: KioskDialogProps) {
  const titleId = useId()
  return (
    <Modal.Root opened={isOpen} onClose={onClose} centered size="lg">
      <Modal.Overlay backgroundOpacity={0.5} />
      <Modal.Content radius="xl" aria-labelledby={titleId}>
        <Modal.Body className={classes.body}>
          <h2 id={titleId} className={classes.title}>
            {title}
          </h2>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
