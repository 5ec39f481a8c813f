import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bridge, type PageMessage, type PreloadApi } from '../../../main/hosts/electron/bridge.ts'

function bridgedPage() {
  const exposed: Record<string, unknown> = {}
  const forwarded: unknown[][] = []
  const invoked: unknown[][] = []
  const heard = new Map<string, (event: object) => void>()
  let listen: (event: PageMessage) => void = () => {}
  const page = {
    origin: 'app://main',
    addEventListener(_type: 'message', listener: typeof listen) {
      listen = listener
    },
  }
  const api = {
    contextBridge: { exposeInMainWorld: (name: string, value: unknown) => Object.assign(exposed, { [name]: value }) },
    ipcRenderer: {
      postMessage: (...message: unknown[]) => void forwarded.push(message),
      send: () => {},
      on: (name: string, listener: (event: object) => void) => void heard.set(name, listener),
      invoke: (...message: unknown[]) => void invoked.push(message),
    },
  }
  bridge(api as unknown as PreloadApi, page, { platform: 'linux', version: '1.2.3' })

  const { port1 } = new MessageChannel()
  const wish: PageMessage = { data: 'bdc:open-door', origin: 'app://main', source: page, ports: [port1] }
  return {
    exposed,
    forwarded,
    invoked,
    heard,
    port1,
    say: (different: Partial<PageMessage>) => listen({ ...wish, ...different }),
  }
}

describe('item 13: the preload', () => {
  it('exposes two facts, two questions and one message', () => {
    expect(bridgedPage().exposed).toEqual({
      bdcShell: {
        platform: 'linux',
        version: '1.2.3',
        onLocked: expect.any(Function),
        startWithMachine: expect.any(Function),
        room: expect.any(Function),
      },
    })
  })

  it('says that the session was locked, and nothing of who says so', () => {
    const { exposed, heard } = bridgedPage()
    const { onLocked } = exposed.bdcShell as { onLocked(listener: unknown): void }
    onLocked('no function')
    expect(heard.size).toBe(0)
    const calls: unknown[][] = []
    onLocked((...given: unknown[]) => calls.push(given))
    heard.get('bdc:locked')?.({ sender: 'secret' })
    expect(calls).toEqual([[]])
  })

  it('asks whether the program starts with the machine, and passes on nothing but yes or no', () => {
    const { exposed, invoked } = bridgedPage()
    const { startWithMachine } = exposed.bdcShell as { startWithMachine(wanted?: unknown): void }
    for (const wanted of [undefined, true, false, 'yes', { toString: () => 'true' }]) startWithMachine(wanted)
    expect(invoked).toEqual(
      [undefined, true, false, undefined, undefined].map((wanted) => ['bdc:start-with-machine', wanted]),
    )
  })

  it('asks about the room with a text, and passes on nothing long or else', () => {
    const { exposed, invoked } = bridgedPage()
    const { room } = exposed.bdcShell as { room(asked?: unknown): void }
    for (const asked of [undefined, 'leave', 7, { toString: () => 'leave' }, 'x'.repeat(1_000)]) room(asked)
    expect(invoked).toEqual(
      [undefined, 'leave', undefined, undefined, 'x'.repeat(200)].map((asked) => ['bdc:room', asked]),
    )
  })

  it.each<[string, Partial<PageMessage>]>([
    ['another frame', { source: {} }],
    ['no window at all', { source: null }],
    ['another origin', { origin: 'app://evil' }],
    ['an opaque origin', { origin: 'null' }],
    ['another message', { data: 'bdc:open' }],
    ['a message that only looks the same', { data: { toString: () => 'bdc:open-door' } }],
    ['a message without a port', { ports: [] }],
    ['a message with two ports', { ports: [new MessageChannel().port1, new MessageChannel().port2] }],
  ])('passes nothing on from %s', (_case, different) => {
    const page = bridgedPage()
    page.say(different)
    expect(page.forwarded).toEqual([])
  })

  it("passes the page's port on to the door, with no other content", () => {
    const page = bridgedPage()
    page.say({})
    expect(page.forwarded).toEqual([['bdc:open-door', null, [page.port1]]])
  })

  it('says what the renderer listens for', () => {
    const connect = readFileSync(join(import.meta.dirname, '../../../renderer/lib/connect.ts'), 'utf8')
    expect(connect).toContain("'bdcShell' in window")
    expect(connect).toContain("postMessage('bdc:open-door', window.origin, [")
  })
})
