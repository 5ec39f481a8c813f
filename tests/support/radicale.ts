import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createSocketServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
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

export interface Radicale extends AsyncDisposable {
  /** Of the server, through a line that can be cut. */
  address: string
  /** A new calendar of the user. */
  calendar(name: string): Promise<RemoteCalendar>
  /** What happens to a request from now on; `after`: once the server has answered. */
  onRequest(fate: (method: string, body: string) => Fate, after?: (method: string) => void | Promise<void>): void
  /** As the machine it runs on might. */
  kill(): Promise<void>
  start(): Promise<void>
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

/** A server on a free port with a folder of its own. */
export async function startRadicale(): Promise<Radicale> {
  const folder = mkdtempSync(join(tmpdir(), 'bdc-radicale-'))
  writeFileSync(join(folder, 'users'), `${calendarUser.userName}:${calendarUser.password}\n`)
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  let child: ChildProcess | undefined
  let fate: (method: string, body: string) => Fate = () => 'pass'
  let after: (method: string) => void | Promise<void> = () => {}
  const asked: string[] = []

  async function start() {
    child = spawn(
      program,
      [
        ['--config', ''],
        ['--server-hosts', `127.0.0.1:${port}`],
        ['--auth-type', 'htpasswd'],
        ['--auth-htpasswd-filename', join(folder, 'users')],
        ['--auth-htpasswd-encryption', 'plain'],
        ['--auth-delay', '0'],
        ['--storage-filesystem-folder', join(folder, 'collections')],
        ['--logging-level', 'error'],
      ].flat(),
      { stdio: 'ignore' },
    )
    for (let tries = 0; tries < 200; tries++) {
      const isUp = await fetch(`${origin}/.web/`).then(
        () => true,
        () => false,
      )
      if (isUp) return
      await pause(50)
    }
    throw new Error('radicale does not answer')
  }

  async function kill() {
    const gone = new Promise((resolve) => child?.once('exit', resolve))
    child?.kill('SIGKILL')
    await gone
  }

  async function forward(incoming: IncomingMessage, outgoing: ServerResponse) {
    const method = incoming.method ?? ''
    asked.push(method)
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const whole = Buffer.concat(chunks)
    const due = fate(method, whole.toString())
    if (due === 'unknown') return void outgoing.writeHead(403, { 'content-type': 'application/xml' }).end(unknownReport)
    const onward = request(`${origin}${incoming.url}`, { method, headers: incoming.headers }, (reply) => {
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

  await start()
  const line = createServer((incoming, outgoing) => void forward(incoming, outgoing))
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(line.address() as AddressInfo).port}`

  return {
    address,
    asked,
    start,
    kill,
    onRequest(next, done = () => {}) {
      fate = next
      after = done
    },
    async calendar(name) {
      const path = `/${calendarUser.userName}/${name}/`
      await sent(`${origin}${path}`, 'MKCALENDAR')
      return remoteCalendar(`${origin}${path}`, `${address}${path}`)
    },
    async [Symbol.asyncDispose]() {
      line.closeAllConnections()
      line.close()
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function remoteCalendar(direct: string, address: string): RemoteCalendar {
  async function events() {
    const listing = await sent(direct, 'PROPFIND', '', { depth: '1' })
    const names = [...listing.matchAll(/<href>[^<]*\/([^/<]+\.ics)<\/href>/g)].flatMap(([, name]) => name ?? [])
    return new Map(await Promise.all(names.map(async (name) => [name, await sent(`${direct}${name}`, 'GET')] as const)))
  }
  async function only() {
    const [first, ...rest] = await events()
    if (!first || rest.length > 0) throw new Error(`There are ${rest.length + (first ? 1 : 0)} events.`)
    return first
  }
  const put = async (name: string, text: string) => void (await sent(`${direct}${name}`, 'PUT', text))
  const remove = async (name: string) => void (await sent(`${direct}${name}`, 'DELETE'))
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
    drop: async () => void (await sent(direct, 'DELETE')),
  }
}

async function sent(url: string, method: string, body?: string, headers: Record<string, string> = {}) {
  const { userName, password } = calendarUser
  const authorization = `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`
  const response = await fetch(url, { method, body: body ?? null, headers: { authorization, ...headers } })
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status}`)
  return response.text()
}

async function freePort(): Promise<number> {
  const server = createSocketServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
