import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { request as encryptedRequest } from 'node:https'
import { type AddressInfo, connect, createServer as createSocketServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Certified } from '../../main/domains/classroom/certificates/issue.ts'
import { run } from '../../scripts/run.mjs'

const program = '/usr/bin/radicale'

export const calendarUser = { userName: 'tom', password: 'pass word ü' }

/** Debian's CalDAV server, installed where that needs nobody's consent; otherwise why it is not there. */
export async function radicaleMissing(): Promise<string | undefined> {
  if (existsSync(program)) return undefined
  const reason = 'the CalDAV server radicale is not installed, and only root on Debian installs it by itself'
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return reason
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const update = await run('apt-get', ['update'], { env })
  if (update.code === 0) await run('apt-get', ['install', '-y', '--no-install-recommends', 'radicale'], { env })
  return existsSync(program) ? undefined : reason
}

/** What becomes of a request on its way: `lost`: the server does it, and the answer never arrives; `unknown`: it cannot do that. */
type Fate = 'pass' | 'lost' | 'unknown'

/** As a server says it that does not know sync-collection (RFC 3253, 3.6). */
const unknownReport = '<?xml version="1.0"?><error xmlns="DAV:"><supported-report/></error>'

export interface RadicaleServer extends AsyncDisposable {
  address: string
  /** A new calendar of the user. */
  calendar(name: string): Promise<RemoteCalendar>
  /** As the machine it runs on might. */
  kill(): Promise<void>
  start(): Promise<void>
}

/** Its address leads through a line that can be cut. */
export interface Radicale extends RadicaleServer {
  /** What happens to a request from now on; `after`: once the server has answered. */
  onRequest(fate: (method: string, body: string) => Fate, after?: (method: string) => void | Promise<void>): void
  /** The methods of what was asked so far. */
  asked: string[]
}

export interface RemoteCalendar {
  address: string
  /** Past the line that can be cut, as another program of the same person. */
  put(name: string, text: string): Promise<void>
  remove(name: string): Promise<void>
  /** By file name. */
  events(): Promise<Map<string, string>>
  /** Changes the only event there. */
  edit(change: (text: string) => string): Promise<void>
  /** Takes out the only event there. */
  clear(): Promise<void>
  drop(): Promise<void>
}

