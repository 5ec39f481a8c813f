import { PageMissing } from '../../ui/PageMissing.tsx'

/** Not written yet. */
export function TeamScreen() {
  return <PageMissing />
}
