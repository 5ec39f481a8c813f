import { isHostThere } from './host-there.ts'

const pauseMs = 2_000

/**
 * Loads the code of a learners' page, and where that fails waits until the host answers before the page is loaded anew:
 * a reload without a host would show the browser's own error page.
 */
export function patiently<Module>(load: () => Promise<Module>): () => Promise<Module> {
  return () =>
    load().catch(async () => {
      do await new Promise((resolve) => setTimeout(resolve, pauseMs))
      while (!(await isHostThere()))
      window.location.reload()
      return new Promise<Module>(() => {})
    })
}
