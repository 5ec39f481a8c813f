import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { toastInstead } from './toast.ts'

/**
 * Says what is done and offers to take it back, for long enough to read, to think and to reach the button. `about`: what was
 * changed; where only the last change of it can be taken back, no older one is offered.
 */
export function toastUndo(message: string, undo: () => void, about?: string) {
  const id = toastInstead(about, {
    message: (
      <Group justify="space-between" wrap="nowrap">
        <span>{message}</span>
        <Button
          size="xs"
          variant="default"
          style={{ flexShrink: 0 }}
          onClick={() => {
            notifications.hide(id)
            undo()
          }}
        >
          {i18next.t('action.undo', { ns: 'common' })}
        </Button>
      </Group>
    ),
    color: 'pine',
    role: 'status',
    autoClose: 12_000,
    withCloseButton: true,
    closeButtonProps: { 'aria-label': i18next.t('action.close', { ns: 'common' }) },
  })
}
