import { PageMissing } from '../../ui/PageMissing.tsx'

/** Not written yet. */
export function AssessmentsScreen() {
  return <PageMissing />
}
