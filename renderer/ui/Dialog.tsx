import { Modal, type ModalProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useReturnFocus } from '../lib/use-return-focus.ts'
import classes from './Dialog.module.css'

interface DialogProps extends Pick<ModalProps, 'size' | 'fullScreen' | 'centered' | 'yOffset' | 'children'> {
  isOpen: boolean
  title: string
  onClose: () => void
}

/** A window within the window; Escape and the cross leave it, and the focus goes back to what opened it. */
export function Dialog({ isOpen, ...props }: DialogProps) {
  const { t } = useTranslation()
  // One that leaves the page while it is open has no moment left to do this itself.
  useReturnFocus(isOpen)
  return (
    <Modal
      {...props}
      opened={isOpen}
      classNames={{ title: classes.title }}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    />
  )
}
