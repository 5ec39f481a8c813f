import { describe, expect, it } from 'vitest'
import { registry } from '../../../../main/database/registry.ts'
import { isAlive } from '../../../../main/sync/merge.ts'
import { rulesOf } from '../../../../main/sync/rules.ts'
import type { TestCentre } from '../centre.ts'
import { deleted, edited, rowOf } from '../edits.ts'
import { classOf, kinds, nameOf, tables, twoDevicesOf } from './people.ts'

/** Who gets which rows. */
export function scopes(centre: TestCentre) {
  const twoDevices = () => twoDevicesOf(centre)

  describe('what a device gets', () => {
    it('is everything but the logs on a device of the whole organization', async () => {
      const { a, b } = await twoDevices()
      await classOf(a)
      const { rows } = await b.pull()
      expect(kinds(rows)).not.toContain('activity_logs')
      expect(rows.filter(({ table }) => table === tables.beneficiaries)).toHaveLength(2)
    })

    it('is one’s own views of lists and everybody’s, and everybody’s are not a trainer’s to write', async () => {
      const { organization, a } = await twoDevices()
      await classOf(a)
      const owners = [a.id(1), a.id(2), null]
      const views = owners.map((owner, index) => a.row('saved_views', index + 1, { user_id: owner }))
      expect(await a.push(views)).toMatchObject({ refused: [] })
      const laptop = await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) })
      const { rows } = await laptop.pull()
      const got = rows.filter(({ table }) => table === registry.saved_views.number).map(({ id }) => id)
      expect(got).toEqual([a.id(1), a.id(3)])
      const own = laptop.row('saved_views', 1, { user_id: a.id(1) })
      const forAll = laptop.row('saved_views', 2, { user_id: null })
      expect(await laptop.push([own, forAll])).toMatchObject({ refused: [{ id: laptop.id(2), reason: 'notAllowed' }] })
    })

    it('is the own people of a trainer, and what all share', async () => {
      const { organization, a } = await twoDevices()
      await classOf(a)
      const laptop = await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) })
      const { rows } = await laptop.pull()
      const others = rows.filter(({ table, id }) => table !== registry.users.number && id === a.id(2))
      expect(others).toEqual([])
      expect(rows.some(({ table, id }) => table === registry.users.number && id === a.id(12))).toBe(false)
      expect(rows.some(({ table, id }) => table === registry.users.number && id === a.id(11))).toBe(true)
      expect(kinds(rows)).toEqual(
        [
          'appointments',
          'assessments',
          'attempt_incidents',
          'attempts',
          'beneficiaries',
          'document_shares',
          'documents',
          'groups',
          'learner_credentials',
          'marks',
          'messages',
          'notifications',
          'organizations',
          'papers',
          'profiles',
          'questions',
          'responses',
          'settings',
          'users',
        ].sort(),
      )
      expect(rows.some(({ table, id }) => table === registry.assessments.number && id === a.id(3))).toBe(true)
    })

    it('is at a kiosk what it takes to sit an assessment, and no word about anybody', async () => {
      const { organization, a } = await twoDevices()
      await classOf(a)
      const kiosk = await centre.device(organization, { scope: 'kiosk' })
      const { rows } = await kiosk.pull()
      expect(kinds(rows)).toEqual(
        [
          'assessments',
          'attempts',
          'beneficiaries',
          'groups',
          'learner_credentials',
          'organizations',
          'papers',
          'questions',
          'settings',
          'users',
        ].sort(),
      )
      expect(JSON.stringify(rows)).not.toMatch(/notes of|"metadata":"\{\\"referred/)
      expect(rowOf(rows, tables.beneficiaries, a.id(1)).values).toMatchObject({
        notes: null,
        metadata: null,
        merge_record: null,
      })
    })

    it('lives at a kiosk too where only what the kiosk does not get has kept it from being deleted', async () => {
      const { organization, a, b } = await twoDevices()
      await classOf(a)
      const kiosk = await centre.device(organization, { scope: 'kiosk' })
      const file = rowOf((await b.pull()).rows, tables.beneficiaries, a.id(1))
      await a.push([edited(a, file, { notes: 'still here' })])
      expect(await b.push([deleted(b, file)])).toMatchObject({ refused: [] })
      const row = rowOf((await kiosk.pull()).rows, tables.beneficiaries, a.id(1))
      expect([row.deletion !== undefined, isAlive(row, rulesOf('beneficiaries'))]).toEqual([true, true])
      expect(JSON.stringify(row)).not.toContain('still here')
    })

    it('is no question about somebody without an account whom another trainer has', async () => {
      const { organization, a, b } = await twoDevices()
      await classOf(a)
      await a.push([a.row('beneficiaries', 9, { user_id: null, trainer_id: a.id(1), notes: 'first' })])
      const state = rowOf((await b.pull()).rows, tables.beneficiaries, a.id(9))
      const [own, other] = [
        await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) }),
        await centre.device(organization, { scope: 'trainer', trainerId: a.id(2) }),
      ]
      await a.push([edited(a, state, { notes: 'by one' })])
      await b.push([edited(b, state, { notes: 'by the other' })])
      expect(kinds((await own.pull()).rows)).toContain('sync_conflicts')
      expect(kinds((await other.pull()).rows)).not.toContain('sync_conflicts')
    })

    it('is no conversation with a learner whom another trainer has', async () => {
      const { organization, a } = await twoDevices()
      await classOf(a)
      await a.push([
        a.row('messages', 9, { sender_id: a.id(12), recipient_id: a.id(1), content: 'for the trainer before' }),
      ])
      const laptop = await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) })
      const { rows } = await laptop.pull()
      expect(rows.filter(({ table }) => nameOf(table) === 'messages').map(({ id }) => id)).toEqual([a.id(1)])
    })
  })
}
