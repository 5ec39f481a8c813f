import type pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { failureLine } from '../../../main/hosts/centre/failure.ts'
import { type PostgresServer, startPostgres } from '../../support/postgres.ts'

let server: PostgresServer
let client: pg.Client
beforeAll(async () => {
  server = await startPostgres()
  client = await server.database()
  await client.query('CREATE TABLE kept (name text UNIQUE, age integer NOT NULL CHECK (age > 0))')
  await client.query("INSERT INTO kept VALUES ('SECRET', 1)")
})
afterAll(() => server[Symbol.asyncDispose]())

const lineOf = (statement: string) =>
  client.query(statement).then(
    () => 'nothing failed',
    (error: unknown) => failureLine(new Date('2026-03-04T05:06:07.089Z'), 'Gateway', error),
  )

it('tells the moment, the message and the code of PostgreSQL, and no value', async () => {
  const said = {
    'duplicate key value violates unique constraint "kept_name_key" (PostgreSQL 23505)':
      "INSERT INTO kept VALUES ('SECRET', 2)",
    'null value in column "age" of relation "kept" violates not-null constraint (PostgreSQL 23502)':
      "INSERT INTO kept VALUES ('SECRET 2', NULL)",
    'new row for relation "kept" violates check constraint "kept_age_check" (PostgreSQL 23514)':
      "INSERT INTO kept VALUES ('SECRET 2', -77)",
    'relation "missing" does not exist (PostgreSQL 42P01)': 'SELECT FROM missing',
    'invalid input syntax for type integer… (PostgreSQL 22P02)': "SELECT 'SECRET'::integer",
    'invalid input syntax for type json (PostgreSQL 22P02)': `SELECT '{"SECRET": }'::json`,
    'date/time field value out of range… (PostgreSQL 22008)': "SELECT '2026-13-77'::timestamp",
  }
  for (const [words, statement] of Object.entries(said)) {
    const line = await lineOf(statement)
    expect(line).toContain(`2026-03-04T05:06:07.089Z Gateway: ${words}, DatabaseError`)
    expect(line).not.toMatch(/SECRET|77/)
  }
  const raised = await lineOf(`DO $$ BEGIN RAISE EXCEPTION 'no such person: %', 'SECRET'; END $$`)
  expect(raised).toContain('Gateway: no such person… (PostgreSQL P0001)')
  expect(raised).not.toContain('SECRET')
})

it('tells of any other error what it is, and not what it says', () => {
  const line = failureLine(new Date(0), 'Gateway', new SyntaxError('Unexpected token in SECRET'))
  expect(line).toMatch(/^1970-01-01T00:00:00\.000Z Gateway: SyntaxError\n/)
  expect(line).not.toContain('SECRET')
})
