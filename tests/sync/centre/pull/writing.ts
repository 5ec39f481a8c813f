import { describe, expect, it } from 'vitest'
import { registry } from '../../../../main/database/registry.ts'
import { compareStamps, type RowState, stampOf } from '../../../../main/sync/state.ts'
import type { PushedRow } from '../../../../main/sync/wire.ts'
import { clockNow, type TestCentre, type TestDevice } from '../centre.ts'
import { edited, rowOf } from '../edits.ts'
import { nameOf, tables, twoDevicesOf } from './people.ts'

/** What of it may be sent. */
export function writing(centre: TestCentre) {
  const twoDevices = () => twoDevicesOf(centre)

  describe('what a device may write', () => {
    it('is on the laptop of a trainer not who is an administrator', async () => {
      const { organization, a } = await twoDevices()
      await a.push([
        a.row('users', 1, { email: 't@centre.example', role: 'trainer' }),
        a.row('users', 2, { email: 'adm@centre.example', role: 'admin' }),
      ])
      const laptop = await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) })
      const { rows } = await laptop.pull()
      const [own, administrator] = [
        rowOf(rows, registry.users.number, a.id(1)),
        rowOf(rows, registry.users.number, a.id(2)),
      ]
      expect(await laptop.push([edited(laptop, own, { role: 'admin', name: 'New name' })])).toMatchObject({
        refused: [{ column: 'role', reason: 'notAllowed' }],
      })
      const kept = async () => {
        const { rows: found } = await centre.operator.query('SELECT name, role FROM users WHERE id = $1', [a.id(1)])
        return found
      }
      // Nor with the next thing that is written there, and the laptop itself hears who they are.
      const raised = { ...edited(laptop, own, { role: 'admin', name: 'New name' }), base: own.number ?? 0 }
      expect(await laptop.push([edited(laptop, raised, { last_login: '2026-11-28T10:00:00.000Z' })])).toMatchObject({
        status: 'ok',
      })
      expect(await kept()).toEqual([{ name: 'New name', role: 'trainer' }])
      const heard = rowOf((await laptop.pull()).rows, registry.users.number, a.id(1))
      expect(heard.values).toMatchObject({ name: 'New name', role: 'trainer', last_login: '2026-11-28T10:00:00.000Z' })
      expect(compareStamps(stampOf(heard, 'role'), stampOf(raised, 'role'))).toBeGreaterThan(0)
      const reply = await laptop.push([edited(laptop, administrator, { password_hash: 'mine now' })])
      expect(reply.refused.map(({ column }) => column)).toEqual(['password_hash'])
      expect(await laptop.push([laptop.row('users', 1, { role: 'admin' }), laptop.row('settings', 1)])).toMatchObject({
        refused: [{ reason: 'notAllowed' }, { reason: 'notAllowed' }],
      })
      const { rows: typed } = await centre.operator.query(
        'SELECT name, role, password_hash FROM users WHERE id = ANY ($1) ORDER BY id',
        [[a.id(1), a.id(2)]],
      )
      expect(typed).toMatchObject([
        { name: 'New name', role: 'trainer' },
        { role: 'admin', password_hash: administrator.values.password_hash },
      ])
    })

    it('is not who is an administrator either behind what it has written there since', async () => {
      const { organization, a } = await twoDevices()
      await a.push([a.row('users', 1, { email: 't@centre.example', role: 'trainer' })])
      const laptop = await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) })
      const own = rowOf((await laptop.pull()).rows, registry.users.number, a.id(1))
      const renamed = edited(laptop, own, { name: 'New name' })
      expect(await laptop.push([renamed])).toMatchObject({ refused: [] })
      const [clock, site] = stampOf(renamed, 'name')
      const raised = { ...renamed, values: { ...renamed.values, role: 'admin' } }
      const backdated = { ...raised, stamps: { ...raised.stamps, role: [clock - 1, site] } }
      expect(await laptop.push([backdated])).toMatchObject({ refused: [{ column: 'role', reason: 'notAllowed' }] })
      const { rows } = await centre.operator.query('SELECT name, role FROM users WHERE id = $1', [a.id(1)])
      expect(rows).toEqual([{ name: 'New name', role: 'trainer' }])
    })

    it('is everywhere when somebody signed in last, as far as the device writes accounts, and no word of it elsewhere', async () => {
      const { organization, a } = await twoDevices()
      await a.push([
        a.row('users', 1, { email: 't@centre.example', role: 'trainer' }),
        a.row('users', 2, { email: 'adm@centre.example', role: 'admin', last_login: null }),
      ])
      const at = ['2026-11-28T10:00:00.000Z', '2026-11-28T11:00:00.000Z']
      const signedIn = async () => {
        const { rows } = await centre.operator.query('SELECT last_login FROM users WHERE id = $1', [a.id(2)])
        return (rows[0]?.['last_login'] as Date | null)?.toISOString()
      }
      const laptop = await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) })
      const kiosk = await centre.device(organization, { scope: 'kiosk' })
      for (const [index, device] of [laptop, kiosk].entries()) {
        const { rows } = await device.pull()
        const account = rowOf(rows, registry.users.number, a.id(2))
        const changed = { last_login: at[index] ?? null, updated_at: at[index] ?? null }
        expect(await device.push([edited(device, account, changed)])).toMatchObject({ refused: [] })
        expect(await signedIn()).toBe(at[0])
        const withMore = edited(device, account, { ...changed, name: 'Somebody else' })
        expect((await device.push([withMore])).refused).toHaveLength(1)
      }
      expect(await signedIn()).toBe(at[0])
    })

    it('is of the log its own lines alone, of which it takes out what is erased', async () => {
      const { organization, a } = await twoDevices()
      const line = a.row('activity_logs', 1)
      await a.push([a.row('users', 1, { email: 't@centre.example', role: 'trainer' }), line])
      const emptied = (device: TestDevice, row: PushedRow): PushedRow => ({
        ...row,
        values: { ...row.values, details: '{"isErased":true}' },
        stamps: { row: [clockNow(1000), device.site] },
      })
      for (const options of [{ scope: 'trainer', trainerId: a.id(1) }, { scope: 'kiosk' }] as const) {
        const device = await centre.device(organization, options)
        const own = device.row('activity_logs', 1)
        expect(await device.push([own])).toMatchObject({ refused: [] })
        expect(await device.push([emptied(device, own), emptied(device, line)])).toMatchObject({
          refused: [{ id: line.id, reason: 'notAllowed' }],
        })
        const { rows } = await centre.operator.query(
          `SELECT id::float8, details ? 'isErased' AS is_erased FROM activity_logs WHERE id IN ($1, $2)`,
          [own.id, line.id],
        )
        expect(rows).toEqual(
          expect.arrayContaining([
            { id: own.id, is_erased: true },
            { id: line.id, is_erased: false },
          ]),
        )
      }
    })

    it('is at a kiosk what is written in an assessment', async () => {
      const { organization, a } = await twoDevices()
      await a.push([
        a.row('users', 1, { email: 'l@centre.example', role: 'student' }),
        a.row('beneficiaries', 1, { user_id: a.id(1) }),
        a.row('learner_credentials', 1, { beneficiary_id: a.id(1), failures: 0 }),
        a.row('assessments', 1),
        a.row('papers', 1, { assessment_id: a.id(1) }),
      ])
      const kiosk = await centre.device(organization, { scope: 'kiosk' })
      const { rows } = await kiosk.pull()
      const credential: RowState & { number?: number } = rowOf(rows, registry.learner_credentials.number, a.id(1))
      const clock = edited(kiosk, credential, { throttle: null }).stamps?.['throttle'] ?? [0, 0]
      const tried = {
        ...edited(kiosk, credential, { failures: 3 }),
        stamps: { throttle: clock, secret_hash: clock },
        values: { ...credential.values, failures: 3, secret_hash: 'stolen' },
      }
      const reply = await kiosk.push([
        tried,
        edited(kiosk, rowOf(rows, tables.beneficiaries, a.id(1)), { status: 'inactive' }),
        kiosk.row('attempts', 1, { assessment_id: a.id(1), beneficiary_id: a.id(1), paper_id: a.id(1) }),
        kiosk.row('users', 5, { role: 'student' }),
      ])
      expect(reply.refused.map(({ table, column, reason }) => [nameOf(table), column, reason]).sort()).toEqual([
        ['beneficiaries', null, 'notAllowed'],
        ['learner_credentials', 'secret_hash', 'notAllowed'],
        ['users', null, 'notAllowed'],
      ])
      const { rows: typed } = await centre.operator.query(
        'SELECT failures, secret_hash FROM learner_credentials WHERE id = $1',
        [a.id(1)],
      )
      expect(typed).toEqual([{ failures: 3, secret_hash: credential.values['secret_hash'] }])
    })
  })
}
