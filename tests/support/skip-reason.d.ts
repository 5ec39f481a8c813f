import 'vitest'

declare module 'vitest' {
  interface TaskMeta {
    /** Why a suite or test cannot run here, for the end of the test run; one that is skipped without it counts as failed. */
    skipReason?: string
  }
}
