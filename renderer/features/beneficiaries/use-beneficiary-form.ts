import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import type * as z from 'zod'
import { type BeneficiaryFields, WrittenFields } from '../../../shared/contract/beneficiaries.ts'
import { useKeptForm } from '../../lib/use-kept-form.ts'

export type BeneficiaryForm = ReturnType<typeof useBeneficiaryForm>

/** `name` tells it from other forms: what was typed into it and not saved comes back. */
export function useBeneficiaryForm(values: BeneficiaryFields, name: string) {
  const form = useForm<z.input<typeof WrittenFields>, unknown, BeneficiaryFields>({
    resolver: zodResolver(WrittenFields),
    defaultValues: values,
    mode: 'onTouched',
  })
  useKeptForm(form, name)
  return form
}
