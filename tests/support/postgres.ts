import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { centreDatabase, migratedDatabase, putPostgresData, startedOn, within } from './postgres-data.ts'
import { ramFolder } from './ram-folder.ts'

export interface PostgresServer extends AsyncDisposable {
  /** Makes a new, empty database and connects to it; the connection is closed with the server. */
  database(): Promise<pg.Client>
  /** The same with every step taken. */
  migrated(): Promise<pg.Client>
  /** Connects to the one centre that is there from the start; its roles begin with `centrePrefix`. */
  centre(): Promise<pg.Client>
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

/** A real server on a free port; its data are a copy of those that were made for the run, in memory unless they are to last. */
export async function startPostgres({ isDurable = false }: PostgresOptions = {}): Promise<PostgresServer> {
  const databaseDir = mkdtempSync(join(isDurable ? tmpdir() : ramFolder, 'bdc-postgres-'))
  await putPostgresData(databaseDir)
  const server = await startedOn(databaseDir, { isDurable })
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

  async function copyOf(template: string): Promise<pg.Client> {
    databases += 1
    const name = `test_${databases}`
    await within(server, 'postgres', (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`))
    return connect(name)
  }

  return {
    database: () => copyOf('template1'),
    migrated: () => copyOf(migratedDatabase),
    centre: () => connect(centreDatabase),
    again: (client) => connect(client.database ?? ''),
    async kill() {
      const main = mainProcessOf(databaseDir)
      const processes = [main, ...childrenOf(main)]
      for (const id of processes) endNow(id)
      while (processes.some(isRunning)) await new Promise((resolve) => setTimeout(resolve, 10))
    },
    restart: () => server.start(),
    async [Symbol.asyncDispose]() {
      for (const client of clients) await client.end()
      // What it would write at an end in peace is gone a moment later.
      endNow(mainProcessOf(databaseDir), 'SIGQUIT')
      await server.stop()
      rmSync(databaseDir, { recursive: true, force: true })
    },
  }
}

function mainProcessOf(databaseDir: string): number {
  const [main] = readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8').split('\n')
  return Number(main)
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

function endNow(id: number, signal: NodeJS.Signals = 'SIGKILL') {
  try {
    process.kill(id, signal)
  } catch {
    // It went between being listed and being ended.
  }
}
