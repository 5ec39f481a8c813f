import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
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
  return (
    <Modal.Root opened={isOpen} onClose={onClose} centered size="lg">
      <Modal.Overlay backgroundOpacity={0.5} />
      <Modal.Content radius="xl">
        <Modal.Body className={classes.body}>
          <Modal.Title className={classes.title}>{title}</Modal.Title>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
