import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../../main/app.ts'
import { keyFile } from '../../../main/database/key.ts'
import { openDoorPort } from '../../../main/hosts/electron/door-port.ts'
import type { contract } from '../../../shared/contract/index.ts'
import { memoryCredentials } from '../../support/app.ts'
import { inputs } from '../../support/inputs.ts'
import { channelDouble, electronDouble, type FrameDouble, ourFrame } from './double.ts'

let folder: string
let core: App
let double: ReturnType<typeof electronDouble>
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bdc-door-'))
  core = await createApp({ dataDir: folder, keys: keyFile(join(folder, 'bdc.key')) })
  double = electronDouble()
  openDoorPort(double.electron, core.router, {
    credentials: memoryCredentials(),
    ipAddress: '127.0.0.1',
    userAgent: 'test',
  })
})
afterEach(async () => {
  await core.close()
  rmSync(folder, { recursive: true })
})

/** The page asks for the door from `frame`; a closed port tells that it was refused. */
function knock(frame: FrameDouble | null = ourFrame) {
  const { page, main } = channelDouble()
  const state = { isClosed: false }
  page.on('close', () => {
    state.isClosed = true
  })
  double.ipcMain.emit('bdc:open-door', { senderFrame: frame, ports: [main] })
  const client: ContractRouterClient<typeof contract> = createORPCClient(new RPCLink({ port: page }))
  return { page, main, state, client }
}

describe('item 11: who may knock', () => {
  it.each<[string, FrameDouble | null]>([
    ['a frame that is gone', null],
    ['a frame that is being replaced', { ...ourFrame, detached: true }],
    ['a frame inside the page', { ...ourFrame, parent: ourFrame }],
    ['another origin', { ...ourFrame, origin: 'app://evil' }],
    ['an origin that begins like ours', { ...ourFrame, origin: 'app://main.evil' }],
    ['a page without an origin', { ...ourFrame, origin: 'null' }],
    ['a page from a file', { ...ourFrame, origin: 'file://' }],
    ['a page from the network', { ...ourFrame, origin: 'https://main' }],
  ])('closes the port of %s', async (_case, frame) => {
    const { state } = knock(frame)
    await expect.poll(() => state.isClosed).toBe(true)
  })

  it('takes neither a message without a port nor one with two', async () => {
    const [one, two] = [channelDouble(), channelDouble()]
    let closed = 0
    for (const { page } of [one, two]) page.on('close', () => closed++)
    double.ipcMain.emit('bdc:open-door', { senderFrame: ourFrame, ports: [] })
    double.ipcMain.emit('bdc:open-door', { senderFrame: ourFrame, ports: [one.main, two.main] })
    await expect.poll(() => closed).toBe(2)
  })

  it('listens to one channel only', () => {
    expect(double.ipcMain.eventNames()).toEqual(['bdc:open-door'])
  })

  it('answers the page itself', async () => {
    const { client, page } = knock()
    expect(await client.setup.status()).toMatchObject({ state: 'empty' })
    page.close()
  })

  it('keeps the session when the page loads again, and closes the port of the page before', async () => {
    const before = knock()
    const password = 'correct horse'
    await before.client.setup.createCentre({
      organizationName: 'Centre',
      adminName: 'Ada',
      email: 'ada@example.org',
      password,
    })

    const after = knock()
    expect(await after.client.identity.me()).toMatchObject({ user: { name: 'Ada' } })
    await expect.poll(() => before.state.isClosed).toBe(true)
    after.page.close()
  })
})

describe('item 12: what may be said', () => {
  it('answers an input that is too large with a refusal, without reading it, and goes on', async () => {
    const { client, page, state } = knock()
    const tooLong = { text: 'x'.repeat(5 * 1024 * 1024) }
    await expect(client.imports.readText(tooLong)).rejects.toMatchObject({
      status: 413,
      data: { key: 'door.tooLarge' },
    })
    await expect(client.identity.signIn({ email: 'a@b.co', password: 'x'.repeat(70_000) })).rejects.toMatchObject({
      data: { key: 'door.tooLarge' },
    })
    expect(await client.setup.status()).toMatchObject({ state: 'empty' })
    expect(state.isClosed).toBe(false)
    page.close()
  })

  it('lets through what is large but within the limit of its procedure', async () => {
    const { client, page } = knock()
    await expect(client.imports.readText({ text: 'x'.repeat(1_500_000) })).rejects.toMatchObject({
      data: { key: 'door.signInFirst' },
    })
    page.close()
  })

  const valid = '{"i":"1","p":{"u":"/setup/status"}}'
  it.each<[string, unknown]>([
    ['no JSON', 'hello'],
    ['nothing', ''],
    ['an object instead of text', { i: '1', p: { u: '/setup/status' } }],
    ['bytes', new TextEncoder().encode(valid)],
    ['null', null],
    ['a large text that names no procedure', JSON.stringify({ p: 'x'.repeat(10_000) })],
    [
      'a large input for a procedure that is not there',
      `{"i":"1","p":{"u":"/no/such","b":"${'x'.repeat(10_000)}"}}`.replace('{"i"', '{ "i"'),
    ],
    ['another address', '{"i":"1","p":{"u":"http://evil/setup/status"}}'],
    ['a path that climbs', '{"i":"1","p":{"u":"/setup/../status"}}'],
    ['a call by GET', '{"i":"1","p":{"u":"/setup/status","m":"GET"}}'],
    ['an unknown kind of message', '{"i":"1","t":9,"p":{}}'],
    ['a field too many', '{"i":"1","p":{"u":"/setup/status","x":1}}'],
    ['no id', '{"p":{"u":"/setup/status"}}'],
  ])('closes the port after %s', async (_case, message) => {
    const { page, state } = knock()
    page.postMessage(message)
    await expect.poll(() => state.isClosed).toBe(true)
  })

  it('survives random messages without an unexpected throw', { timeout: inputs(60_000) }, async () => {
    const failures: unknown[] = []
    const note = (reason: unknown) => failures.push(reason)
    process.on('unhandledRejection', note)
    await fc.assert(
      fc.asyncProperty(randomMessage, async (message) => {
        const { page } = knock()
        page.postMessage(message)
        await setTimeout(0)
        page.close()
      }),
      { numRuns: inputs(500) },
    )
    await setTimeout(50)
    process.off('unhandledRejection', note)
    expect(failures).toEqual([])
    expect(await knock().client.setup.status()).toMatchObject({ state: 'empty' })
  })
})

const path = fc.constantFrom(
  '/setup/status',
  '/identity/signIn',
  '/delivery/saveAnswer',
  '/no/such',
  '/__proto__/x',
  '/setup',
)
const randomMessage = fc.oneof(
  fc
    .record(
      {
        i: fc.string({ maxLength: 5 }),
        p: fc.record({ u: path, b: fc.anything(), h: fc.dictionary(fc.string(), fc.string()) }),
      },
      { requiredKeys: [] },
    )
    .map((message) => JSON.stringify(message)),
  fc
    .record({
      i: fc.constant('1'),
      p: fc.record({ u: path, b: fc.record({ json: fc.jsonValue(), meta: fc.jsonValue() }) }),
    })
    .map((message) => JSON.stringify(message)),
  fc
    .record({ i: fc.string(), t: fc.integer({ min: 0, max: 6 }), p: fc.jsonValue() })
    .map((message) => JSON.stringify(message)),
  fc.json(),
  fc.string(),
  fc.uint8Array(),
)
