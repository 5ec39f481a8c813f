import { useQueryClient } from '@tanstack/react-query'
import { type Beneficiary, BeneficiaryFields } from '../../../shared/contract/beneficiaries.ts'
import { api, client } from '../../lib/client.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import type { BeneficiaryForm } from './use-beneficiary-form.ts'

export function fieldsOf(person: Beneficiary): BeneficiaryFields {
  return BeneficiaryFields.strip().parse(person)
}

/** Saves the form over the version of the person that it began with. */
export function useUpdatePerson(person: Beneficiary, form: BeneficiaryForm) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (fields: BeneficiaryFields) =>
      client.beneficiaries.update({ ...fields, status: person.status, id: person.id, updatedAt: person.updatedAt }),
    onSuccess: ({ updatedAt }, fields) => {
      const key = api.beneficiaries.get.queryKey({ input: { id: person.id } })
      queryClient.setQueryData(key, { ...person, ...fields, status: person.status, updatedAt })
      form.reset(fields)
      void queryClient.invalidateQueries({ queryKey: api.beneficiaries.list.key() })
    },
  })
}

/** Brings the newest version into the form; the fields that were changed here keep what was typed. */
export function useLoadNewest(person: Beneficiary, form: BeneficiaryForm) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () =>
      queryClient.fetchQuery(api.beneficiaries.get.queryOptions({ input: { id: person.id }, staleTime: 0 })),
    onSuccess: (newest) => form.reset(fieldsOf(newest), { keepDirtyValues: true, keepDirty: true }),
  })
}
