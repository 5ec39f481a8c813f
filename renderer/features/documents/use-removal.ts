import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Document } from '../../../shared/contract/documents.ts'
import { api, client } from '../../lib/client.ts'
import { toast, toastProblem } from '../../lib/toast.ts'
import { toastUndo } from '../../lib/toast-undo.tsx'
import { useMutation } from '../../lib/use-mutation.ts'

/** Takes a document off the lists for a month, and back. */
export function useRemoval({ id, filename, updatedAt }: Document) {
  const { t } = useTranslation('documents')
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const refresh = () => queryClient.invalidateQueries({ queryKey: api.documents.key() })
  const restore = useMutation({
    mutationFn: (stamp: string) => client.documents.restore({ id, updatedAt: stamp }),
    onSuccess: () => {
      toast(t('restored', { name: filename }))
      return refresh()
    },
    onError: toastProblem,
  })
  const remove = useMutation({
    mutationFn: () => client.documents.remove({ id, updatedAt }),
    onSuccess: async (removed) => {
      toastUndo(t('removedNow', { name: filename }), () => restore.mutate(removed.updatedAt))
      await navigate({ to: '/documents', search: true, ignoreBlocker: true })
      await refresh()
    },
  })
  return { remove, restore }
}
