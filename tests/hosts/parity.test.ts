import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { createRouterClient } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../main/app.ts'
import { openDatabase } from '../../main/database/database.ts'
import { keyFile } from '../../main/database/key.ts'
import { openDoorPort } from '../../main/hosts/electron/door-port.ts'
import { startHttpHost } from '../../main/hosts/http/host.ts'
import { memoryCredentials } from '../support/app.ts'
import { choice, password } from '../support/centre.ts'
import { clientAt, type HttpClient, type TestFolders, testFolders } from '../support/host.ts'
import { channelDouble, electronDouble, ourFrame } from './electron/double.ts'

/** The same client whatever is between it and the door. */
type Client = HttpClient

interface Way extends AsyncDisposable {
  client: Client
}

const visitor = () => ({ credentials: memoryCredentials(), ipAddress: '127.0.0.1', userAgent: 'test' })

const ways: Record<string, (app: App, folders: TestFolders) => Promise<Way>> = {
  'in process': async ({ router }) => ({
    client: createRouterClient(router, { context: visitor() }),
    [Symbol.asyncDispose]: async () => {},
  }),

  'over HTTP': async (app, { rendererDir }) => {
    const host = await startHttpHost({ app, rendererDir, port: 0 })
    return { client: clientAt(host.url), [Symbol.asyncDispose]: host.close }
  },

  'over a message port': async ({ router }) => {
    const { electron, ipcMain } = electronDouble()
    const { page, main } = channelDouble()
    openDoorPort(electron, router, visitor())
    ipcMain.emit('bdc:open-door', { senderFrame: ourFrame, ports: [main] })
    return { client: createORPCClient(new RPCLink({ port: page })), [Symbol.asyncDispose]: async () => page.close() }
  },
}

const canary = 'CANARY, not JSON'
const email = 'ada@example.org'
let template: string
let assessmentId: number

beforeAll(async () => {
  template = mkdtempSync(join(tmpdir(), 'bdc-parity-'))
  const app = await createApp({ dataDir: template, keys: keyFile(join(template, 'bdc.key')) })
  const admin = createRouterClient(app.router, { context: visitor() })
  await admin.setup.createCentre({ organizationName: 'Centre', adminName: 'Ada', email, password })
  assessmentId = (await admin.assessments.create({ title: 'Numbers', type: 'formative' })).id
  await admin.assessments.addQuestions({ id: assessmentId, questions: [choice] })
  await app.close()

  const database = await openDatabase(join(template, 'bdc.db'), keyFile(join(template, 'bdc.key')))
  await database.write((db) => db.updateTable('questions').set({ correct_answer: canary }).execute())
  await database.close()
})
afterAll(() => rmSync(template, { recursive: true }))

/** What a call ends with, as a screen sees it. */
async function outcomeOf(call: () => Promise<unknown>) {
  try {
    return { answer: await call() }
  } catch (error) {
    if (!(error instanceof ORPCError)) return { thrown: String(error) }
    const { code, status, message, data, defined } = error
    return { code, status, message, data, defined }
  }
}

/** Runs the calls one after the other on data of their own, this way. */
async function outcomes(way: string, calls: ((client: Client) => Promise<unknown>)[]) {
  using folders = testFolders()
  cpSync(template, folders.dataDir, { recursive: true })
  const app = await createApp({ dataDir: folders.dataDir, keys: keyFile(join(folders.dataDir, 'bdc.key')) })
  const found = []
  try {
    await using opened = await ways[way]!(app, folders)
    for (const call of calls) found.push(await outcomeOf(() => call(opened.client)))
  } finally {
    await app.close()
  }
  return found
}

/** A caller that the compiler does not hold back. */
const loose = (client: Client) =>
  client as unknown as Record<string, Record<string, (input?: unknown) => Promise<unknown>>>
const signIn = (client: Client) => client.identity.signIn({ email, password })

