import { ActionIcon, Group } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../Dialog.tsx'
import { inSequence, moved } from '../order.ts'
import { Row, RowList } from '../RowList.tsx'

interface ColumnSequenceProps {
  /** Those that can be moved. */
  columns: readonly { id: string; header: string }[]
  sequence: readonly string[]
  onChange: (sequence: string[]) => void
  isOpen: boolean
  onClose: () => void
}

/** Which column comes before which; the list behind it follows at once. */
export function ColumnSequence({ columns, sequence, onChange, isOpen, onClose }: ColumnSequenceProps) {
  const { t } = useTranslation('savedViews')
  const ordered = inSequence(columns, sequence)
  const ids = ordered.map(({ id }) => id)
  const own = columns.map(({ id }) => id)
  const move = (id: string, by: -1 | 1) => {
    const next = moved(ids, id, by)
    onChange(next.join() === own.join() ? [] : next)
  }
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('sequenceTitle')}>
      <RowList>
        {ordered.map(({ id, header }, place) => (
          <Row
            key={id}
            name={header}
            facts={[]}
            actions={
              <Group gap="xs" wrap="nowrap">
                <ActionIcon
                  variant="default"
                  size={34}
                  aria-label={t('earlier', { name: header })}
                  disabled={place === 0}
                  onClick={() => move(id, -1)}
                >
                  <IconArrowUp size={18} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="default"
                  size={34}
                  aria-label={t('later', { name: header })}
                  disabled={place === ordered.length - 1}
                  onClick={() => move(id, 1)}
                >
                  <IconArrowDown size={18} aria-hidden />
                </ActionIcon>
              </Group>
            }
          />
        ))}
      </RowList>
    </Dialog>
  )
}
