import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Mirror, mirror } from './mirror.ts'

/** What the planted files import; each is harmless. */
const targets = {
  'shared/rule.ts': 'export const rule = 1\n',
  'main/app.ts': 'export const app = 1\n',
  'main/hosts/http/host.ts': 'export const host = 1\n',
  'main/sync/push.ts': 'export const push = 1\n',
  'main/domains/people/handlers.ts': 'export const handlers = 1\n',
  'main/domains/people/queries.ts': 'export const queries = 1\n',
  'renderer/lib/client.ts': 'export const client = 1\n',
  'renderer/features/people/PeopleScreen.tsx': 'export const PeopleScreen = () => null\n',
  'renderer/features/people/parts/row.ts': 'export const row = 1\n',
  'tests/support/app.ts': 'export const app = 1\n',
}

const imports = (path: string) => `export * from '${path}'\n`

/** A file that breaks one rule, and what the linter says to that. */
const violations: ReadonlyArray<readonly [file: string, source: string, said: string]> = [
  ['shared/knows-core.ts', imports('../main/app.ts'), 'through the contract only'],
  ['shared/knows-screens.ts', imports('../renderer/lib/client.ts'), 'Nothing but the renderer'],
  ['shared/knows-node.ts', imports('node:fs'), 'No Node here'],
  ['shared/knows-bare-node.ts', imports('fs/promises'), 'No Node here'],
  ['shared/knows-electron.ts', imports('electron'), 'Only main/hosts/electron'],
  ['shared/knows-react.ts', imports('react'), 'Only the renderer draws'],
  ['shared/knows-tests.ts', imports('../tests/support/app.ts'), 'Nothing imports tests'],
  ['renderer/knows-core.ts', imports('../main/app.ts'), 'through the contract only'],
  [
    'renderer/knows-core-lazily.ts',
    "export const later = () => import('../main/app.ts')\n",
    'through the contract only',
  ],
  ['renderer/knows-core-types.ts', "export type { app } from '../main/app.ts'\n", 'through the contract only'],
  ['renderer/knows-core-inline.ts', "export type App = import('../main/app.ts').app\n", '`import()` type annotations'],
  ['renderer/knows-node.ts', imports('node:path'), 'No Node here'],
  ['renderer/lib/knows-core.ts', imports('../../main/app.ts'), 'through the contract only'],
  ['renderer/lib/knows-database.ts', imports('kysely'), 'Only the core knows the database'],
  ['renderer/lib/knows-feature.ts', imports('../features/people/PeopleScreen.tsx'), 'knows no feature'],
  ['renderer/ui/knows-feature.ts', imports('../features/people/PeopleScreen.tsx'), 'knows no feature'],
  ['renderer/features/results/knows-core.ts', imports('../../../main/app.ts'), 'through the contract only'],
  ['renderer/features/results/knows-people.ts', imports('../people/PeopleScreen.tsx'), 'does not reach into another'],
  [
    'renderer/features/results/parts/knows-people.ts',
    imports('../../people/PeopleScreen.tsx'),
    'does not reach into another',
  ],
  ['renderer/features/results/tests.ts', imports('../../../tests/support/app.ts'), 'Nothing imports tests'],
  ['main/knows-screens.ts', imports('../renderer/lib/client.ts'), 'Nothing but the renderer'],
  ['main/knows-react.ts', imports('react'), 'Only the renderer draws'],
  ['main/knows-electron.ts', imports('electron'), 'Only main/hosts/electron'],
  ['main/knows-host.ts', imports('./hosts/http/host.ts'), 'The core knows no host'],
  ['main/knows-fastify.ts', imports('fastify'), 'Only main/hosts know a transport'],
  ['main/knows-transport.ts', imports('@orpc/server/fastify'), 'Only main/hosts know a transport'],
  ['main/knows-sync.ts', imports('./sync/push.ts'), 'start sync'],
  ['main/knows-tests.ts', imports('../tests/support/app.ts'), 'Nothing imports tests'],
  [
    'main/domains/results/knows-handlers.ts',
    imports('../people/handlers.ts'),
    'Only main/app.ts puts handlers together',
  ],
  ['main/domains/results/knows-host.ts', imports('../../hosts/http/host.ts'), 'The core knows no host'],
  ['main/domains/results/knows-sync.ts', imports('../../sync/push.ts'), 'start sync'],
  ['main/sync/knows-host.ts', imports('../hosts/http/host.ts'), 'The core knows no host'],
  ['main/jobs.ts', imports('./domains/people/handlers.ts'), 'Only main/app.ts puts handlers together'],
  ['main/hosts/http/knows-electron.ts', imports('electron'), 'Only main/hosts/electron'],
  ['main/hosts/http/knows-sync.ts', imports('../../sync/push.ts'), 'start sync'],
  ['main/hosts/http/knows-handlers.ts', imports('../../domains/people/handlers.ts'), 'Only main/app.ts'],
  ['main/hosts/electron/knows-screens.ts', imports('../../../renderer/lib/client.ts'), 'Nothing but the renderer'],
  ['main/commands/knows-electron.ts', imports('electron'), 'Only main/hosts/electron'],
  ['main/commands/knows-handlers.ts', imports('../domains/people/handlers.ts'), 'Only main/app.ts'],
  ['main/cycle-one.ts', "import { two } from './cycle-two.ts'\nexport const one = () => two\n", 'Dependency cycle'],
  ['main/cycle-two.ts', "import { one } from './cycle-one.ts'\nexport const two = () => one\n", 'Dependency cycle'],
  [
    'main/type-cycle-one.ts',
    "import type { Two } from './type-cycle-two.ts'\nexport type One = Two[]\n",
    'Dependency cycle',
  ],
  [
    'main/type-cycle-two.ts',
    "import type { One } from './type-cycle-one.ts'\nexport type Two = One[]\n",
    'Dependency cycle',
  ],
  ['main/plain-copy.ts', 'export const copy = (db: { serialize(): unknown }) => db.serialize()\n', 'Use VACUUM INTO'],
  ['main/failing-copy.ts', 'export const copy = (db: { backup(): unknown }) => db.backup()\n', 'Use VACUUM INTO'],
  [
    'main/unpacked-copy.ts',
    'export const copy = ({ serialize }: { serialize(): unknown }) => serialize()\n',
    'Use VACUUM INTO',
  ],
  ['main/talks.ts', "console.log('hello')\n", 'Unexpected console'],
  ['main/anything.ts', 'export const anything = (value: any) => value\n', 'Unexpected `any`'],
  ['main/runs-text.ts', "export const result = eval('1')\n", 'eval can be harmful'],
  ['main/runs-text-too.ts', "export const result = new Function('return 1')\n", 'new Function'],
  ['main/silenced.ts', '// @ts-ignore\nexport const silenced = 1\n', '@ts-ignore'],
  ['main/default-export.ts', 'export default 1\n', 'Prefer named exports'],
  ['main/wrongCase.ts', 'export const wrong = 1\n', 'kebab-case'],
  [
    'renderer/ui/RawHtml.tsx',
    'export const RawHtml = () => <p dangerouslySetInnerHTML={{ __html: "" }} />\n',
    'dangerouslySetInnerHTML',
  ],
  ['tests/only.test.ts', "import { it, expect } from 'vitest'\nit.only('x', () => expect(1).toBe(1))\n", 'focused'],
  ['tests/proves-nothing.test.ts', "import { it } from 'vitest'\nit('x', () => {})\n", 'no assertions'],
]

