import { join } from 'node:path'
import { type AnyContractRouter, isContractProcedure } from '@orpc/contract'
import { call } from '@orpc/server'
import Sqlite from 'better-sqlite3'
import { describe, expect, it, vi } from 'vitest'
import type * as z from 'zod'
import { systemClock } from '../../main/clock.ts'
import { openDatabase } from '../../main/database/database.ts'
import { keyFile } from '../../main/database/key.ts'
import { looksOf } from '../../main/domains/activity/looks.ts'
import { openInstallation } from '../../main/domains/identity/installation.ts'
import { describeError } from '../../main/domains/monitoring/anonymous-error.ts'
import { type Handlers, openDoor } from '../../main/door.ts'
import { contract } from '../../shared/contract/index.ts'
import { memoryCredentials, quickPasswords } from '../support/app.ts'
import { temporaryFolder } from '../support/folder.ts'
import { sampleInput } from '../support/sample-input.ts'

const canary = 'CANARY-7f3a-tweet'

function thrown(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('Nothing was thrown.')
}

class Named extends Error {
  constructor(name: string) {
    super('with a name of its own')
    this.name = name
  }
}

/** Errors as libraries throw them, each with what somebody typed in a place where it may stand. */
const failures: Record<string, () => unknown> = {
  'JSON.parse': () => thrown(() => JSON.parse(`{"name": ${canary}`)),
  'a unique index': () => {
    const db = new Sqlite(':memory:')
    db.exec(`CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES ('${canary}')`)
    return thrown(() => db.prepare(`INSERT INTO t SELECT '${canary}'`).run())
  },
  'a statement': () => thrown(() => new Sqlite(':memory:').prepare(`SELECT '${canary}' FRM t`)),
  'a message of several lines that looks like a stack': () =>
    new Error(`x\n    at ${canary} (${import.meta.filename}:1:1)\n    at ${canary}`),
  'a name': () => new Named(canary),
  'a code': () => Object.assign(new Error('x'), { code: canary }),
  'a cause': () => new Error('x', { cause: new TypeError(canary, { cause: canary }) }),
  'several errors': () => new AggregateError([new Error(canary)], canary),
  'a function with a name': () =>
    thrown(() => Object.defineProperty(() => JSON.parse('{'), 'name', { value: canary })()),
  'a text': () => canary,
  'an object': () => ({ message: canary, stack: canary, [canary]: canary }),
  'a stack that was replaced': () => Object.assign(new Error('x'), { stack: canary }),
  'a missing file': () => Object.assign(new Error(`ENOENT: no such file, open '/home/${canary}'`), { code: 'ENOENT' }),
}

describe('an unexpected error', () => {
  it.each(Object.entries(failures))('tells nothing that somebody typed: %s', (_, failure) => {
    expect(describeError(failure())).not.toContain('CANARY')
  })

  it('tells its kind, its code, those of its causes, and where in BDC it came from', () => {
    const cause = thrown(() => new Sqlite(':memory:').prepare('SELECT 1 FRM t'))
    const text = describeError(new TypeError(canary, { cause }))
    expect(text.split('\n')[0]).toBe('TypeError < SqliteError SQLITE_ERROR')
    expect(text).toMatch(/^ {4}at tests\/domains\/error-log\.test\.ts:\d+:\d+$/m)
    expect(text).not.toContain(process.cwd())
  })
})

it('never puts what somebody typed into the error log or on the console, whichever procedure fails and how', {
  timeout: 120_000,
}, async () => {
  const written = [vi.spyOn(process.stderr, 'write'), vi.spyOn(process.stdout, 'write')].map((spy) =>
    spy.mockReturnValue(true),
  )
  const folder = temporaryFolder()
  const database = await openDatabase(join(folder, 'bdc.db'), keyFile(join(folder, 'bdc.key')))
  const core = {
    database,
    clock: systemClock,
    installation: await openInstallation(database, systemClock),
    passwords: quickPasswords,
    looks: looksOf({ database, clock: systemClock, onFirst: async () => {}, onFailure: async () => {} }),
  }
  let failure: () => unknown = () => undefined
  const fail = async () => {
    throw failure()
  }
  const router = openDoor(core, failing(contract, fail) as Handlers<typeof contract>)
  const unreached: string[] = []
  let reached = 0
  for (const { path, procedure, input } of procedures(contract, router)) {
    for (const one of Object.values(failures)) {
      failure = one
      const context = { credentials: brokenBy(one), ipAddress: canary, userAgent: canary }
      const answer: unknown = await call(
        procedure as never,
        (input?.input ?? { canary }) as never,
        { context, path: path.split('.') } as never,
      ).catch((error: unknown) => error)
      if (Object(answer).code === 'INTERNAL_SERVER_ERROR') reached += 1
      else unreached.push(path)
      expect(JSON.stringify(answer)).not.toContain('CANARY')
    }
  }
  const logged = await database.reader.selectFrom('error_logs').selectAll().execute()
  expect(logged).toHaveLength(reached)
  expect(JSON.stringify(logged)).not.toContain('CANARY')
  expect([...new Set(unreached)]).toEqual([])

  failure = () => Object.values(failures)[0]?.()
  database.connection.exec('DROP TABLE error_logs')
  await call(
    Reflect.get(router.setup, 'status') as never,
    undefined as never,
    { context: { credentials: brokenBy(failure), ipAddress: '', userAgent: '' } } as never,
  ).catch(() => {})
  const console = JSON.stringify(written.map((spy) => spy.mock.calls))
  await database.close()
  vi.restoreAllMocks()
  expect(console).toContain('SyntaxError')
  expect(console).not.toContain('CANARY')
})

/** Credentials that cannot be read, so that each call fails on its way to the handler, whoever may use it. */
function brokenBy(failure: () => unknown) {
  let isFirst = true
  return {
    ...memoryCredentials(),
    read() {
      if (!isFirst) return undefined
      isFirst = false
      throw failure()
    },
  }
}

function failing(node: AnyContractRouter, fail: () => Promise<never>): unknown {
  if (isContractProcedure(node)) return fail
  return Object.fromEntries(
    Object.entries(node as Record<string, AnyContractRouter>).map(([name, child]) => [name, failing(child, fail)]),
  )
}

function procedures(
  node: AnyContractRouter,
  router: unknown,
  path: string[] = [],
): { path: string; procedure: unknown; input: { input: unknown } | undefined }[] {
  if (isContractProcedure(node)) {
    const schema = node['~orpc'].inputSchema as z.ZodType | undefined
    return [{ path: path.join('.'), procedure: router, input: sampleInput(schema, canary) }]
  }
  return Object.entries(node as Record<string, AnyContractRouter>).flatMap(([name, child]) =>
    procedures(child, (router as Record<string, unknown>)[name], [...path, name]),
  )
}
