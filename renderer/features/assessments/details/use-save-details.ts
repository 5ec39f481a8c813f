import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Assessment, AssessmentFields } from '../../../../shared/contract/assessments.ts'
import { api } from '../../../lib/client.ts'
import { refusalOf } from '../../../lib/refusal.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { fieldsOf } from './fields-of.ts'

/**
 * Saves the details over the version that this form has seen. A change to the questions makes a new version as well, so a
 * refusal counts only when somebody else has written in the details themselves.
 */
export function useSaveDetails(assessment: Assessment) {
  const { id } = assessment
  const queryClient = useQueryClient()
  const seen = useRef({ details: compared(fieldsOf(assessment)), updatedAt: assessment.updatedAt })
  const update = useMutation(
    api.assessments.update.mutationOptions({
      scope: { id: `details of ${id}` },
    }),
  )
  const saveOver = async (fields: AssessmentFields, version: string) => {
    const { updatedAt } = await update.mutateAsync({ ...fields, id, updatedAt: version })
    seen.current = { details: compared(fields), updatedAt }
    // Whoever comes back begins with what is stored, and with its version.
    queryClient.setQueryData(api.assessments.get.queryKey({ input: { id } }), (stored) => {
      if (!stored) return stored
      const { pools } = stored.settings
      return { ...stored, ...fields, settings: { ...fields.settings, pools }, updatedAt }
    })
    await queryClient.invalidateQueries({ queryKey: api.assessments.key() })
  }
  return async (fields: AssessmentFields) => {
    try {
      await saveOver(fields, seen.current.updatedAt)
    } catch (failure) {
      if (refusalOf(failure)?.key !== 'assessment.changedMeanwhile') throw failure
      const stored = await queryClient.fetchQuery(api.assessments.get.queryOptions({ input: { id }, staleTime: 0 }))
      const details = compared(fieldsOf(stored))
      if (details !== seen.current.details && details !== compared(fields)) throw failure
      await saveOver(fields, stored.updatedAt)
    }
  }
}

/** Pools belong to the list of questions. */
export function compared(fields: AssessmentFields): string {
  return JSON.stringify({ ...fields, settings: { ...fields.settings, pools: [] } })
}
