import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { invite, newOrganization, organizationsNamed } from '../../centre/enrolment.ts'
import { initCentre } from '../../centre/init.ts'
import { lockData } from '../../database/lock.ts'
import { writeDurably } from '../../database/write-durably.ts'
import { ownCertificate } from '../../hosts/centre/certificate.ts'
import type { Options } from '../catalog.ts'
import { folder, wholeNumber } from '../options.ts'
import { toldToStop } from '../told-to-stop.ts'
import { atCentre, atDatabase } from './database.ts'
import { embeddedPostgres } from './embedded-postgres.ts'
import { invitationOnPaper } from './invite.ts'
import { namesOf, openGateway } from './start.ts'

/** A whole centre for a trial: a PostgreSQL of its own in a folder, the gateway, and an invitation. Ends when it is told to. */
export async function centreDemo(options: Options) {
  const stopped = toldToStop()
  const data = folder(options, 'data')
  // PostgreSQL never runs as root, and its own user has to pass through to its folder.
  mkdirSync(data, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  await using opened = new AsyncDisposableStack()
  const databaseDir = join(data, 'postgres')
  // One demo at a time, so that a PostgreSQL which runs here already was left behind by one that was killed.
  opened.adopt(lockData(databaseDir), (lock) => lock.release())
  const server = opened.adopt(await openServer(databaseDir), (its) => its.stop())
  await atDatabase(server.url('postgres', server.password, 'postgres'), makeDatabase)
  const password = randomBytes(24).toString('base64url')
  await atDatabase(server.url('postgres', server.password), (client) =>
    initCentre(client, { gatewayPassword: password }),
  )
  const gateway = await openGateway({
    url: server.url('bdc_gateway', password),
    port: options.port ? wholeNumber(options, 'port', 0, 65_535) : 0,
    names: namesOf(options),
    certificate: await ownCertificate(data, namesOf(options), new Date()),
  })
  opened.defer(() => gateway.close())
  const text = await atCentre(server.url('postgres', server.password), async (client) => {
    const organizationId = await demoOrganization(client)
    return (await invite(client, { organizationId, scope: 'organization', trainer: null })).text
  })
  const database = server.url('postgres', server.password)
  process.stdout.write(`${JSON.stringify({ url: gateway.url, pid: process.pid, database, invitation: text })}\n`)
  if (process.stdout.isTTY) process.stdout.write(invitationOnPaper(text))
  await stopped
}

type Client = Parameters<typeof invite>[0]

async function demoOrganization(client: Client): Promise<number> {
  const [first] = await organizationsNamed(client, null)
  return first ?? newOrganization(client, 'Demo')
}

async function openServer(databaseDir: string) {
  const EmbeddedPostgres = await embeddedPostgres().catch((cause: unknown) => {
    throw new Error(
      'The demo needs its own PostgreSQL, which is not installed here: run "npm install", or use "centre init" and "centre start" with a PostgreSQL of yours.',
      { cause },
    )
  })
  // The server listens at this machine alone, and the folder is its owner's.
  const password = keptPassword(databaseDir)
  await endLeftBehind(databaseDir, password)
  const port = await freePort()
  const log: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    password,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--locale=C.UTF-8', '--encoding=UTF8'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: (line) => log.push(line),
    onError: (error) => log.push(String(error)),
  })
  try {
    if (!existsSync(join(databaseDir, 'PG_VERSION'))) await server.initialise()
    await server.start()
  } catch (cause) {
    const running = runningIn(databaseDir)
    const hint = running
      ? `Where the process ${running.pid} is a PostgreSQL of this folder, end it and start again.\n`
      : ''
    throw new Error(`The PostgreSQL of the demo did not start:\n${log.join('') || cause}${hint}`, { cause })
  }
  const url = (user: string, secret: string, database = 'bdc') => urlAt(port, user, secret, database)
  return { url, password, stop: () => server.stop() }
}

function urlAt(port: number, user: string, secret: string, database: string): string {
  return `postgres://${user}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${database}`
}

/** A demo that was killed at its first start may not have come as far. */
async function makeDatabase(client: Client) {
  const { rows } = await client.query(`SELECT FROM pg_database WHERE datname = 'bdc'`)
  if (rows.length === 0) await client.query('CREATE DATABASE bdc')
}

/** What a PostgreSQL writes beside its data while it runs, and leaves there where it is killed. */
function runningIn(databaseDir: string): { pid: number; port: number } | undefined {
  const place = join(databaseDir, 'postmaster.pid')
  if (!existsSync(place)) return undefined
  const [pid, , , port] = readFileSync(place, 'utf8').split('\n').map(Number)
  return pid && port ? { pid, port } : undefined
}

const leftBehindEndsMs = 30_000

/** Ends the PostgreSQL of a demo that was killed. Only one that answers for this folder: the process may be another one by now. */
async function endLeftBehind(databaseDir: string, password: string) {
  const running = runningIn(databaseDir)
  if (!running) return
  const folders = await atDatabase(urlAt(running.port, 'postgres', password, 'postgres'), async (client) => {
    const { rows } = await client.query<{ folder: string }>(`SELECT current_setting('data_directory') AS folder`)
    return rows
  }).catch(() => [])
  if (!folders.some((its) => realpathSync(its.folder) === realpathSync(databaseDir))) return
  process.kill(running.pid, 'SIGINT')
  const until = performance.now() + leftBehindEndsMs
  while (runningIn(databaseDir) && performance.now() < until) await wait(50)
}

function keptPassword(databaseDir: string): string {
  const place = `${databaseDir}.password`
  if (existsSync(place)) return readFileSync(place, 'utf8')
  const made = randomBytes(24).toString('base64url')
  writeDurably(place, made)
  return made
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No port is free.')),
      )
    })
  })
}
