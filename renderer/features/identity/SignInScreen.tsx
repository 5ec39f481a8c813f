import { PageMissing } from '../../ui/PageMissing.tsx'

/** Not written yet. */
export function SignInScreen() {
  return <PageMissing />
}
