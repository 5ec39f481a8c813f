import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')

interface SourceRule {
  why: string
  files: RegExp
  breaks: (text: string, file: string) => boolean
  planted: string[]
  harmless: string[]
}

const text = (pattern: RegExp) => (source: string) => pattern.test(source)
const program = /^(shared|main|renderer)\/.*\.tsx?$/

/** What the linter cannot say in this version. */
const rules: Record<string, SourceRule> = {
  'INSERT OR REPLACE': {
    why: 'deletes the old row with all that belongs to it, and is told to the other machines as that',
    files: /^(main|migrations)\/.*\.(ts|sql)$/,
    breaks: text(/(?<!\bCREATE\s+)\bOR\s+REPLACE\b|(^|[^\w])REPLACE\s+INTO\b|\.orReplace\(|\.replaceInto\(/i),
    planted: [
      'INSERT OR REPLACE INTO users',
      'insert or\n  replace into users',
      'REPLACE INTO users',
      "db.replaceInto('users')",
    ],
    harmless: [
      "SELECT replace(name, 'a', 'b')",
      'INSERT INTO users ON CONFLICT DO UPDATE',
      'CREATE OR REPLACE FUNCTION f()',
    ],
  },
  'an empty database key': {
    why: 'writes or attaches a database in plain text',
    files: /^main\/.*\.ts$/,
    breaks: text(/\b(re|hex)?key\s*=?\s*(''|"")/i),
    planted: ["ATTACH 'copy.db' AS copy KEY ''", 'db.pragma("rekey = \'\'")', 'PRAGMA key=""'],
    harmless: ['ATTACH ? AS copy KEY ?', 'db.pragma(`key = "x\'00ff\'"`)'],
  },
  'a copy of the database by its driver': {
    why: 'comes out in plain text, or fails on an encrypted database; VACUUM INTO stays encrypted',
    files: /^main\/.*\.ts$/,
    breaks: text(/\b(connection|db|database|source|copy|Sqlite)\s*\.\s*(serialize|backup)\s*\(/),
    planted: ['connection.serialize()', "await db.backup('copy.db')", 'database\n  .backup(path)'],
    harmless: ['new StandardRPCSerializer(json).serialize(error)', 'await backups.make(reason)'],
  },
  'another place for temporary tables than memory': {
    why: 'writes what a query sorts into files that are never encrypted',
    files: /^main\/.*\.ts$/,
    breaks: text(/\btemp_store(_directory)?\s*=\s*(?!MEMORY\b)\w+/i),
    planted: ['PRAGMA temp_store = FILE', "connection.pragma('temp_store=DEFAULT')", 'temp_store = 1'],
    harmless: ["connection.pragma('temp_store = MEMORY')"],
  },
  AUTOINCREMENT: {
    why: 'cannot be kept inside the block of keys that a machine owns',
    files: /^(main|migrations)\/.*\.(ts|sql)$/,
    breaks: text(/\bAUTOINCREMENT\b/),
    planted: ['id INTEGER PRIMARY KEY AUTOINCREMENT'],
    harmless: ['id INTEGER PRIMARY KEY'],
  },
  'match-parent without the name by which Chromium knows it': {
    why: 'sets Arabic names at the far end of a list that is read from the left',
    files: /^renderer\/.*\.css$/,
    breaks: text(/(?<!text-align: -webkit-match-parent;\s*)text-align: match-parent/),
    planted: ['.name {\n  text-align: match-parent;\n}'],
    harmless: ['.name {\n  text-align: -webkit-match-parent;\n  text-align: match-parent;\n}'],
  },
  'HTML from text': {
    why: 'lets what people type run as code',
    files: /^renderer\/.*\.tsx?$/,
    breaks: text(/dangerouslySetInnerHTML|\.(inner|outer)HTML\s*\+?=[^=]|insertAdjacentHTML|document\.write\b/),
    planted: [
      'const props = { dangerouslySetInnerHTML: html }',
      'node.innerHTML = text',
      "node.insertAdjacentHTML('x')",
    ],
    harmless: ['React writes through `innerHTML`', 'expect(node.innerHTML === text)'],
  },
  'the clipboard, or a frame of another page': {
    why: 'hands secrets to every program, and shows what is not ours',
    files: /^renderer\/.*\.tsx?$/,
    breaks: text(
      /\bclipboard\s*\.\s*(write|read)|\buseClipboard\b|<CopyButton\b|execCommand\(|<(iframe|webview|object|embed)\b/,
    ),
    planted: [
      'navigator.clipboard.writeText(code)',
      '<CopyButton value={code}>',
      "document.execCommand('copy')",
      '<iframe src={url}>',
    ],
    harmless: ['take(event, event.clipboardData)', '<ObjectList />'],
  },
  'a file saved or opened under a name that was not looked at': {
    why: 'runs what came with it, or lands in another folder',
    files: program,
    breaks: (source) =>
      /\bshell\s*\.\s*(openPath|showItemInFolder|openItem)\b/.test(source) ||
      [...source.matchAll(/\.download\s*=\s*([^\n]*)/g)].some(([, name = '']) => !name.startsWith('safeFileName(')),
    planted: ['shell.openPath(path)', 'link.download = fileName', 'link.download = `${name}.exe`'],
    harmless: ['link.download = safeFileName(fileName)', 'const download = useMutation()'],
  },
  'an updater or a crash reporter': {
    why: 'fetches code or sends memory where nobody has looked at it',
    files: program,
    breaks: text(/\b(autoUpdater|crashReporter)\b|electron-updater|update-electron-app/),
    planted: ["import { autoUpdater } from 'electron'", 'crashReporter.start({})', "import x from 'electron-updater'"],
    harmless: ['// The update of the schema.'],
  },
  'plain HTTP to elsewhere, or a file address': {
    why: 'leaves the machine, or reads any file of it',
    files: /^(main|renderer)\/.*\.tsx?$/,
    breaks: text(
      /\b(fetch|loadURL|openExternal|request|get)\(\s*['"`](https?:\/\/(?!127\.0\.0\.1)|file:)|\.loadFile\(/,
    ),
    planted: ["fetch('https://example.org')", 'window.loadURL(`file://${path}`)', "win.loadFile('index.html')"],
    harmless: ["fetch('/rpc/setup/status')", "window.loadURL('app://main/')"],
  },
  'a silenced compiler or linter': {
    why: 'hides the next fault too',
    files: /^(shared|main|renderer|tests|scripts)\/.*\.(tsx?|mjs|css)$/,
    breaks: text(/(oxlint|eslint)-disable|biome-ignore|@ts-(ignore|nocheck)|knip-ignore/),
    planted: [
      '// oxlint-disable-next-line no-console',
      '/* eslint-disable */',
      '// biome-ignore format: no',
      '// @ts-nocheck',
    ],
    harmless: ['// The linter has no word for this.'],
  },
  'a computed import': {
    why: 'goes around the walls between folders',
    files: program,
    breaks: text(/\bimport\s*\(\s*[^'"\s]|\brequire\s*\(/),
    planted: ['import(`../main/${name}.ts`)', 'await import(path)', "require('../main/app.ts')"],
    harmless: ["import('./commands/serve.ts')", 'import { required } from'],
  },
  'a file of another folder by its URL': {
    why: 'goes around the walls between folders',
    files: program,
    breaks: reachesOut,
    planted: ["new Worker(new URL('../../main/sync/worker.ts', import.meta.url))"],
    harmless: ["new Worker(new URL('./worker.ts', import.meta.url))"],
  },
}

function reachesOut(source: string, file: string) {
  const urls = [...source.matchAll(/new URL\(\s*['"`](\.[^'"`]*)['"`]\s*,\s*import\.meta\.url/g)]
  return urls.some(([, path = '']) => topFolder(relative(root, resolve(root, dirname(file), path))) !== topFolder(file))
}

function topFolder(path: string) {
  return path.split(/[\\/]/)[0]
}

const sources = ['shared', 'main', 'renderer', 'tests', 'scripts', 'migrations']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .map((path) => path.split(sep).join('/'))
  .filter((path) => !path.startsWith('tests/tooling/') && /\.(tsx?|mjs|css|sql)$/.test(path))
  .map((path) => ({ path, source: readFileSync(join(root, path), 'utf8') }))

describe.each(Object.entries(rules))('%s', (_name, { why, files, breaks, planted, harmless }) => {
  it(`is in no file, since it ${why}`, () => {
    const looked = sources.filter(({ path }) => files.test(path))
    expect(looked.length).toBeGreaterThan(0)
    expect(looked.filter(({ path, source }) => breaks(source, path)).map(({ path }) => path)).toEqual([])
  })

  it.each(planted)('would be found in %j', (source) => {
    expect(breaks(source, 'renderer/lib/planted.ts')).toBe(true)
  })

  it.each(harmless)('is not seen in %j', (source) => {
    expect(breaks(source, 'renderer/lib/planted.ts')).toBe(false)
  })
})
