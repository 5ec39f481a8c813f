import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { ORPCError } from '@orpc/client'
import type { AnyContractProcedure } from '@orpc/contract'
import { traverseContractProcedures } from '@orpc/server'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { digestOf } from '../../main/actor.ts'
import type { App } from '../../main/app.ts'
import { keyFile } from '../../main/database/key.ts'
import { type Connection, openConnection } from '../../main/database/open.ts'
import { RefusalData } from '../../shared/contract/base.ts'
import { BulkJob } from '../../shared/contract/bulk.ts'
import { contract } from '../../shared/contract/index.ts'
import { actorKinds } from '../../shared/permissions.ts'
import { inputs } from '../support/inputs.ts'
import { inputsFor } from './inputs.ts'
import { calling } from './ways.ts'
import { keptToken, makeWorld, openWorld, someone, type World } from './world.ts'

/** For each of the nine kinds of actors. */
const inputsEach = inputs(20)
/** These say no after the commit that counts the wrong try. */
const counted = new Set([
  'kiosk.wrongSecret',
  'kiosk.wait',
  'identity.wrongCredentials',
  'identity.wrongPassword',
  'identity.wrongCode',
  'identity.wait',
])

/** Of a call that ends sessions, for each actor: every answer costs a new world, and more of them tell nothing new. */
const mostWorlds = inputs(4)

/** These go on behind the answer, and write. */
const lasting = new Set(['bulk.begin', 'bulk.undo'])

const procedures: [string, AnyContractProcedure][] = []
traverseContractProcedures({ router: contract, path: [] }, ({ contract: procedure, path }) => {
  procedures.push([path.join('.'), procedure])
})

let world: World
let folder: string
let app: App
let observer: Connection

beforeAll(async () => {
  world = await makeWorld()
  folder = mkdtempSync(join(tmpdir(), 'bdc-fuzz-'))
  await open()
}, 60_000)
afterAll(async () => {
  await close()
  rmSync(folder, { recursive: true })
  world[Symbol.dispose]()
})

async function open() {
  rmSync(folder, { recursive: true, force: true })
  cpSync(world.folderWithRoom, folder, { recursive: true })
  app = await openWorld(folder)
  const key = await keyFile(join(folder, 'bdc.key')).load()
  if (!key) throw new Error('There is no key.')
  observer = openConnection(join(folder, 'bdc.db'), key, { readonly: true })
}

async function close() {
  observer.close()
  await app.close()
}

/** How many of the world's sessions are still there: a call that ends one changes who the next call is from. */
function liveSessions() {
  const digests = JSON.stringify(Object.values(world.tokens).map(digestOf))
  const count = 'SELECT count(*) FROM sessions WHERE token IN (SELECT value FROM json_each(?))'
  return observer.prepare(count).pluck().get(digests)
}

/** Grows with every commit of another connection. */
const commits = () => observer.pragma('data_version', { simple: true })

it.each(procedures)(
  '%s meets whatever comes without an unexpected error, and what it refuses leaves no trace',
  // Each answer of `exports.seal` costs what a guess at a passphrase is made to cost.
  { timeout: inputs(120_000) },
  async (name, procedure) => {
    const seed = Date.now() % 2 ** 31
    const tried = fc.sample(inputsFor(procedure['~orpc'].inputSchema), { numRuns: inputsEach, seed })
    const faults: string[] = []
    let answered = 0
    for (const actor of actorKinds) {
      let call = asActor(actor)
      const sessions = liveSessions()
      let worldsEnded = 0
      for (const input of tried) {
        if (worldsEnded === mostWorlds) break
        const before = commits()
        const outcome = await call(name, input).then(() => 'answered', keyOf)
        if (outcome === 'answered') {
          if (hasNul(input)) faults.push(`${actor}: took ${inspect(input).slice(0, 500)}`)
          answered += 1
          if (lasting.has(name)) await idle(call)
          if (before === commits()) continue
          const isEnded = liveSessions() !== sessions
          if (!isEnded && answered % 100 !== 0) continue
          if (isEnded) worldsEnded += 1
          await close()
          await open()
          call = asActor(actor)
          continue
        }
        const isTrace = !counted.has(outcome) && before !== commits()
        if (outcome.startsWith('!') || isTrace)
          faults.push(`${actor}: ${outcome} ${isTrace ? 'and a write' : ''} on ${inspect(input).slice(0, 500)}`)
      }
    }
    expect({ seed, faults: faults.slice(0, 5) }).toEqual({ seed, faults: [] })
  },
)

function asActor(actor: (typeof actorKinds)[number]) {
  return calling(someone(app, keptToken(actor === 'nobody' ? undefined : world.tokens[actor])).client)
}

async function idle(call: ReturnType<typeof asActor>) {
  const isRunning = async () =>
    BulkJob.array()
      .parse(await call('bulk.jobs', undefined))
      .some(({ state }) => state === 'running')
  await expect.poll(isRunning, { timeout: 10_000 }).toBe(false)
}

/** The key of a refusal; with an exclamation mark whatever else was thrown. */
function keyOf(error: unknown): string {
  if (!(error instanceof ORPCError) || error.code === 'INTERNAL_SERVER_ERROR') return `! ${String(error)}`
  const refusal = RefusalData.safeParse(error.data)
  return refusal.success ? refusal.data.key : `! ${error.code}`
}

function hasNul(input: unknown, depth = 0): boolean {
  if (typeof input === 'string') return input.includes('\0')
  return (
    typeof input === 'object' &&
    input !== null &&
    depth < 20 &&
    Object.values(input).some((part) => hasNul(part, depth + 1))
  )
}
