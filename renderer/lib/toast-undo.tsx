import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'

/** Says what is done and offers to take it back, for long enough to read, to think and to reach the button. */
export function toastUndo(message: string, undo: () => void) {
  const id = notifications.show({
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
