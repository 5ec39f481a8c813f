import { Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { OwnField } from '../../../shared/contract/own-fields.ts'
import { api } from '../../lib/client.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Row } from '../../ui/RowList.tsx'
import { OwnFieldDialog } from './OwnFieldDialog.tsx'

export function OwnFieldRow({ field }: { field: OwnField }) {
  const { t } = useTranslation('ownFields')
  const [isEditing, editing] = useDisclosure(false)
  const [isAsking, asking] = useDisclosure(false)
  const queryClient = useQueryClient()
  const remove = useMutation(
    api.ownFields.remove.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.ownFields.key() }),
    }),
  )
  const { key, name, kind, choices } = field
  return (
    <Row
      name={<bdi>{name}</bdi>}
      facts={[t(`kind.${kind}`), ...(choices.length > 0 ? [<bdi key="choices">{choices.join(' · ')}</bdi>] : [])]}
      actions={
        <Group gap="xs">
          <Button size="xs" variant="default" aria-label={t('editOf', { name })} onClick={editing.open}>
            {t('edit')}
          </Button>
          <Button size="xs" variant="default" aria-label={t('removeOf', { name })} onClick={asking.open}>
            {t('remove')}
          </Button>
          <OwnFieldDialog field={field} isOpen={isEditing} onClose={editing.close} />
          <ConfirmDialog
            isOpen={isAsking}
            title={t('removeTitle', { name })}
            confirmLabel={t('remove')}
            isDangerous
            isBusy={remove.isPending}
            error={remove.error}
            onConfirm={() => remove.mutate({ key })}
            onCancel={asking.close}
          >
            {t('removeText')}
          </ConfirmDialog>
        </Group>
      }
    />
  )
}
