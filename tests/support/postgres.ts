import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type pg from 'pg'
import { embeddedPostgres } from '../../main/commands/centre/embedded-postgres.ts'

export interface PostgresServer extends AsyncDisposable {
  /** Makes a new, empty database and connects to it; the connection is closed with the server. */
  database(): Promise<pg.Client>
  /** Another connection to the same database. */
  again(client: Pick<pg.Client, 'database'>): Promise<pg.Client>
  /** Ends all its processes at once, as a power cut would; connections break. */
  kill(): Promise<void>
  /** Starts it again on the same data after a kill. */
  restart(): Promise<void>
}

export interface PostgresOptions {
  /** What it says is committed is on the disk. */
  isDurable?: boolean
}

/** A real server on a free port with its data in a temporary folder. Starts in one or two seconds. */
export async function startPostgres({ isDurable = false }: PostgresOptions = {}): Promise<PostgresServer> {
  const log: string[] = []
  const databaseDir = mkdtempSync(join(tmpdir(), 'bdc-postgres-'))
  const EmbeddedPostgres = await chosen()
  const server = new EmbeddedPostgres({
    databaseDir,
    port: await freePort(),
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--locale=C.UTF-8', '--encoding=UTF8', '--no-sync'],
    postgresFlags: [
      '-c',
      `fsync=${isDurable ? 'on' : 'off'}`,
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
    ],
    onLog: (line) => log.push(line),
    onError: (error) => log.push(String(error)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (cause) {
    throw new Error(`PostgreSQL did not start:\n${log.join('')}`, { cause })
  }

  const clients: pg.Client[] = []
  let databases = 0

  async function connect(name: string): Promise<pg.Client> {
    const client = server.getPgClient(name, '127.0.0.1')
    // A connection that breaks fails the query that it was busy with; there is nothing more to do about it here.
    client.on('error', () => {})
    await client.connect()
    clients.push(client)
    return client
  }

  return {
    async database() {
      databases += 1
      const name = `test_${databases}`
      await server.createDatabase(name)
      return connect(name)
    },
    again: (client) => connect(client.database ?? ''),
    async kill() {
      const [main] = readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8').split('\n')
      const processes = [Number(main), ...childrenOf(Number(main))]
      for (const id of processes) endNow(id)
      while (processes.some(isRunning)) await new Promise((resolve) => setTimeout(resolve, 10))
    },
    restart: () => server.start(),
    async [Symbol.asyncDispose]() {
      for (const client of clients) await client.end()
      await server.stop()
    },
  }
}

/** The module of another version of `embedded-postgres`, where the variable names its file: CONTRIBUTING.md says how. */
function chosen() {
  const place = process.env.BDC_TEST_POSTGRES
  return place ? embeddedPostgres(() => import(pathToFileURL(place).href)) : embeddedPostgres()
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => statOf(Number(name))?.parent === parent)
    .map(Number)
}

function statOf(id: number): { state: string; parent: number } | undefined {
  try {
    const [state = '', parent] = readFileSync(`/proc/${id}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return { state, parent: Number(parent) }
  } catch {
    return undefined
  }
}

function isRunning(id: number): boolean {
  const stat = statOf(id)
  return stat !== undefined && stat.state !== 'Z'
}

function endNow(id: number) {
  try {
    process.kill(id, 'SIGKILL')
  } catch {
    // It went between being listed and being ended.
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
