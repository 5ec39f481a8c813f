import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { client } from '../../lib/client.ts'
import { useNewsFollow } from '../../lib/news-follow.ts'
import { toast, toastProblem } from '../../lib/toast.ts'
import { toastUndo } from '../../lib/toast-undo.tsx'
import { useMutation } from '../../lib/use-mutation.ts'

/** Takes a message back, which makes it a draft again, and shows that draft. */
export function useTakeBack() {
  const { t } = useTranslation('messages')
  const navigate = useNavigate()
  const follow = useNewsFollow()
  return useMutation({
    mutationFn: (sent: { thread: string; sending: string }) => client.messages.takeBack({ sending: sent.sending }),
    onSuccess: async ({ name }) => {
      toast(t('takenBack'))
      await navigate({ to: '/messages/draft/$name', params: { name }, search: true })
      await follow()
    },
    onError: toastProblem,
  })
}

/** Says that a message is on its way, and offers to take it back. */
export function useSent() {
  const { t } = useTranslation('messages')
  const takeBack = useTakeBack()
  return (sent: { thread: string; sending: string }) => toastUndo(t('sent'), () => takeBack.mutate(sent))
}