/** The same kinds of imports from where they are allowed. */
const allowed = {
  'main/jobs-starter.ts': imports('./jobs-free.ts'),
  'main/jobs-free.ts': 'export const free = 1\n',
  'main/app-root.ts': imports('./app.ts'),
  'main/cli.ts': `${imports('./sync/push.ts')}${imports('./hosts/http/host.ts')}console.log('hello')\n`,
  'main/commands/serve.ts': imports('../hosts/http/host.ts'),
  'main/domains/results/queries.ts': imports('../people/queries.ts'),
  'main/domains/results/rules.ts': imports('../../../shared/rule.ts'),
  'main/hosts/electron/window.ts': `${imports('electron')}${imports('../http/host.ts')}`,
  'main/hosts/http/server.ts': `${imports('fastify')}${imports('@orpc/server/fastify')}${imports('node:http')}`,
  'main/sync/pull.ts': imports('./push.ts'),
  'renderer/features/people/parts/cell.ts': imports('../../../lib/client.ts'),
  'renderer/features/people/PersonScreen.tsx': imports('./parts/row.ts'),
  'renderer/features/shell/Shell.tsx': imports('../people/PeopleScreen.tsx'),
  'renderer/routes.tsx': imports('./features/people/PeopleScreen.tsx'),
  'tests/everything.ts': `${imports('../main/sync/push.ts')}${imports('../renderer/lib/client.ts')}`,
}

