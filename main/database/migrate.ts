import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Connection, openConnection } from './open.ts'

const folder = join(import.meta.dirname, '../../migrations/sqlite')

/** Brings the schema of the file up to date, each step in its own transaction, and returns the open connection. */
export async function migrateUp(path: string, key: Buffer): Promise<Connection> {
  const connection = openConnection(path, key)
  const done = Number(connection.pragma('user_version', { simple: true }))
  const steps = readdirSync(folder).filter((name) => name.endsWith('.up.sql')).sort()
  for (const name of steps) {
    const number = Number(name.slice(0, 4))
    if (number <= done) continue
    connection.exec('BEGIN IMMEDIATE')
    connection.exec(readFileSync(join(folder, name), 'utf8'))
    connection.pragma(`user_version = ${number}`)
    connection.exec('COMMIT')
  }
  return connection
}
