import { ActionIcon, Button, Group, Menu, TextInput } from '@mantine/core'
import { IconDotsVertical } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListFilters, SavedList, SavedView } from '../../../shared/contract/saved-views.ts'
import { api } from '../../lib/client.ts'
import { toastProblem } from '../../lib/toast.ts'
import { toastUndo } from '../../lib/toast-undo.tsx'
import { useMutation } from '../../lib/use-mutation.ts'
import { Dialog } from '../Dialog.tsx'
import { FormProblem } from '../FormProblem.tsx'
import { Row, RowList } from '../RowList.tsx'

interface ManageViewsProps {
  list: SavedList
  /** How the list stands now. */
  filters: ListFilters
  views: SavedView[]
  isOpen: boolean
  onClose: () => void
}

/** Names, order and end of the saved views of a list. */
export function ManageViews({ filters, views, isOpen, onClose }: ManageViewsProps) {
  const { t } = useTranslation('savedViews')
  const isEmpty = views.length === 0
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('manageTitle')}>
      {isEmpty && <p>{t('none')}</p>}
      {!isEmpty && (
        <RowList>
          {views.map((view) => (
            <ViewRow key={view.id} view={view} filters={filters} />
          ))}
        </RowList>
      )}
    </Dialog>
  )
}

function ViewRow({ view, filters }: { view: SavedView; filters: ListFilters }) {
  const { t } = useTranslation('savedViews')
  const [isRenaming, setRenaming] = useState(false)
  const { update, remove } = useViewChanges(view)
  if (isRenaming) return <RenameRow view={view} onDone={() => setRenaming(false)} />
  const facts = [view.isShared ? t('forEverybody') : t('forMe'), ...(view.isFirst ? [t('isFirst')] : [])]
  return (
    <Row
      name={<bdi>{view.name}</bdi>}
      facts={[facts.join(' · ')]}
      actions={
        view.isChangeable && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="default" size={34} aria-label={t('change', { name: view.name })}>
                <IconDotsVertical size={18} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setRenaming(true)}>{t('rename')}</Menu.Item>
              <Menu.Item onClick={() => update.mutate({ id: view.id, isFirst: !view.isFirst })}>
                {t(view.isFirst ? 'notFirst' : 'makeFirst')}
              </Menu.Item>
              <Menu.Item
                disabled={Object.keys(filters).length === 0}
                onClick={() => update.mutate({ id: view.id, filters })}
              >
                {t('overwrite')}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item color="brick" onClick={() => remove.mutate({ id: view.id })}>
                {t('delete')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )
      }
    />
  )
}

function RenameRow({ view, onDone }: { view: SavedView; onDone: () => void }) {
  const { t } = useTranslation(['savedViews', 'common'])
  const [name, setName] = useState(view.name)
  const { update } = useViewChanges(view)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') update.mutate({ id: view.id, name }, { onSuccess: onDone })
  }
  return (
    <li>
      <form noValidate onSubmit={submit}>
        <Group gap="xs" p="sm" align="flex-end">
          <TextInput
            flex={1}
            miw={160}
            dir="auto"
            maxLength={60}
            label={t('name')}
            value={name}
            autoFocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Group gap="xs">
            <Button variant="default" onClick={onDone}>
              {t('common:action.cancel')}
            </Button>
            <Button type="submit" loading={update.isPending} disabled={name.trim() === ''}>
              {t('saveButton')}
            </Button>
          </Group>
        </Group>
        <FormProblem error={update.error} />
      </form>
    </li>
  )
}

function useViewChanges({ list, name, filters, isShared, isFirst }: SavedView) {
  const { t } = useTranslation('savedViews')
  const queryClient = useQueryClient()
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: api.savedViews.key() })
  const save = useMutation(api.savedViews.save.mutationOptions({ onSuccess, onError: toastProblem }))
  const update = useMutation(api.savedViews.update.mutationOptions({ onSuccess, onError: toastProblem }))
  const bringBack = () => save.mutate({ list, name, filters, isShared, isFirst })
  const remove = useMutation(
    api.savedViews.remove.mutationOptions({
      onSuccess: () => onSuccess().then(() => toastUndo(t('deleted', { name }), bringBack)),
      onError: toastProblem,
    }),
  )
  return { update, remove }
}
