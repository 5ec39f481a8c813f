import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DatabaseFile, openDatabase, type Writer } from '../../main/database/database.ts'
import { keyFile } from '../../main/database/key.ts'
import { anchorCode, readAnchorCode } from '../../main/domains/activity/anchor-code.ts'
import { logActivity } from '../../main/domains/activity/log.ts'
import { anchorOf, compareAnchor, type Verdict, verifyChain } from '../../main/domains/activity/verify.ts'
import { insertOrganization } from '../../main/domains/organizations/queries.ts'

const length = 30
const organization = 1
const now = '2026-11-26T08:00:00.000Z'

let database: DatabaseFile
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bdc-test-'))
  database = await openDatabase(join(folder, 'bdc.db'), keyFile(join(folder, 'bdc.key')))
  await database.write(async (db) => {
    await insertOrganization(db, 'Centre', {}, now)
    for (let count = 1; count <= length; count += 1) await writeLine(db, count)
  })
})
afterAll(async () => {
  await database.close()
  rmSync(dirname(database.path), { recursive: true })
})

function writeLine(db: Writer, count: number) {
  return logActivity(db, database.auditKey, {
    actor: { userId: null, organizationId: organization },
    action: 'beneficiaries.update',
    resource: 'beneficiaries',
    resourceId: count,
    details: { note: `Line ${count} عربي` },
    changes: {
      listed: [{ table: 'users', id: count, kind: 'update', person: null, fields: { name: ['Ana', `Ana ${count}`] } }],
      unlisted: 0,
    },
    visitor: { ipAddress: '127.0.0.1', userAgent: 'test \ud800' },
    now,
  })
}

/** What the verifier says after `sql`, by somebody who has the key of the database; nothing of it stays. */
async function after(...sql: string[]): Promise<Verdict> {
  const undone = new Error('undone')
  let verdict: Verdict | undefined
  const trial = database.write(async (db) => {
    for (const name of [
      'activity_logs_unchanged',
      'activity_logs_kept',
      'activity_chain_unchanged',
      'activity_chain_kept',
    ])
      database.connection.exec(`DROP TRIGGER ${name}`)
    for (const statement of sql) database.connection.exec(statement)
    verdict = await verifyChain(db, database.auditKey, organization)
    throw undone
  })
  await expect(trial).rejects.toBe(undone)
  if (!verdict) throw new Error('Nothing was verified.')
  return verdict
}

const line = (sequence: number) => `(SELECT activity_id FROM activity_chain WHERE chain = 1 AND sequence = ${sequence})`
const place = fc.integer({ min: 1, max: length })

const columns = {
  action: `'beneficiaries.create'`,
  user_id: 'NULL, organization_id = NULL',
  resource_type: `'users'`,
  resource_id: '999',
  created_at: `'2026-11-26T08:00:00.001Z'`,
  ip_address: `'127.0.0.2'`,
  user_agent: 'NULL',
  details: `json_set(details, '$.note', 'other')`,
} as const
const inDetails = [
  `json_set(details, '$.changes[0].fields.name[0]', 'Eva')`,
  `json_remove(details, '$.changes[0]')`,
  `json_remove(details, '$.changes')`,
  `json_insert(details, '$.changes[#]', json('{"table":"users","id":1,"kind":"update","isErased":true}'))`,
  `json_set(details, '$.changes[0]', json('{"table":"users","id":1,"kind":"update","isErased":true}'))`,
  `json_insert(details, '$.more', 1)`,
]

