import { PageMissing } from '../../ui/PageMissing.tsx'

/** Not written yet. */
export function NewBeneficiary() {
  return <PageMissing />
}
