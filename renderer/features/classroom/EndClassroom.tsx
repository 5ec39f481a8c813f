import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'

export function EndClassroom() {
  const { t } = useTranslation('classroom')
  const queryClient = useQueryClient()
  const [isAsking, { open, close }] = useDisclosure()
  const end = useMutation(
    api.classroom.end.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.classroom.key() }),
    }),
  )
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('end.action')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('end.question')}
        confirmLabel={t('end.action')}
        isBusy={end.isPending}
        error={end.error}
        onConfirm={() => end.mutate({})}
        onCancel={close}
      >
        {t('end.consequence')}
      </ConfirmDialog>
    </>
  )
}
