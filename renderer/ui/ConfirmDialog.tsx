import { Button, Group, Modal, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useReturnFocus } from '../lib/use-return-focus.ts'
import { FormProblem } from './FormProblem.tsx'

interface ConfirmDialogProps {
  isOpen: boolean
  /** A question that names the object: "Deactivate Amina Haddad?" */
  title: string
  /** What happens then, and whether it can be undone. */
  children: ReactNode
  /** The verb of the title, never "OK". */
  confirmLabel: string
  /** What the way back is called; "Cancel" unless told. */
  cancelLabel?: string
  isDangerous?: boolean
  isBusy?: boolean
  /** Why the core refused. */
  error?: unknown
  onConfirm: () => void
  onCancel: () => void
}

/** Asks before something that cannot be taken back lightly; the way back has the focus, so Enter changes nothing. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  // Only an open one listens to the keyboard: the Escape that leads to the question must not answer it as well.
  return props.isOpen ? <OpenDialog {...props} /> : null
}

function OpenDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation()
  useReturnFocus()
  return (
    <Modal
      opened
      onClose={props.onCancel}
      returnFocus={false}
      title={props.title}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Text component="div">{props.children}</Text>
      {props.error ? (
        <div style={{ marginBlockStart: '1rem' }}>
          <FormProblem error={props.error} />
        </div>
      ) : null}
      <Group justify="flex-end" gap="sm" mt="xl">
        <Button variant="default" data-autofocus onClick={props.onCancel}>
          {props.cancelLabel ?? t('action.cancel')}
        </Button>
        <Button
          {...(props.isDangerous && { color: 'brick' })}
          loading={props.isBusy ?? false}
          onClick={props.onConfirm}
        >
          {props.confirmLabel}
        </Button>
      </Group>
    </Modal>
  )
}
