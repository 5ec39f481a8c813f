import { Checkbox } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListFilters, SavedList } from '../../../shared/contract/saved-views.ts'
import { api } from '../../lib/client.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { toast } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { Dialog } from '../Dialog.tsx'
import { NameForm } from '../NameForm.tsx'

interface SaveViewProps {
  list: SavedList
  filters: ListFilters
  isOpen: boolean
  onClose: () => void
}

/** Gives how a list stands now a name. */
export function SaveView(props: SaveViewProps) {
  const { t } = useTranslation('savedViews')
  return (
    <Dialog isOpen={props.isOpen} onClose={props.onClose} title={t('saveTitle')}>
      <SaveForm {...props} />
    </Dialog>
  )
}

function SaveForm({ list, filters, onClose }: SaveViewProps) {
  const { t } = useTranslation('savedViews')
  const queryClient = useQueryClient()
  const isTrainer = actorKindOf(useMe()) === 'trainer'
  const [isShared, setShared] = useState(false)
  const [isFirst, setFirst] = useState(false)
  const save = useMutation(
    api.savedViews.save.mutationOptions({
      onSuccess: async (_, { name }) => {
        await queryClient.invalidateQueries({ queryKey: api.savedViews.key() })
        toast(t('saved', { name }))
        onClose()
      },
    }),
  )
  return (
    <NameForm
      label={t('name')}
      placeholder={t('nameExample')}
      missing={t('nameMissing')}
      maxLength={60}
      submitLabel={t('saveButton')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(name) => save.mutate({ list, name, filters, isShared, isFirst })}
      onCancel={onClose}
    >
      <Checkbox
        label={t('makeFirst')}
        description={isShared ? t('makeFirstShared') : t('makeFirstOwn')}
        checked={isFirst}
        onChange={(event) => setFirst(event.currentTarget.checked)}
      />
      {!isTrainer && (
        <Checkbox
          label={t('share')}
          description={t('shareText')}
          checked={isShared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
      )}
    </NameForm>
  )
}
