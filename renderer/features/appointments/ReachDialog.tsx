import { Button, Group, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type SeriesReach, seriesReaches } from '../../../shared/contract/appointments.ts'
import { Dialog } from '../../ui/Dialog.tsx'

interface ReachDialogProps {
  /** What is asked; undefined while nothing is. */
  question: string | undefined
  /** What of it makes sense. */
  offered?: readonly SeriesReach[] | undefined
  onChoose: (reach: SeriesReach) => void
  onCancel: () => void
}

/** How far a change of one of a series goes. */
export function ReachDialog({ question, offered = seriesReaches, onChoose, onCancel }: ReachDialogProps) {
  const { t } = useTranslation('appointments')
  const { t: common } = useTranslation('common')
  return (
    <Dialog isOpen={question !== undefined} title={question ?? ''} onClose={onCancel}>
      <Stack gap="sm">
        {offered.map((reach, index) => (
          <Button
            key={reach}
            variant="default"
            justify="flex-start"
            data-autofocus={index === 0 || undefined}
            onClick={() => onChoose(reach)}
          >
            {t(`reach.${reach}`)}
          </Button>
        ))}
      </Stack>
      <Group justify="flex-end" mt="xl">
        <Button variant="subtle" onClick={onCancel}>
          {common('action.cancel')}
        </Button>
      </Group>
    </Dialog>
  )
}
