import { expect, it } from 'vitest'
import { crossBack, moveToOrganization } from '../../../../main/centre/move-organization.ts'
import { tidy } from '../../../../main/centre/tidy.ts'
import { registry } from '../../../../main/database/registry.ts'
import { logActivity } from '../../../../main/domains/activity/log.ts'
import { verifyChain } from '../../../../main/domains/activity/verify.ts'
import { forgetLeft } from '../../../../main/domains/privacy/left.ts'
import { theLogAlone, whileRunning } from '../../../../main/domains/privacy/running.ts'
import { shredLog } from '../../../../main/domains/privacy/shred-log.ts'
import { testClock } from '../../../support/clock.ts'
import { agree, type Device, insertPerson } from '../../device/device.ts'
import { type Stage, twoOffices } from './offices.ts'

const now = '2026-04-01T09:00:00.000Z'

interface Noted {
  organizationId: number
  by: number
  /** The file that the line is about. */
  file: number
  /** Whose names changed with it, by account. */
  names: Record<number, string>
}

/** A line of the log of this device; returns its id. */
function note({ database }: Device, { organizationId, by, file, names }: Noted): Promise<number> {
  const listed = Object.entries(names).map(([id, name]) => ({
    table: 'users',
    id: Number(id),
    kind: 'update' as const,
    person: Number(id),
    fields: { name: ['N.', name] as [string, string] },
  }))
  return database.write((db) =>
    logActivity(db, database.auditKey, {
      actor: { userId: by, organizationId },
      action: 'beneficiaries.update',
      resource: 'beneficiaries',
      resourceId: file,
      details: { status: `of ${Object.values(names).join()}` },
      changes: { listed, unlisted: 0 },
      visitor: { ipAddress: `10.0.0.${by % 100}`, userAgent: `Browser of ${by}` },
      now,
    }),
  )
}

/** The log of somebody who goes to another organization. */
export function log(stage: Stage) {
  /** What the log of an organization says at the centre, as rows and in the typed table. */
  async function saidIn(organizationId: number) {
    const { rows } = await stage.centre.operator.query<{ id: string; by: string; said: object }>(
      `SELECT id, user_id AS by, jsonb_build_array(details, ip_address, user_agent) AS said FROM activity_logs
      WHERE organization_id = $1 AND action = 'beneficiaries.update' ORDER BY id`,
      [organizationId],
    )
    const { rows: states } = await stage.centre.operator.query<{ text: string }>(
      'SELECT string_agg(state::text, chr(10)) AS text FROM sync.row WHERE organization_id = $1 AND table_number = $2',
      [organizationId, registry.activity_logs.number],
    )
    return { lines: rows, text: JSON.stringify(rows) + states[0]?.text }
  }

  it('says nothing more of somebody who has gone, but that something happened, and all of it again when they come back', async () => {
    const { from, id, userId, there } = await twoOffices(stage)
    const other = await insertPerson(from.desk, 'Omar')
    const { organizationId, trainer } = from
    const of = { organizationId, by: trainer, file: id }
    const both = await note(from.desk, { ...of, names: { [userId]: 'Lina', [other.userId]: 'Omar' } })
    await note(from.desk, { ...of, by: userId, names: { [userId]: 'Lina' } })
    await note(from.desk, { ...of, file: other.id, names: { [other.userId]: 'Omar' } })
    await agree(from.desk, from.laptop)
    const before = await saidIn(organizationId)
    expect(before.text).toMatch(/Lina/)

    const move = await moveToOrganization(stage.centre.operator, id, there)
    const after = await saidIn(organizationId)
    expect(after.text).not.toMatch(new RegExp(`Lina|Browser of ${userId}`))
    expect(after.lines.map(({ by }) => by)).toEqual(before.lines.map(({ by }) => by))
    expect(after.lines.find((line) => Number(line.id) === both)?.said).toEqual([
      {
        isErased: true,
        changes: [
          { table: 'users', id: userId, kind: 'update', isErased: true },
          { table: 'users', id: other.userId, kind: 'update', person: other.userId, fields: { name: ['N.', 'Omar'] } },
        ],
      },
      `10.0.0.${trainer % 100}`,
      `Browser of ${trainer}`,
    ])
    expect(after.lines.at(-1)).toEqual(before.lines.at(-1))

    // Written before anybody there has heard of it, and named until the centre is tidied next.
    await note(from.laptop, { ...of, names: { [userId]: 'Lina at last' } })
    await agree(from.desk, from.laptop)
    expect((await saidIn(organizationId)).text).toMatch(/Lina at last/)
    await tidy(stage.centre.operator, 0)
    expect((await saidIn(organizationId)).text).not.toMatch(/Lina/)
    for (const { database, all } of [from.desk, from.laptop]) {
      expect(await forgetLeft({ database, clock: testClock() })).toBe(true)
      expect(JSON.stringify(all('activity_logs'))).not.toMatch(new RegExp(`Lina|Browser of ${userId}`))
      expect(await verifyChain(database.reader, database.auditKey, organizationId)).toMatchObject({ problem: null })
    }

    await crossBack(stage.centre.operator, move)
    const again = await saidIn(organizationId)
    expect(again.lines).toEqual(expect.arrayContaining(before.lines))
    expect(again.text).toMatch(/Lina at last/)
    expect(await tidy(stage.centre.operator, 0)).not.toEqual([])
    expect(await saidIn(organizationId)).toEqual(again)
    await agree(from.desk, from.laptop)
    expect(from.desk.all('sync_conflicts')).toEqual([])
  })

  it('says nothing of somebody who was erased, where they went and where they had been, whichever machine wrote it', async () => {
    const { from, to, id, userId, there } = await twoOffices(stage)
    const line = { organizationId: from.organizationId, by: from.trainer, file: id, names: { [userId]: 'Lina' } }
    await note(from.laptop, line)
    await agree(from.desk, from.laptop)
    await moveToOrganization(stage.centre.operator, id, there)
    await agree(to.desk, to.laptop)
    await note(to.laptop, { ...line, organizationId: to.organizationId, by: to.trainer })
    await agree(to.laptop)
    await to.desk.insert('erasure_orders', {
      person_id: userId,
      scope: 'person',
      erased_at: '2026-04-02T09:00:00.000Z',
    })
    await agree(to.desk)
    expect((await saidIn(to.organizationId)).text).not.toMatch(/Lina/)
    await tidy(stage.centre.operator, 0)
    const { rows } = await stage.centre.operator.query('SELECT FROM sync.unsaid WHERE organization_id = $1', [
      from.organizationId,
    ])
    expect(rows).toEqual([])
    // What the machine that wrote it takes out of it too asks nobody.
    const { database } = to.laptop
    await database.write((db) =>
      whileRunning(db, theLogAlone, () => shredLog(db, database.auditKey, new Set([userId]))),
    )
    await agree(to.laptop, to.desk)
    expect(to.laptop.one('SELECT count(*) FROM sync_refused')).toBe(0)
    expect(to.desk.all('sync_conflicts')).toEqual([])
  })
}
