import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../shared/contract/base.ts'
import { api, client } from '../../lib/client.ts'
import { toast, toastProblem } from '../../lib/toast.ts'
import { toastUndo } from '../../lib/toast-undo.tsx'
import { useMutation } from '../../lib/use-mutation.ts'

/** Says what is done, and takes it back for whoever wants that. */
export function useUndo() {
  const { t } = useTranslation('appointments')
  const queryClient = useQueryClient()
  const takeBack = useMutation({
    mutationFn: (undo: string) => client.appointments.undo({ undo }),
    onSuccess: ({ staysIn }) =>
      toast(staysIn === null ? t('tookBack') : t('staysIn', { calendar: `\u2068${staysIn}\u2069` })),
    onError: toastProblem,
    onSettled: () => {
      // What had become an appointment is a time that is taken elsewhere again.
      void queryClient.invalidateQueries({ queryKey: api.calendarAccounts.busy.key() })
      return queryClient.invalidateQueries({ queryKey: api.appointments.key() })
    },
  })
  return {
    /** `id`: the one appointment or series that was changed. */
    offer: (words: string, undo: string, id?: Id) =>
      toastUndo(words, () => takeBack.mutate(undo), id === undefined ? undefined : `appointment ${id}`),
  }
}
