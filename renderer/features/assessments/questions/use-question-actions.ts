import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Assessment, AuthoredQuestion } from '../../../../shared/contract/assessments.ts'
import type { Id } from '../../../../shared/contract/base.ts'
import { api } from '../../../lib/client.ts'
import { toastProblem } from '../../../lib/toast.ts'
import { useMutation } from '../../../lib/use-mutation.ts'

/** What an author does to the questions of a draft. One change waits for the one before, so that orders cannot cross. */
export function useQuestionActions(assessmentId: Id) {
  const queryClient = useQueryClient()
  const scope = { id: `questions of ${assessmentId}` }
  const all = api.assessments.key()
  /** With another change on its way, what is stored now is already behind what is on the screen. */
  const onSettled = () =>
    queryClient.isMutating({ mutationKey: all }) <= 1 ? queryClient.invalidateQueries({ queryKey: all }) : undefined
  const shared = { scope, onSettled }
  const add = useMutation(api.assessments.addQuestions.mutationOptions(shared))
  const update = useMutation(api.assessments.updateQuestion.mutationOptions(shared))
  const remove = useMutation(api.assessments.removeQuestion.mutationOptions(shared))
  const reorder = useMutation(api.assessments.reorderQuestions.mutationOptions(shared))

  /** The list shows the new order at once; a refusal brings the stored one back. */
  const { mutate: sendOrder } = reorder
  const putInOrder = useCallback(
    (questions: readonly AuthoredQuestion[]) => {
      const shown = api.assessments.get.queryKey({ input: { id: assessmentId } })
      void queryClient.cancelQueries({ queryKey: shown })
      queryClient.setQueryData(
        shown,
        (known: Assessment | undefined) => known && { ...known, questions: [...questions] },
      )
      sendOrder({ id: assessmentId, questionIds: questions.map(({ id }) => id) }, { onError: toastProblem })
    },
    [queryClient, assessmentId, sendOrder],
  )

  /** Puts a removed question back where it was; to the core it is a new one, whose id is returned. */
  const restore = async ({ question }: AuthoredQuestion, index: number, others: readonly AuthoredQuestion[]) => {
    const { questionIds } = await add.mutateAsync({ id: assessmentId, questions: [question] })
    const order = others.map(({ id }) => id).toSpliced(index, 0, ...questionIds)
    await reorder.mutateAsync({ id: assessmentId, questionIds: order })
    return questionIds[0]
  }

  return { add, update, removeQuestion: remove.mutate, putInOrder, restore }
}
