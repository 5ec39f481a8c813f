import { createHash, randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as z from 'zod'
import { initCentre } from '../../main/centre/init.ts'
import { registry } from '../../main/database/registry.ts'
import { PullReply, type PullRequest } from '../../main/sync/wire.ts'
import { startPostgres } from '../support/postgres.ts'
import { rowsIn } from '../sync/page.ts'
import { report } from './measure.ts'

const people = Number(process.env.BENCH_PEOPLE ?? 50_000)
const rowsInAll = people * 2
const perEnvelope = 2000
/** Known rows: a row is looked up by its key, however many there are. */
const aims = { up: 10_000, down: 40_000, deltaSeconds: 0.5, known: 1000 }

await using server = await startPostgres({ isDurable: true })
const operator = await server.migrated()
await initCentre(operator, { prefix: 'bench' })
const { rows: made } = await operator.query<{ id: string }>(`SELECT sync.create_organization('Bench') AS id`)
const organization = Number(made[0]?.id)

async function device() {
  const incarnation = randomUUID()
  const { rows } = await operator.query<{ sites: number[] }>(
    'SELECT sync.create_site($1, $2, NULL, $3, NULL, 0) AS sites',
    [organization, 'organization', incarnation],
  )
  const site = rows[0]?.sites[0] ?? 0
  const connection = await server.again(operator)
  await connection.query('SET SESSION AUTHORIZATION bench_gateway')
  await connection.query(`SET ROLE bench_site_${site}`)
  return { site, incarnation, connection, chain: '', sealed: 0 }
}

type Device = Awaited<ReturnType<typeof device>>

const clock = (Date.now() - Date.UTC(2024, 0, 1)) * 4096
const at = new Date().toISOString()

function personRows({ site }: Device, person: number): string[] {
  const id = site * 2 ** 32 + person
  const times = { created_at: at, updated_at: at }
  return [
    {
      table: registry.users.number,
      id,
      values: {
        organization_id: organization,
        email: `learner-${person}-of-${site}@centre.example`,
        password_hash: '!',
        name: `Fatou Binetou Ndiaye ${person}`,
        role: 'student',
        is_active: 1,
        is_verified: 0,
        last_login: null,
        ...times,
      },
      stamp: [clock, site],
      base: 0,
    },
    {
      table: registry.beneficiaries.number,
      id,
      values: {
        organization_id: organization,
        user_id: id,
        trainer_id: null,
        enrollment_date: '2026-01-15',
        status: 'active',
        notes: `Prefers mornings, lives in quarter ${person % 97}`,
        metadata: '{"referredBy":"job office"}',
        ...times,
      },
      stamp: [clock, site],
      base: 0,
    },
  ].map((row) => JSON.stringify(row))
}

/** As a device seals them; building and hashing is not part of what is measured. */
function sealed(one: Device, rows: string[]) {
  const body = rows.join('\n')
  const head = JSON.stringify({
    protocol: 1,
    schema: 5,
    site: one.site,
    incarnation: one.incarnation,
    number: one.sealed + 1,
    previous: one.chain,
    cursor: 0,
  })
  const hash = createHash('sha256').update(one.chain).update(head).update(body).digest('hex')
  one.sealed += 1
  one.chain = hash
  return [head, body, hash, '']
}

const secondsSince = (start: number) => Math.round(performance.now() - start) / 1000

async function pushed(one: Device, envelopes: string[][]): Promise<number> {
  const start = performance.now()
  for (const envelope of envelopes) {
    const { rows } = await one.connection.query<{ reply: { status: string; refused: unknown[] } }>(
      'SELECT sync.push($1, $2, $3, $4) AS reply',
      envelope,
    )
    const reply = rows[0]?.reply
    if (reply?.status !== 'ok' || reply.refused.length > 0) throw new Error(`not taken: ${JSON.stringify(reply)}`)
  }
  return secondsSince(start)
}

async function page(one: Device, request: PullRequest): Promise<z.input<typeof PullReply>> {
  const { rows } = await one.connection.query<{ reply: z.input<typeof PullReply> }>('SELECT sync.pull($1) AS reply', [
    request,
  ])
  if (!rows[0]) throw new Error('no page')
  return rows[0].reply
}

async function pulled(one: Device, cursor = 0): Promise<{ rows: number; seconds: number; cursor: number }> {
  const start = performance.now()
  const pages = [await page(one, { cursor, upto: null, limit: 5000 })]
  for (let last = pages[0]; last?.hasMore; last = pages.at(-1))
    pages.push(await page(one, { cursor: last.cursor, upto: last.upto, limit: 5000 }))
  const seconds = secondsSince(start)
  const rows = pages.reduce((sum, its) => sum + rowsIn(PullReply.parse(its)).length, 0)
  return { rows, seconds, cursor: pages.at(-1)?.cursor ?? cursor }
}

/** The floor: the same texts into one table with the same key, in one commit. */
async function copied(rows: string[]): Promise<number> {
  await operator.query(
    'CREATE TABLE public.floor (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, state jsonb NOT NULL)',
  )
  const folder = mkdtempSync(join(tmpdir(), 'bdc-copy-'))
  const file = join(folder, 'rows')
  writeFileSync(file, rows.map((row) => row.replaceAll('\\', '\\\\')).join('\n'))
  chmodSync(folder, 0o755)
  chmodSync(file, 0o644)
  const start = performance.now()
  await operator.query(`COPY public.floor (state) FROM '${file}'`)
  const seconds = secondsSince(start)
  rmSync(folder, { recursive: true })
  return seconds
}

const [one, other] = [await device(), await device()]
const all = Array.from({ length: people }, (_, index) => personRows(one, index + 1)).flat()
const envelopes: string[][] = []
for (let from = 0; from < all.length; from += perEnvelope)
  envelopes.push(sealed(one, all.slice(from, from + perEnvelope)))

const floor = await copied(all)
report('sync centre: floor, COPY', { seconds: floor, rows: rowsInAll, perSecond: Math.round(rowsInAll / floor) })

const up = await pushed(one, envelopes)
const upPerSecond = Math.round(rowsInAll / up)
report('sync centre: push', {
  seconds: up,
  rows: rowsInAll,
  perSecond: upPerSecond,
  aim: aims.up,
  isWithinAim: upPerSecond >= aims.up,
  data: `users and beneficiaries, ${perEnvelope} to an envelope, validated, arbitrated, in the typed tables, fsync on`,
})

const down = await pulled(other)
const downPerSecond = Math.round(down.rows / down.seconds)
report('sync centre: pull', {
  ...down,
  perSecond: downPerSecond,
  aim: aims.down,
  isWithinAim: downPerSecond >= aims.down,
})

const delta = sealed(other, Array.from({ length: 500 }, (_, index) => personRows(other, index + 1)).flat())
const there = await pushed(other, [delta])
const back = await pulled(one, down.cursor)
report('sync centre: a thousand rows', {
  pushSeconds: there,
  pullSeconds: back.seconds,
  rows: back.rows,
  aimSeconds: aims.deltaSeconds,
  isWithinAim: there + back.seconds <= aims.deltaSeconds,
})

/** Every row changed by both: nothing is only inserted. */
const { rows: known } = PullReply.parse(await page(one, { cursor: down.cursor, upto: null, limit: 1000 }))
for (const writer of [one, other]) {
  const edits = known.map(({ number, ...row }) =>
    JSON.stringify({
      ...row,
      values: {
        ...row.values,
        updated_at: new Date().toISOString(),
        ...('status' in row.values ? { notes: `of ${writer.site}` } : { name: `of ${writer.site}` }),
      },
      stamps: { ['status' in row.values ? 'notes' : 'name']: [clock + 10 ** 10 + writer.site, writer.site] },
      seen: { [other.site]: clock, [writer.site]: clock + 10 ** 10 + writer.site },
      base: number,
    }),
  )
  const seconds = await pushed(writer, [sealed(writer, edits)])
  report(`sync centre: ${writer === one ? 'edits of known rows' : 'edits of rows that somebody else has edited'}`, {
    seconds,
    rows: edits.length,
    perSecond: Math.round(edits.length / seconds),
    ...(writer === one && { aim: aims.known, isWithinAim: edits.length / seconds >= aims.known }),
  })
}
