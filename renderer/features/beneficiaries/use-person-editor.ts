import { useEffect, useRef, useState } from 'react'
import type { Beneficiary } from '../../../shared/contract/beneficiaries.ts'
import { refusalOf } from '../../lib/refusal.ts'
import { useDirtyNow } from '../../lib/use-dirty-now.ts'
import { useBeneficiaryForm } from './use-beneficiary-form.ts'
import { fieldsOf, useLoadNewest, useUpdatePerson } from './use-person.ts'

export type PersonEditing = ReturnType<typeof usePersonEditor>

/** A person who is being changed: over the version that was on the screen, and with what was typed kept beside a newer one. */
export function usePersonEditor(person: Beneficiary) {
  const [first] = useState(() => fieldsOf(person))
  const form = useBeneficiaryForm(first, `person.${person.id}`)
  // A move from this screen writes the person too: what was typed here stays, and does not write over where they are now.
  const shown = useRef(person)
  useEffect(() => {
    if (shown.current === person) return
    shown.current = person
    form.reset(fieldsOf(person), { keepDirtyValues: true, keepDirty: true })
  }, [person, form])
  const { isDirty, dirtyFields } = form.formState
  const isDirtyNow = useDirtyNow(form)
  const update = useUpdatePerson(person, form)
  const newest = useLoadNewest(person, form)
  return {
    form,
    isDirty,
    isDirtyNow,
    submit: form.handleSubmit((fields) => update.mutate(fields)),
    isSaving: update.isPending,
    savedAt: update.data?.updatedAt ?? null,
    problem: newest.error ?? update.error,
    isOutdated: refusalOf(update.error)?.key === 'beneficiary.changedMeanwhile',
    isMerged: newest.isSuccess && Object.keys(dirtyFields).length > 0 && !update.error,
    isLoadingNewest: newest.isPending,
    loadNewest: () => newest.mutate(undefined, { onSuccess: () => update.reset() }),
  }
}
