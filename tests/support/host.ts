import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import { type App, createApp } from '../../main/app.ts'
import { keyFile } from '../../main/database/key.ts'
import { startHttpHost } from '../../main/hosts/http/host.ts'
import type { Limits } from '../../main/hosts/http/limits.ts'
import type { contract } from '../../shared/contract/index.ts'
import { putNewData } from './new-data.ts'

export type HttpClient = ContractRouterClient<typeof contract>

export const secret = 'SECRET: outside of the screens'
export const page = '<!doctype html><html><head><title>BDC</title></head></html>'
export const script = 'console.log(1)'

/** Bytes of a file that no buffer between two sockets holds. */
export const largeSize = 32_000_000

export interface TestFolders extends Disposable {
  dataDir: string
  rendererDir: string
}

/** A data folder, small screens beside a secret, and links that lead from the screens to the secret. */
export function testFolders(): TestFolders {
  const folder = mkdtempSync(join(tmpdir(), 'bdc-host-'))
  const rendererDir = join(folder, 'renderer')
  mkdirSync(join(rendererDir, 'assets'), { recursive: true })
  mkdirSync(join(folder, 'renderer-secret'))
  writeFileSync(join(folder, 'secret.txt'), secret)
  writeFileSync(join(folder, 'renderer-secret', 'secret.txt'), secret)
  writeFileSync(join(rendererDir, 'index.html'), page)
  writeFileSync(join(rendererDir, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(join(rendererDir, 'assets', 'main-abc.js'), script)
  writeFileSync(join(rendererDir, 'assets', 'a b.js'), script)
  writeFileSync(join(rendererDir, 'assets', 'large.bin'), '')
  truncateSync(join(rendererDir, 'assets', 'large.bin'), largeSize)
  symlinkSync(join(folder, 'secret.txt'), join(rendererDir, 'link.txt'))
  symlinkSync(folder, join(rendererDir, 'linked'))
  return { dataDir: join(folder, 'data'), rendererDir, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}

export interface TestHost extends AsyncDisposable {
  app: App
  url: string
  port: number
  dataDir: string
  /** A browser of its own: keeps its cookies and says where its page is from. */
  client(browser?: Browser): HttpClient
  /** Sends these bytes over a connection of their own and returns all that comes back until it is closed. */
  raw(request: string): Promise<string>
  closeHost(): Promise<void>
}

/** A real app behind a real host on a free port. */
export async function testHost({ limits }: { limits?: Limits } = {}): Promise<TestHost> {
  const folders = testFolders()
  const { dataDir, rendererDir } = folders
  await putNewData(dataDir)
  const app = await createApp({ dataDir, keys: keyFile(join(dataDir, 'bdc.key')) })
  const host = await startHttpHost({ app, rendererDir, port: 0, limits })
  const port = Number(new URL(host.url).port)

  return {
    app,
    url: host.url,
    port,
    dataDir,
    client: (browser) => clientAt(host.url, browser),
    raw: (request) => exchange(port, request),
    closeHost: host.close,
    async [Symbol.asyncDispose]() {
      await host.close()
      await app.close()
      folders[Symbol.dispose]()
    },
  }
}

/** A client that calls as the page at `url` does. */
export function clientAt(url: string, browser = newBrowser()): HttpClient {
  return createORPCClient(new RPCLink({ url: `${url}/rpc`, fetch: (request) => browser.fetch(request) }))
}

export interface Browser {
  fetch(request: Request): Promise<Response>
  /** The `Set-Cookie` headers so far. */
  setCookies: string[]
}

export function newBrowser(): Browser {
  const cookies = new Map<string, string>()
  const setCookies: string[] = []
  return {
    setCookies,
    async fetch(request) {
      request.headers.set('origin', new URL(request.url).origin)
      request.headers.set('cookie', [...cookies].map((cookie) => cookie.join('=')).join('; '))
      const response = await fetch(request)
      for (const text of response.headers.getSetCookie()) {
        setCookies.push(text)
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? []
        if (value === '') cookies.delete(name)
        else cookies.set(name, value)
      }
      return response
    },
  }
}

/** Everything that the other side says on a new connection after `request`, until it closes. */
export function exchange(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request, 'latin1'))
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', (error) => (chunks.length > 0 ? undefined : reject(error)))
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')))
  })
}

export interface Answer {
  status: number
  headers: Record<string, string>
  body: string
}

/** Reads one raw response. */
export function readAnswer(text: string): Answer {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [statusLine = '', ...lines] = head.split('\r\n')
  const headers = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
  })
  return { status: Number(statusLine.split(' ')[1]), headers: Object.fromEntries(headers), body: rest.join('\r\n\r\n') }
}
