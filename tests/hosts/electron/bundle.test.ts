import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { Worker } from 'node:worker_threads'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkBackup } from '../../../main/backup/restore.ts'
import { migrateUp } from '../../../main/database/migrate.ts'
import { writerMark } from '../../../main/domains/exports/writer-thread.ts'
import { tableMark } from '../../../main/sheets/table-thread.ts'
import { essay } from '../../support/centre.ts'

const root = join(import.meta.dirname, '../../..')
/** What a package holds and no more: the bundle, the screens, the migrations, the native add-ons and package.json. */
const packaged = mkdtempSync(join(tmpdir(), 'bdc-bundle-'))
const outDir = join(packaged, 'dist/electron')
const userData = join(packaged, 'user-data')

beforeAll(async () => {
  for (const config of [
    'vite.config.ts',
    'vite.worker.config.ts',
    'vite.export.config.ts',
    'vite.tables.config.ts',
    'vite.sync-worker.config.ts',
    'vite.preload.config.ts',
  ]) {
    await build({ configFile: join(root, 'main/hosts/electron', config), logLevel: 'warn', build: { outDir } })
  }
  cpSync(join(root, 'package.json'), join(packaged, 'package.json'))
  cpSync(join(root, 'migrations'), join(packaged, 'migrations'), { recursive: true })
  mkdirSync(join(packaged, 'node_modules'))
  for (const addon of ['better-sqlite3', '@node-rs']) {
    symlinkSync(join(root, 'node_modules', addon), join(packaged, 'node_modules', addon), 'junction')
  }
  for (const screens of ['renderer', 'unlock']) {
    mkdirSync(join(packaged, 'dist', screens))
    writeFileSync(join(packaged, 'dist', screens, 'index.html'), '<html><head></head></html>')
  }
}, 60_000)
afterAll(() => rmSync(packaged, { recursive: true }))

describe('the built main process', () => {
  it('is one file that needs Node, Electron and the three native add-ons, and nothing else', () => {
    expect(readdirSync(outDir).sort()).toEqual([
      'backup-worker.js',
      'export-writer.js',
      'main.js',
      'preload.cjs',
      'sync-worker.js',
      'table-writer.js',
    ])
    const imported = [
      ...readFileSync(join(outDir, 'main.js'), 'utf8').matchAll(/^(?:import|export) [^;]*?from "([^"]+)"/gm),
    ]
    const foreign = imported
      .map(([, name = '']) => name)
      .filter((name) => !builtinModules.includes(name.replace('node:', '')))
    expect(foreign.sort()).toEqual(['@node-rs/argon2', '@node-rs/bcrypt', 'better-sqlite3', 'electron'])
  })

  it('starts, finds its migrations, makes an encrypted database and answers at the door', () => {
    const run = join(import.meta.dirname, 'run-bundle.ts')
    const output = execFileSync(process.execPath, [run, outDir, userData], { encoding: 'utf8', timeout: 30_000 })
    expect(JSON.parse(output.trim().split('\n').at(-1) ?? '')).toMatchObject({
      log: ['sandbox', 'scheme', 'ready', 'window'],
      errors: [],
      page: 200,
      preload: join(outDir, 'preload.cjs'),
      setup: { state: 'empty' },
    })
    if (process.platform === 'linux') {
      expect(JSON.parse(output.trim().split('\n').at(-1) ?? '').limits).toMatch(/Max core file size\s+0\s+0/)
    }
    expect(readdirSync(join(userData, 'data'))).toEqual(expect.arrayContaining(['bdc.db', 'bdc.keys']))
    expect(readFileSync(join(userData, 'data/bdc.db')).subarray(0, 15).toString()).not.toBe('SQLite format 3')
  }, 30_000)
})

it('makes a backup in the built thread', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bdc-thread-'))
  const databaseKey = Buffer.alloc(32, 7)
  ;(await migrateUp(join(folder, 'bdc.db'), databaseKey)).close()
  const job = { work: 'make', databasePath: join(folder, 'bdc.db'), databaseKey, folder: join(folder, 'backups') }
  const facts = { madeAt: '2026-03-01T09:00:00.000Z', reason: 'asked', app: '1', slots: [] }
  const workerData = { job: { ...job, ...facts }, stop: new SharedArrayBuffer(1) }
  const thread = new Worker(join(outDir, 'backup-worker.js'), { workerData })
  const [code] = await once(thread, 'exit')
  expect(code).toBe(0)
  checkBackup(join(folder, 'backups', 'bdc-backup-20260301T090000000Z'), databaseKey)
  rmSync(folder, { recursive: true })
}, 30_000)

it('writes questions in the built thread', async () => {
  const thread = new Worker(join(outDir, 'export-writer.js'), { workerData: writerMark })
  thread.postMessage({ questions: [essay] })
  thread.postMessage({ write: { format: 'gift', language: 'en' } })
  const [file] = await once(thread, 'message')
  expect(Buffer.from(file.base64, 'base64').toString()).toContain('{}')
}, 30_000)

it('writes a long list in the built thread', async () => {
  const thread = new Worker(join(outDir, 'table-writer.js'), { workerData: tableMark })
  thread.postMessage({ rows: [['Lina', 7]] })
  thread.postMessage({ write: { title: 'people', format: 'csv', columns: ['name', 'number'] } })
  const [file] = await once(thread, 'message')
  expect(Buffer.from(file.base64, 'base64').toString()).toBe('\uFEFFname,number\r\nLina,7\r\n')
}, 30_000)

describe('the built preload', () => {
  it('runs where only `electron` can be required, as in the sandbox', () => {
    const exposed: Record<string, unknown> = {}
    const electron = {
      contextBridge: { exposeInMainWorld: (name: string, value: unknown) => (exposed[name] = value) },
      ipcRenderer: {},
    }
    runInNewContext(readFileSync(join(outDir, 'preload.cjs'), 'utf8'), {
      require: (name: string) => (name === 'electron' ? electron : expect.fail(`The preload requires ${name}.`)),
      window: { origin: 'app://main', addEventListener: () => {} },
      process: { argv: ['electron', '--bdc-version=1.2.3'], platform: 'linux' },
    })
    expect(exposed).toEqual({
      bdcShell: {
        platform: 'linux',
        version: '1.2.3',
        onLocked: expect.any(Function),
        startWithMachine: expect.any(Function),
        room: expect.any(Function),
      },
    })
  })
})
