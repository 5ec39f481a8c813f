import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import { api, client } from '../../../lib/client.ts'
import { toastProblem } from '../../../lib/toast.ts'
import { toastUndo } from '../../../lib/toast-undo.tsx'
import { useMutation } from '../../../lib/use-mutation.ts'

interface Named {
  id: Id
  name: string
}

/** Says of two files that they are two people, on every computer, until one of them changes. */
export function ApartButton({ first, second }: { first: Named; second: Named }) {
  const { t } = useTranslation('merges')
  const lookAgain = useLookAgain()
  const names = { first: first.name, second: second.name }
  const setApart = useMutation(
    api.links.setApart.mutationOptions({
      async onSuccess({ id }) {
        await lookAgain()
        toastUndo(t('apart.done', names), () => void client.links.remove({ id }).then(lookAgain).catch(toastProblem))
      },
      onError: toastProblem,
    }),
  )
  return (
    <Button
      size="xs"
      variant="default"
      aria-label={t('apart.isOf', names)}
      loading={setApart.isPending}
      onClick={() => setApart.mutate({ beneficiaryId: first.id, otherId: second.id })}
    >
      {t('apart.is')}
    </Button>
  )
}

export function useLookAgain() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all(
      [api.merges.likely.key(), api.links.key(), api.beneficiaries.alike.key()].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey }),
      ),
    )
}
