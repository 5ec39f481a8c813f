import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../../lib/client.ts'
import { toast, toastProblem } from '../../../lib/toast.ts'
import { useMutation } from '../../../lib/use-mutation.ts'

/** Brings somebody back from the trash, to every list they were in. */
export function useRestore() {
  const { t } = useTranslation('beneficiaries')
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: { id: number; name: string }) => client.peopleTrash.restore({ id }),
    onSuccess: (_, { name }) => toast(t('trash.restored', { name })),
    onError: toastProblem,
    onSettled: () => queryClient.invalidateQueries(),
  })
}
