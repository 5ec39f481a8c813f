import { type ReactNode, useRef, useState } from 'react'
import { LeaveDialog, UnsavedGuard } from '../lib/UnsavedGuard.tsx'
import { Dialog } from './Dialog.tsx'

interface FormDialogProps {
  isOpen: boolean
  title: string
  size?: string
  onClose: () => void
  children: (form: DialogForm) => ReactNode
}

export interface DialogForm {
  onDirty: (isDirty: boolean) => void
  /** Closes without a question, as after saving. */
  onDone: () => void
}

/** A dialog with a form that asks before what was entered is lost. */
export function FormDialog({ onClose, children, ...props }: FormDialogProps) {
  const isDirty = useRef(false)
  const [isAsking, setAsking] = useState(false)
  const [onDirty] = useState(() => (next: boolean) => {
    isDirty.current = next
  })
  const close = () => {
    isDirty.current = false
    setAsking(false)
    onClose()
  }
  const leave = () => {
    // The Escape that answers the question is heard here as well.
    if (isAsking) return
    if (isDirty.current) setAsking(true)
    else close()
  }
  return (
    <>
      <Dialog {...props} onClose={leave}>
        {children({ onDirty, onDone: close })}
      </Dialog>
      <LeaveDialog isOpen={isAsking} onLeave={close} onStay={() => setAsking(false)} />
      <UnsavedGuard isDirty={() => isDirty.current} />
    </>
  )
}
