import { cpSync, rmSync } from 'node:fs'
import { createORPCClient } from '@orpc/client'
import { RPCLink as HttpLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import type { App } from '../../main/app.ts'
import { openDoorPort } from '../../main/hosts/electron/door-port.ts'
import { startHttpHost } from '../../main/hosts/http/host.ts'
import { channelDouble, electronDouble, ourFrame } from '../hosts/electron/double.ts'
import { password } from '../support/centre.ts'
import { type TestFolders, testFolders } from '../support/host.ts'
import { keptToken, openWorld } from './world.ts'

/** A caller that the compiler does not hold back. */
export type Call = (procedure: string, input: unknown) => Promise<unknown>

interface Way extends AsyncDisposable {
  call: Call
}

type Loose = Record<string, Record<string, (input: unknown) => Promise<unknown>>>

export function calling(client: unknown): Call {
  return (procedure, input) => {
    const [domain = '', name = ''] = procedure.split('.')
    const found = (client as Loose)[domain]?.[name]
    if (!found) throw new Error(`There is no ${procedure}.`)
    return found(input)
  }
}

/** Both hosts, as somebody who has this token. */
export const ways: Record<string, (app: App, folders: TestFolders, token: string | undefined) => Promise<Way>> = {
  async 'over HTTP'(app, { rendererDir }, token) {
    const host = await startHttpHost({ app, rendererDir, port: 0 })
    const cookie = token === undefined ? '' : `${await cookieNameAt(host.url)}=${token}`
    const fetchAs = (request: Request) => {
      request.headers.set('origin', new URL(host.url).origin)
      request.headers.set('cookie', cookie)
      return fetch(request)
    }
    const client = createORPCClient(new HttpLink({ url: `${host.url}/rpc`, fetch: fetchAs }))
    return { call: calling(client), [Symbol.asyncDispose]: host.close }
  },

  async 'over a message port'({ router }, _, token) {
    const { electron, ipcMain } = electronDouble()
    const { page, main } = channelDouble()
    openDoorPort(electron, router, { credentials: keptToken(token), ipAddress: '127.0.0.1', userAgent: 'test' })
    ipcMain.emit('bdc:open-door', { senderFrame: ourFrame, ports: [main] })
    const client = createORPCClient(new PortLink({ port: page }))
    return { call: calling(client), [Symbol.asyncDispose]: async () => page.close() }
  },
}

/** Under which name the host keeps a session. */
async function cookieNameAt(url: string): Promise<string> {
  const headers = { 'content-type': 'application/json', origin: new URL(url).origin }
  const body = JSON.stringify({ json: { email: 'bea@x.example', password } })
  const response = await fetch(`${url}/rpc/identity/signIn`, { method: 'POST', headers, body })
  const name = response.headers.getSetCookie()[0]?.split('=')[0]
  if (!name) throw new Error('The host has set no cookie.')
  return name
}

export interface Bench extends AsyncDisposable {
  app(): App
  call: Call
  /** Puts everything back as it was. */
  restore(): Promise<void>
}

/** A copy of the data folder behind a host; whoever has changed it puts it back. */
export async function benchOn(folder: string, way: string, token: string | undefined): Promise<Bench> {
  const open = ways[way]
  if (!open) throw new Error(`There is no way ${way}.`)
  const folders = testFolders()
  const set = async () => {
    rmSync(folders.dataDir, { recursive: true, force: true })
    cpSync(folder, folders.dataDir, { recursive: true })
    const app = await openWorld(folders.dataDir)
    return { app, way: await open(app, folders, token) }
  }
  let current = await set()
  const end = async () => {
    await current.way[Symbol.asyncDispose]()
    await current.app.close()
  }
  return {
    app: () => current.app,
    call: (procedure, input) => current.way.call(procedure, input),
    async restore() {
      await end()
      current = await set()
    },
    async [Symbol.asyncDispose]() {
      await end()
      folders[Symbol.dispose]()
    },
  }
}
