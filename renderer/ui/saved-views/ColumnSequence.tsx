import { ActionIcon, Group, List } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../Dialog.tsx'
import { inSequence, moved } from '../order.ts'

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
      <List
        listStyleType="none"
        spacing="xs"
        py={4}
        styles={{ itemWrapper: { width: '100%' }, itemLabel: { width: '100%' } }}
      >
        {ordered.map(({ id, header }, place) => (
          <List.Item key={id}>
            <Group justify="space-between" wrap="nowrap">
              {header}
              <Group gap="xs" wrap="nowrap">
                <Move label={t('earlier', { name: header })} isAtEnd={place === 0} onClick={() => move(id, -1)}>
                  <IconArrowUp size={18} aria-hidden />
                </Move>
                <Move
                  label={t('later', { name: header })}
                  isAtEnd={place === ordered.length - 1}
                  onClick={() => move(id, 1)}
                >
                  <IconArrowDown size={18} aria-hidden />
                </Move>
              </Group>
            </Group>
          </List.Item>
        ))}
      </List>
    </Dialog>
  )
}

interface MoveProps {
  label: string
  isAtEnd: boolean
  onClick: () => void
  children: ReactNode
}

/** Stays in the way of the tab key at the end, so that the focus is not lost on the way there. */
function Move({ label, isAtEnd, ...props }: MoveProps) {
  return (
    <ActionIcon
      variant="default"
      size={34}
      aria-label={label}
      aria-disabled={isAtEnd}
      data-disabled={isAtEnd || undefined}
      {...props}
    />
  )
}
