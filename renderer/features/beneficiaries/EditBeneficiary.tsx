import { PageMissing } from '../../ui/PageMissing.tsx'

/** Not written yet. */
export function EditBeneficiary() {
  return <PageMissing />
}