interface Diagnostic {
  filename: string
  message: string
  help?: string
}

describe('the linter', () => {
  const app = { 'main/app.ts': `${imports('./domains/people/handlers.ts')}${imports('./sync/push.ts')}` }
  let broken: Mirror
  let said: Diagnostic[]
  beforeAll(async () => {
    const planted = Object.fromEntries(violations.map(([file, source]) => [file, source]))
    broken = mirror({ ...targets, ...app, ...allowed, ...planted })
    const { output } = await broken.run('oxlint', 'oxlint', '--format=json', '.')
    said = (JSON.parse(output) as { diagnostics: Diagnostic[] }).diagnostics
  })
  afterAll(() => broken[Symbol.dispose]())

  it.each(violations)('refuses %s', (file, _source, reason) => {
    const about = said.filter(({ filename }) => filename === file).map(({ message, help }) => `${message} ${help}`)
    expect(about.join('\n')).toContain(reason)
  })

  it('says nothing about what is allowed', () => {
    const wrongly = said.filter(({ filename }) => !violations.some(([file]) => file === filename))
    expect(wrongly).toEqual([])
  })
})

describe('the compiler', () => {
  const violations = {
    'shared/node.ts': 'export const id = process.pid\n',
    'shared/page.ts': 'export const title = document.title\n',
    'shared/core.ts': "export { app } from '../main/app.ts'\n",
    'renderer/node.ts': 'export const id = process.pid\n',
    'renderer/core.ts': "export { app } from '../main/app.ts'\n",
    'main/page.ts': 'export const title = document.title\n',
    'main/screens.ts': "export { client } from '../renderer/lib/client.ts'\n",
    'main/loose.ts': 'export const loose = (value) => value\n',
    'main/not-erasable.ts': 'export enum Kind { One }\n',
    'main/unsure.ts': 'export const first = (list: string[]): string => list[0]\n',
    'scripts/unsure.mjs': "export const wrong = 'text'.notThere\n",
  }

  it('refuses each of them, and nothing else', async () => {
    using broken = mirror({ ...targets, ...violations })
    const { code, output } = await broken.run('typescript', 'tsc', '-b', '--pretty', 'false')
    const refused = new Set([...output.matchAll(/^(\S+)\(\d+,\d+\): error/gm)].map(([, file]) => file))
    expect([...refused].sort()).toEqual(Object.keys(violations).sort())
    expect(code).not.toBe(0)
  })
})

describe('the formatter and the search for unused things', () => {
  it('refuse a badly formatted file, an unused file, an unused export and an unused package', async () => {
    using broken = mirror({
      'main/cli.ts': "import { used } from './used.ts'\n\nprocess.exitCode = used\n",
      'main/used.ts': 'export const used = 1\nexport const neverUsed = 2\n',
      'main/orphan.ts': 'export const orphan   =  "badly formatted"\n',
    })
    const format = await broken.run('@biomejs/biome', 'biome', 'check', '.')
    expect(format.output).toMatch(/main\/orphan\.ts format/)
    expect(format.output).not.toMatch(/main\/used\.ts format/)
    expect(format.code).not.toBe(0)

    const unused = await broken.run('knip', 'knip', '--no-progress', '--reporter=json')
    const { issues } = JSON.parse(unused.output) as { issues: { file: string; [kind: string]: unknown }[] }
    const found = (file: string) => JSON.stringify(issues.find((issue) => issue.file === file))
    expect(found('main/orphan.ts')).toContain('"files"')
    expect(found('main/used.ts')).toContain('neverUsed')
    expect(found('main/used.ts')).not.toContain('"used"')
    expect(found('package.json')).toContain('"fastify"')
    expect(unused.code).not.toBe(0)
  })
})
