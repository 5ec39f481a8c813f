import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import type * as z from 'zod'
import { BeneficiaryFields } from '../../../shared/contract/beneficiaries.ts'

export type BeneficiaryForm = ReturnType<typeof useBeneficiaryForm>

export function useBeneficiaryForm(values: BeneficiaryFields) {
  return useForm<z.input<typeof BeneficiaryFields>, unknown, BeneficiaryFields>({
    resolver: zodResolver(BeneficiaryFields),
    defaultValues: values,
    mode: 'onTouched',
  })
}