describe.each(Object.keys(ways))('%s', (way) => {
  it('asks who has not signed in to do so', async () => {
    expect(await outcomes(way, [(client) => client.beneficiaries.get({ id: 1 })])).toEqual([
      refusal('UNAUTHORIZED', 401, 'door.signInFirst'),
    ])
  })

  it('refuses malformed input and names the field', async () => {
    const calls = [
      (client: Client) => loose(client).identity!.signIn!({ email: 5, password }),
      (client: Client) => loose(client).identity!.signIn!(),
      (client: Client) =>
        loose(client).identity!.signIn!({ email, password, extra: new Map([[1, new Date(Number.NaN)]]) }),
    ]
    expect(await outcomes(way, calls)).toEqual([
      refusal('UNPROCESSABLE_CONTENT', 422, 'door.invalidInput', { field: 'email' }),
      refusal('UNPROCESSABLE_CONTENT', 422, 'door.invalidInput', { field: '' }),
      { answer: {} },
    ])
  })

  it('refuses with a key and what to put into its sentence', async () => {
    const calls = [
      (client: Client) => client.identity.signIn({ email, password: 'wrong' }),
      signIn,
      (client: Client) => client.identity.createUser({ name: 'Twin', email, role: 'trainer', password }),
      (client: Client) => client.beneficiaries.get({ id: 99 }),
    ]
    expect(await outcomes(way, calls)).toEqual([
      refusal('UNAUTHORIZED', 401, 'identity.wrongCredentials'),
      { answer: {} },
      refusal('CONFLICT', 409, 'identity.emailTaken', { email }),
      refusal('NOT_FOUND', 404, 'beneficiary.notFound'),
    ])
  })

  it('answers who may ask, and remembers who that is', async () => {
    const calls = [
      signIn,
      (client: Client) => client.identity.me(),
      (client: Client) => client.beneficiaries.create({ name: 'María Ñúñez ١٢٣ 😀' }),
      (client: Client) => client.beneficiaries.get({ id: 1 }),
      (client: Client) => client.identity.openKiosk(),
      (client: Client) => client.beneficiaries.get({ id: 1 }),
      (client: Client) => client.identity.leaveKiosk({ password }),
      (client: Client) => client.identity.signOut(),
      (client: Client) => client.identity.me(),
    ]
    expect(await outcomes(way, calls)).toMatchObject([
      { answer: {} },
      { answer: { kind: 'user', user: { email, role: 'super_admin' }, isPractice: false } },
      { answer: { id: 1 } },
      { answer: { id: 1, name: 'María Ñúñez ١٢٣ 😀' } },
      { answer: {} },
      refusal('FORBIDDEN', 403, 'door.forbidden'),
      { answer: {} },
      { answer: {} },
      { answer: { kind: 'nobody' } },
    ])
  })

  it('answers a bug with a number, and says nothing of where or why', async () => {
    const [, outcome] = await outcomes(way, [signIn, (client) => client.assessments.get({ id: assessmentId })])
    expect(outcome).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      status: 500,
      message: expect.any(String),
      data: { requestId: expect.stringMatching(/^[\da-f-]{36}$/) },
      defined: false,
    })
    expect(JSON.stringify(outcome)).not.toMatch(/CANARY|JSON|main\/|node_modules|\.ts/)
  })
})

/** In process there is no envelope to measure, and what is not there cannot be called. */
describe.each(['over HTTP', 'over a message port'])('%s', (way) => {
  it('refuses what is not a procedure', async () => {
    const calls = [
      (client: Client) => loose(client).nothing!.there!(),
      (client: Client) => loose(client).setup!.there!({ large: 'x'.repeat(500) }),
      (client: Client) => loose(client).__proto__!.there!(),
    ]
    for (const outcome of await outcomes(way, calls)) {
      expect(outcome).toMatchObject({
        code: 'NOT_FOUND',
        status: 404,
        data: { key: 'door.unknownProcedure', params: {} },
      })
    }
  })

  it('refuses input beyond the limit of its procedure, and goes on', async () => {
    const calls = [
      (client: Client) => client.identity.signIn({ email, password: 'x'.repeat(70_000) }),
      (client: Client) => client.imports.readText({ text: 'x'.repeat(5_000_000) }),
      (client: Client) => client.imports.readText({ text: 'x'.repeat(100_000) }),
      (client: Client) => client.setup.status(),
    ]
    expect(await outcomes(way, calls)).toMatchObject([
      refusal('PAYLOAD_TOO_LARGE', 413, 'door.tooLarge'),
      refusal('PAYLOAD_TOO_LARGE', 413, 'door.tooLarge'),
      refusal('UNAUTHORIZED', 401, 'door.signInFirst'),
      { answer: { state: 'ready' } },
    ])
  })
})

it('gives the same, word for word, whichever way', async () => {
  const calls = [
    (client: Client) => client.setup.status(),
    (client: Client) => client.beneficiaries.list({}),
    (client: Client) => loose(client).identity!.signIn!({ email: null }),
    signIn,
    (client: Client) => client.beneficiaries.create({ name: 'Maria', dateOfBirth: '2026-02-30' }),
    (client: Client) => client.beneficiaries.list({}),
    (client: Client) => client.assessments.list({}),
    (client: Client) => client.identity.setUserActive({ id: 1, isActive: false }),
    (client: Client) => client.setup.removePractice(),
  ]
  const [first, ...others] = await Promise.all(Object.keys(ways).map((way) => outcomes(way, calls)))
  expect(others).toHaveLength(2)
  for (const other of others) expect(other).toEqual(first)
})

function refusal(code: string, status: number, key: string, params: Record<string, unknown> = {}) {
  return { code, status, message: key, data: { key, params }, defined: false }
}