describe('the verifier of the activity log', () => {
  it('finds nothing wrong with a log that nobody altered, as a whole and at its end', async () => {
    const { reader, auditKey } = database
    expect(await verifyChain(reader, auditKey, organization)).toEqual({ lines: length, problem: null })
    expect(await verifyChain(reader, auditKey, organization, { last: 7 })).toEqual({ lines: 7, problem: null })
    expect(await verifyChain(reader, auditKey, 0)).toEqual({ lines: 0, problem: null })
  })

  it('takes no other key', async () => {
    const verdict = await verifyChain(database.reader, Buffer.alloc(32), organization)
    expect(verdict.problem).toMatchObject({ kind: 'changed', sequence: 1 })
  })

  it('names the line whose proof says that somebody wrote it who is not here', async () => {
    const { problem } = await after(`UPDATE activity_chain SET user_id = 999 WHERE chain = 1 AND sequence = 5`)
    expect(problem).toMatchObject({ kind: 'changed', sequence: 5 })
  })

  it('names the line of which any column was changed', async () => {
    const change = fc.oneof(
      fc.constantFrom(...Object.entries(columns)).map(([column, value]) => `${column} = ${value}`),
      fc.constantFrom(...inDetails).map((value) => `details = ${value}`),
    )
    await fc.assert(
      fc.asyncProperty(place, change, async (sequence, set) => {
        const { problem } = await after(`UPDATE activity_logs SET ${set} WHERE id = ${line(sequence)}`)
        expect(problem).toMatchObject({ kind: 'changed', sequence })
      }),
      { numRuns: 60 },
    )
  })

  it('names the line that was deleted, with its proof or without, unless it was the last', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: length - 1 }), fc.boolean(), async (sequence, isThorough) => {
        const withProof = isThorough ? [`DELETE FROM activity_chain WHERE chain = 1 AND sequence = ${sequence}`] : []
        const { problem } = await after(`DELETE FROM activity_logs WHERE id = ${line(sequence)}`, ...withProof)
        expect(problem).toMatchObject({ kind: isThorough ? 'gap' : 'missing', sequence })
      }),
      { numRuns: 30 },
    )
  })

  it('names the line that was deleted even when the lines after it were moved up', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: length - 1 }), async (sequence) => {
        const { problem } = await after(
          `DELETE FROM activity_logs WHERE id = ${line(sequence)}`,
          `DELETE FROM activity_chain WHERE chain = 1 AND sequence = ${sequence}`,
          ...Array.from({ length: length - sequence }, (_, index) => sequence + 1 + index).map(
            (one) => `UPDATE activity_chain SET sequence = ${one - 1} WHERE chain = 1 AND sequence = ${one}`,
          ),
        )
        expect(problem).toMatchObject({ kind: 'changed', sequence })
      }),
      { numRuns: 15 },
    )
  })

  it('names the first of two lines that changed places', async () => {
    const two = fc.tuple(place, place).filter(([one, other]) => one < other)
    await fc.assert(
      fc.asyncProperty(two, fc.boolean(), async ([one, other], areProofsSwapped) => {
        const swap = areProofsSwapped
          ? `UPDATE activity_chain SET
               parts = (SELECT parts FROM activity_chain o WHERE o.chain = 1 AND o.sequence = ${one} + ${other} - activity_chain.sequence),
               mac = (SELECT mac FROM activity_chain o WHERE o.chain = 1 AND o.sequence = ${one} + ${other} - activity_chain.sequence)
             WHERE chain = 1 AND sequence IN (${one}, ${other})`
          : `UPDATE activity_logs SET details = (SELECT details FROM activity_logs o
               WHERE o.id = ${line(one)} + ${line(other)} - activity_logs.id) WHERE id IN (${line(one)}, ${line(other)})`
        const { problem } = await after(swap)
        expect(problem).toMatchObject({ kind: 'changed', sequence: one })
      }),
      { numRuns: 30 },
    )
  })

  it('names a line that was written around BDC', async () => {
    const insert = `INSERT INTO activity_logs (id, organization_id, action) VALUES (500, 1, 'nothing')`
    const counters = `UPDATE id_counters SET next = 600 WHERE table_name = 'activity_logs'`
    expect((await after(counters, insert)).problem).toEqual({ kind: 'inserted', sequence: null, activityId: 500 })
    const forged = `INSERT INTO activity_chain (chain, sequence, activity_id, parts, mac)
      SELECT 1, ${length + 1}, 500, parts, mac FROM activity_chain WHERE chain = 1 AND sequence = ${length}`
    expect((await after(counters, insert, forged)).problem).toMatchObject({ kind: 'changed', sequence: length + 1 })
  })

  it('finds lines missing at the end by an anchor, also by one that was printed', async () => {
    const anchor = await anchorOf(database.reader, organization)
    const printed = readAnchorCode(anchorCode(anchor))
    if (!printed) throw new Error('The code was not read back.')
    expect(printed).toEqual({ chain: 1, count: length, mac: anchor.mac.slice(0, 20) })
    expect(await compareAnchor(database.reader, printed)).toBeNull()
    expect(await compareAnchor(database.reader, { ...printed, mac: '0'.repeat(20) })).toMatchObject({
      kind: 'shortened',
    })

    const cut = database.write(async (db) => {
      database.connection.exec('DROP TRIGGER activity_chain_kept; DROP TRIGGER activity_logs_kept')
      database.connection.exec(`DELETE FROM activity_logs WHERE id = ${line(length)}`)
      database.connection.exec(`DELETE FROM activity_chain WHERE chain = 1 AND sequence = ${length}`)
      expect(await verifyChain(db, database.auditKey, organization)).toEqual({ lines: length - 1, problem: null })
      expect(await compareAnchor(db, printed)).toMatchObject({ kind: 'shortened', sequence: length })
      throw new Error('undone')
    })
    await expect(cut).rejects.toThrow('undone')
  })

  it.each(['', 'BDC-LOG', '1-2-ABCDE', 'BDC-LOG-1-2-ABCDE-ABCDE-ABCDE-ABCDZ', '-1-2-ABCDE-ABCDE-ABCDE-ABCDE-F'])(
    'takes %j for no code of an anchor',
    (code) => expect(readAnchorCode(code)).toBeUndefined(),
  )
})

describe('the activity log', () => {
  it.each([
    ['UPDATE activity_logs SET action = $$other$$', /only ever added to/],
    ['UPDATE activity_logs SET details = NULL', /only ever added to/],
    ['DELETE FROM activity_logs', /only ever added to/],
    ['UPDATE activity_chain SET mac = mac', /only ever added to/],
    ['UPDATE activity_logs SET user_id = 1', /only ever added to/],
    ['DELETE FROM activity_chain', /only ever added to/],
  ])('refuses %s', (sql, reason) => {
    expect(() => database.connection.exec(sql.replaceAll('$$', "'"))).toThrow(reason)
  })
})
