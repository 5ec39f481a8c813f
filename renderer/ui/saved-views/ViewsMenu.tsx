import { Button, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import {
  IconArrowsSort,
  IconBookmark,
  IconCheck,
  IconChevronDown,
  IconPlus,
  IconSettings,
  IconStarFilled,
} from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListFilters, SavedList, SavedView } from '../../../shared/contract/saved-views.ts'
import { filtersIn } from '../../lib/list-searches.ts'
import { inSequence } from '../order.ts'
import { ColumnSequence } from './ColumnSequence.tsx'
import { ManageViews } from './ManageViews.tsx'
import { SaveView } from './SaveView.tsx'
import { useListView } from './use-list-view.ts'

interface ViewsMenuProps {
  list: SavedList
  /** Those of the list; the first one always stays. */
  columns?: readonly { id: string; header: string }[]
}

/** The ways in which somebody looks at a list: chosen, saved, and with more or fewer columns. */
export function ViewsMenu({ list, columns = [] }: ViewsMenuProps) {
  const { t } = useTranslation('savedViews')
  const { filters, views, current, show } = useListView(list)
  const [isSaving, saving] = useDisclosure(false)
  const [isManaging, managing] = useDisclosure(false)
  const [isMoving, moving] = useDisclosure(false)
  const movable = columns.slice(1)
  const opener = useRef<HTMLButtonElement>(null)
  // The item of the menu that had the focus is gone.
  const leave = (close: () => void) => () => {
    close()
    opener.current?.focus()
  }
  const isPlain = Object.keys(filters).length === 0
  const own = views.filter(({ isShared }) => !isShared)
  const shared = views.filter(({ isShared }) => isShared)
  const choose = (view: SavedView) => show(filtersIn(list, view.filters))
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            ref={opener}
            variant="default"
            maw={220}
            leftSection={<IconBookmark size={18} aria-hidden />}
            rightSection={<IconChevronDown size={16} aria-hidden />}
          >
            {current ? <bdi>{current.name}</bdi> : t('views')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown maw={360} mah="70dvh" style={{ overflowY: 'auto' }}>
          <Menu.Item leftSection={<Mark isThere={isPlain} />} onClick={() => show({})}>
            {t('everything')}
          </Menu.Item>
          <Group label={t('own')} views={own} current={current} onChoose={choose} />
          <Group label={t('shared')} views={shared} current={current} onChoose={choose} />
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconPlus size={18} aria-hidden />}
            disabled={isPlain || current !== undefined}
            onClick={saving.open}
          >
            {t('save')}
          </Menu.Item>
          {views.length > 0 && (
            <Menu.Item leftSection={<IconSettings size={18} aria-hidden />} onClick={managing.open}>
              {t('manage')}
            </Menu.Item>
          )}
          {movable.length > 0 && <Columns columns={movable} filters={filters} onChange={show} />}
          {movable.length > 1 && (
            <Menu.Item leftSection={<IconArrowsSort size={18} aria-hidden />} onClick={moving.open}>
              {t('sequence')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <ColumnSequence
        columns={movable}
        sequence={wordsIn(filters['sequence'])}
        onChange={(sequence) => show(changed(filters, 'sequence', sequence))}
        isOpen={isMoving}
        onClose={leave(moving.close)}
      />
      <SaveView list={list} filters={filters} isOpen={isSaving} onClose={leave(saving.close)} />
      <ManageViews list={list} filters={filters} views={views} isOpen={isManaging} onClose={leave(managing.close)} />
    </>
  )
}

interface GroupProps {
  label: string
  views: SavedView[]
  current: SavedView | undefined
  onChoose: (view: SavedView) => void
}

function Group({ label, views, current, onChoose }: GroupProps) {
  const { t } = useTranslation('savedViews')
  if (views.length === 0) return null
  return (
    <>
      <Menu.Label>{label}</Menu.Label>
      {views.map((view) => (
        <Menu.Item
          key={view.id}
          leftSection={<Mark isThere={view.id === current?.id} />}
          rightSection={view.isFirst && <IconStarFilled size={14} role="img" aria-label={t('isFirst')} />}
          onClick={() => onChoose(view)}
        >
          <bdi>{view.name}</bdi>
        </Menu.Item>
      ))}
    </>
  )
}

interface ColumnsProps {
  columns: readonly { id: string; header: string }[]
  filters: ListFilters
  onChange: (filters: ListFilters) => void
}

/** Which columns are shown where there is room for them. */
function Columns({ columns, filters, onChange }: ColumnsProps) {
  const { t } = useTranslation('savedViews')
  const hidden = wordsIn(filters['hide'])
  const shown = inSequence(columns, wordsIn(filters['sequence']))
  const toggle = (id: string) => {
    const next = hidden.includes(id) ? hidden.filter((one) => one !== id) : [...hidden, id].sort()
    onChange(changed(filters, 'hide', next))
  }
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t('columns')}</Menu.Label>
      {shown.map(({ id, header }) => (
        <Menu.CheckboxItem
          key={id}
          closeMenuOnClick={false}
          checkIcon={<IconCheck size={18} aria-hidden />}
          checked={!hidden.includes(id)}
          onChange={() => toggle(id)}
        >
          {header}
        </Menu.CheckboxItem>
      ))}
    </>
  )
}

function wordsIn(value: ListFilters[string] | undefined): string[] {
  return Array.isArray(value) ? value : []
}

/** Without the part where it says nothing any more. */
function changed(filters: ListFilters, part: 'hide' | 'sequence', words: string[]): ListFilters {
  const { [part]: _, ...others } = filters
  return words.length > 0 ? { ...others, [part]: words } : others
}

/** Keeps its place where there is no mark. */
function Mark({ isThere }: { isThere: boolean }) {
  return <IconCheck size={18} aria-hidden style={{ visibility: isThere ? 'visible' : 'hidden' }} />
}
