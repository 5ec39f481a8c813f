import { PageMissing } from '../../ui/PageMissing.tsx'

/** Not written yet. */
export function AssessmentScreen() {
  return <PageMissing />
}