/** A server on a free port with a folder of its own; with a certificate it encrypts, and takes nothing else. */
export async function startRadicaleServer(certified?: Certified): Promise<RadicaleServer> {
  const folder = mkdtempSync(join(tmpdir(), 'bdc-radicale-'))
  writeFileSync(join(folder, 'users'), `${calendarUser.userName}:${calendarUser.password}\n`)
  writeFileSync(join(folder, 'certificate'), certified?.certificate ?? '')
  writeFileSync(join(folder, 'key'), certified?.privateKey ?? '')
  const port = await freePort()
  const address = `${certified ? 'https' : 'http'}://127.0.0.1:${port}`
  const encryption = [
    ['--server-ssl'],
    ['--server-certificate', join(folder, 'certificate')],
    ['--server-key', join(folder, 'key')],
  ]
  const options = [
    ['--config', ''],
    ['--server-hosts', `127.0.0.1:${port}`],
    ['--auth-type', 'htpasswd'],
    ['--auth-htpasswd-filename', join(folder, 'users')],
    ['--auth-htpasswd-encryption', 'plain'],
    ['--auth-delay', '0'],
    ['--storage-filesystem-folder', join(folder, 'collections')],
    ['--logging-level', 'error'],
    ...(certified ? encryption : []),
  ]
  let child: ChildProcess | undefined

  async function start() {
    child = spawn(program, options.flat(), { stdio: 'ignore' })
    await listening(port)
  }
  async function kill() {
    const gone = new Promise((resolve) => child?.once('exit', resolve))
    child?.kill('SIGKILL')
    await gone
  }

  await start()
  return {
    address,
    start,
    kill,
    async calendar(name) {
      const place = `${address}/${calendarUser.userName}/${name}/`
      const send = senderUnder(certified?.certificate)
      await send(place, 'MKCALENDAR')
      return remoteCalendar(place, send)
    },
    async [Symbol.asyncDispose]() {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export async function startRadicale(): Promise<Radicale> {
  const server = await startRadicaleServer()
  let fate: (method: string, body: string) => Fate = () => 'pass'
  let after: (method: string) => void | Promise<void> = () => {}
  const asked: string[] = []

  async function forward(incoming: IncomingMessage, outgoing: ServerResponse) {
    const method = incoming.method ?? ''
    asked.push(method)
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const whole = Buffer.concat(chunks)
    const due = fate(method, whole.toString())
    if (due === 'unknown') return void outgoing.writeHead(403, { 'content-type': 'application/xml' }).end(unknownReport)
    const onward = request(`${server.address}${incoming.url}`, { method, headers: incoming.headers }, (reply) => {
      const body: Buffer[] = []
      reply.on('data', (chunk) => body.push(chunk))
      reply.on('end', async () => {
        await after(method)
        if (due === 'lost') incoming.socket.destroy()
        else outgoing.writeHead(reply.statusCode ?? 500, reply.headers).end(Buffer.concat(body))
      })
    })
    onward.on('error', () => incoming.socket.destroy())
    onward.end(whole)
  }

  const line = createServer((incoming, outgoing) => void forward(incoming, outgoing))
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(line.address() as AddressInfo).port}`

  return {
    ...server,
    address,
    asked,
    onRequest(next, done = () => {}) {
      fate = next
      after = done
    },
    async calendar(name) {
      const direct = await server.calendar(name)
      return { ...direct, address: direct.address.replace(server.address, address) }
    },
    async [Symbol.asyncDispose]() {
      line.closeAllConnections()
      line.close()
      await server[Symbol.asyncDispose]()
    },
  }
}

type Send = (url: string, method: string, body?: string, headers?: Record<string, string>) => Promise<string>

function remoteCalendar(address: string, send: Send): RemoteCalendar {
  async function events() {
    const listing = await send(address, 'PROPFIND', '', { depth: '1' })
    const names = [...listing.matchAll(/<href>[^<]*\/([^/<]+\.ics)<\/href>/g)].flatMap(([, name]) => name ?? [])
    return new Map(
      await Promise.all(names.map(async (name) => [name, await send(`${address}${name}`, 'GET')] as const)),
    )
  }
  async function only() {
    const [first, ...rest] = await events()
    if (!first || rest.length > 0) throw new Error(`There are ${rest.length + (first ? 1 : 0)} events.`)
    return first
  }
  const put = async (name: string, text: string) => void (await send(`${address}${name}`, 'PUT', text))
  const remove = async (name: string) => void (await send(`${address}${name}`, 'DELETE'))
  return {
    address,
    put,
    remove,
    events,
    async edit(change) {
      const [name, text] = await only()
      await put(name, change(text))
    },
    clear: async () => remove((await only())[0]),
    drop: async () => void (await send(address, 'DELETE')),
  }
}

/** Trusts the certificate for itself, whatever this process trusts. */
function senderUnder(ca: string | undefined): Send {
  const { userName, password } = calendarUser
  const authorization = `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`
  return async (url, method, body = '', headers = {}) => {
    const all = { authorization, 'content-length': `${Buffer.byteLength(body)}`, ...headers }
    const reply = await new Promise<IncomingMessage>((resolve, reject) => {
      const sent =
        ca === undefined ? request(url, { method, headers: all }) : encryptedRequest(url, { method, headers: all, ca })
      sent.on('response', resolve).on('error', reject).end(body)
    })
    const text = Buffer.concat(await reply.toArray()).toString()
    if (!reply.statusCode || reply.statusCode > 299) throw new Error(`${method} ${url}: ${reply.statusCode}`)
    return text
  }
}

async function listening(port: number) {
  for (let tries = 0; tries < 200; tries++) {
    const isUp = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
      socket.unref()
      socket.on('connect', () => socket.destroy())
    })
    if (isUp) return
    await pause(50)
  }
  throw new Error('radicale does not answer')
}

async function freePort(): Promise<number> {
  const server = createSocketServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
