import { describe, expect, it } from 'vitest'
import { registry } from '../../../../main/database/registry.ts'
import type { RowState } from '../../../../main/sync/state.ts'
import type { TestCentre, TestDevice } from '../centre.ts'
import { deleted, edited, rowOf } from '../edits.ts'
import { classOf, kinds, tables, twoDevicesOf } from './people.ts'

/** Rows that come to a device and leave it again, with those whom they are about. */
export function changingHands(centre: TestCentre) {
  const twoDevices = () => twoDevicesOf(centre)

  describe('what a device gets', () => {
    it('has a link between two people only for the trainer of both, and it moves with either of them', async () => {
      const { organization, a } = await twoDevices()
      await classOf(a)
      const links = registry.person_links.number
      const [first, second] = [
        await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) }),
        await centre.device(organization, { scope: 'trainer', trainerId: a.id(2) }),
      ]
      const link = a.row('person_links', 1, { beneficiary_id: a.id(1), other_id: a.id(2), written_by: a.id(1) })
      expect(await a.push([link])).toMatchObject({ refused: [] })
      const [ofFirst, ofSecond] = [await first.pull(), await second.pull()]
      expect([...ofFirst.rows, ...ofSecond.rows].filter(({ table }) => table === links)).toEqual([])

      // The second end of the link comes to the trainer of the first.
      const other = rowOf(ofSecond.rows, tables.beneficiaries, a.id(2))
      expect(await a.push([edited(a, other, { trainer_id: a.id(1) })])).toMatchObject({ refused: [] })
      const come = await first.pull()
      expect(come.rows.filter(({ table }) => table === links)).toMatchObject([{ id: a.id(1) }])

      const moved = rowOf(come.rows, tables.beneficiaries, a.id(2))
      expect(await a.push([edited(a, moved, { trainer_id: a.id(2) })])).toMatchObject({ refused: [] })
      expect((await first.pull()).leaves.filter(({ table }) => table === links)).toMatchObject([{ id: a.id(1) }])
      expect((await second.pull()).rows.filter(({ table }) => table === links)).toEqual([])
    })

    it('leaves the one trainer and comes to the other when a learner changes hands, however old it is', async () => {
      const { organization, a } = await twoDevices()
      await classOf(a)
      const [first, second] = [
        await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) }),
        await centre.device(organization, { scope: 'trainer', trainerId: a.id(2) }),
      ]
      const state = rowOf((await first.pull()).rows, tables.beneficiaries, a.id(1))
      await second.pull()
      const backedUpAt = first.cursor
      expect(await a.push([edited(a, state, { trainer_id: a.id(2) })])).toMatchObject({ refused: [] })
      const gone = await first.pull()
      expect(gone.rows.filter(({ table, id }) => table === tables.beneficiaries && id === a.id(1))).toEqual([])
      expect(kinds(gone.leaves)).toContain('responses')
      expect(kinds(gone.leaves)).toContain('beneficiaries')
      // A backup from before that is restored brings them back until this.
      const restored = await centre.device(organization, { after: first })
      restored.cursor = backedUpAt
      expect((await restored.pull()).leaves).toEqual(gone.leaves)
      const come = await second.pull()
      expect(kinds(come.rows)).toEqual(
        expect.arrayContaining(['attempts', 'beneficiaries', 'profiles', 'responses', 'users']),
      )
      expect(come.leaves).toEqual([])
      await first.pull()
      const after = { ...edited(first, state, { notes: 'written after it was heard' }), base: 1_000_000 }
      expect(await first.push([after])).toMatchObject({ refused: [{ reason: 'notAllowed' }] })
      expect(await first.push([edited(first, state, { notes: 'too late' })])).toMatchObject({ refused: [] })
      const { rows } = await centre.operator.query('SELECT notes FROM beneficiaries WHERE id = $1', [a.id(1)])
      expect(rows).toEqual([{ notes: 'notes of 1' }])
      const asked = (await second.pull()).rows.filter(({ table }) => table === registry.sync_conflicts.number)
      expect(asked).toMatchObject([{ values: { kind: 'lateEdit', register: 'notes' } }])
    })

    it('comes again to a trainer who had lost somebody and written about them, whoever hears of it when', async () => {
      const { organization, a } = await twoDevices()
      await classOf(a)
      const laptop = await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) })
      const state = rowOf((await laptop.pull()).rows, tables.beneficiaries, a.id(1))
      const away = edited(a, state, { trainer_id: a.id(2) })
      await a.push([away])
      await a.push([edited(a, away, { trainer_id: a.id(1) })])
      await laptop.push([edited(laptop, state, { notes: 'written meanwhile' })])
      const { rows, leaves } = await laptop.pull()
      const [again, gone] = [rows, leaves].map((all) => all.filter(({ id, table }) => id === a.id(1) && table === 4))
      expect(again).toMatchObject([{ values: { notes: 'written meanwhile' } }])
      expect(gone?.every(({ number }) => number < (again?.[0]?.number ?? 0))).toBe(true)
    })

    it('comes again to a trainer who gives somebody up and takes them back before their laptop has heard of the first', async () => {
      const { organization, a } = await twoDevices()
      await classOf(a)
      const laptop = await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) })
      const state = rowOf((await laptop.pull()).rows, tables.beneficiaries, a.id(1))
      const away = edited(laptop, state, { trainer_id: null })
      await laptop.push([away])
      await laptop.pull()
      await laptop.push([edited(laptop, away, { trainer_id: a.id(1) })])
      const { rows, leaves } = await laptop.pull()
      expect(rowOf(rows, tables.beneficiaries, a.id(1))).toMatchObject({ values: { trainer_id: a.id(1) } })
      expect(leaves).toEqual([])
    })

    it('follows a learner whom a trainer gives away, with all that goes in the same envelope', async () => {
      const { organization, a } = await twoDevices()
      await classOf(a)
      const laptop = await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) })
      const { rows } = await laptop.pull()
      const [file, response] = [
        rowOf(rows, tables.beneficiaries, a.id(1)),
        rowOf(rows, registry.responses.number, a.id(1)),
      ]
      const reply = await laptop.push([
        edited(laptop, file, { trainer_id: a.id(2) }),
        edited(laptop, response, { answer: '"corrected"' }),
        laptop.row('goals', 1, { beneficiary_id: a.id(1) }),
      ])
      expect(reply).toMatchObject({ status: 'ok', refused: [] })
      expect(kinds((await laptop.pull()).leaves)).toEqual(
        expect.arrayContaining(['beneficiaries', 'goals', 'responses']),
      )
    })

    it('leaves with a row that turns out to be about somebody else, and with what hangs on it', async () => {
      const { organization, a } = await twoDevices()
      await classOf(a)
      const [first, second] = [
        await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) }),
        await centre.device(organization, { scope: 'trainer', trainerId: a.id(2) }),
      ]
      const attempt = rowOf((await first.pull()).rows, registry.attempts.number, a.id(1))
      await second.pull()
      await a.push([edited(a, attempt, { beneficiary_id: a.id(2), attempt_number: 2 })])
      expect(kinds((await first.pull()).leaves)).toEqual(['attempt_incidents', 'attempts', 'marks'])
      expect(kinds((await second.pull()).rows)).toEqual(['attempt_incidents', 'attempts', 'marks'])
    })

    it('is of a learner, too, who was deleted when it came and lives again because of it', async () => {
      const { organization, a, b } = await twoDevices()
      await classOf(a)
      const file = rowOf((await b.pull()).rows, tables.beneficiaries, a.id(1))
      await a.push([deleted(a, file)])
      await b.push([b.row('goals', 1, { beneficiary_id: a.id(1) })])
      const laptop = await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) })
      expect(kinds((await laptop.pull()).rows)).toEqual(expect.arrayContaining(['beneficiaries', 'goals']))
    })

    it('lets go of a learner who was deleted, also where the laptop was away until nothing is left of them', async () => {
      const { organization, a } = await twoDevices()
      await a.push([
        a.row('users', 1, { email: 't1@centre.example', role: 'trainer' }),
        a.row('users', 11, { email: 'learner@centre.example', role: 'student' }),
        a.row('profiles', 1, { user_id: a.id(11) }),
        a.row('beneficiaries', 1, { user_id: a.id(11), trainer_id: a.id(1) }),
      ])
      const laptop = await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) })
      const file = rowOf((await laptop.pull()).rows, tables.beneficiaries, a.id(1))
      await a.push([deleted(a, file)])
      await centre.operator.query('SELECT sync.collect_deletions($1, 0, 3650)', [organization])
      expect(kinds((await laptop.pull()).leaves)).toEqual(['beneficiaries', 'profiles', 'users'])
    })

    it.each([
      ['is not active', (a: TestDevice, state: RowState) => edited(a, state, { is_active: 0 })],
      ['is a learner’s', (a: TestDevice, state: RowState) => edited(a, state, { role: 'student' })],
      ['is gone', (a: TestDevice, state: RowState) => deleted(a, state)],
    ])(
      'leaves a laptop whose trainer’s account %s, with what was written there kept, and comes back with it',
      async (_, end) => {
        const { organization, a, b } = await twoDevices()
        await classOf(a)
        await a.push([a.row('goals', 1, { beneficiary_id: a.id(1) })])
        const laptop = await centre.device(organization, { scope: 'trainer', trainerId: a.id(1) })
        const other = await centre.device(organization, { scope: 'trainer', trainerId: a.id(2) })
        const { rows: had } = await laptop.pull()
        await other.pull()
        const account = rowOf(had, registry.users.number, a.id(1))
        const ended = end(a, account)
        expect(await a.push([ended])).toMatchObject({ refused: [] })

        // Written before it was heard, about what was theirs.
        const file = rowOf(had, tables.beneficiaries, a.id(1))
        const late = [
          edited(laptop, file, { notes: 'the last lesson' }),
          laptop.row('goals', 5, { beneficiary_id: a.id(1) }),
        ]
        expect(await laptop.push(late)).toMatchObject({ refused: [] })
        const { rows, leaves } = await laptop.pull()
        const gone = new Set(leaves.map(({ table, id }) => `${table} ${id}`))
        const isOwn = ({ table, id }: { table: number; id: number }) =>
          table === registry.organizations.number || (table === registry.users.number && id === a.id(1))
        expect(had.filter((row) => !isOwn(row) && !gone.has(`${row.table} ${row.id}`))).toEqual([])
        expect(rows.filter((row) => !isOwn(row))).toEqual([])
        expect(leaves.filter(isOwn)).toEqual([])
        expect((await other.pull()).leaves.filter((row) => !isOwn(row))).toEqual([])
        const { rows: kept } = await centre.operator.query(
          'SELECT id FROM goals WHERE organization_id = $1 ORDER BY id',
          [organization],
        )
        expect(kept.map(({ id }) => Number(id))).toEqual([a.id(1), laptop.id(5)])

        await b.pull()
        const again = edited(
          b,
          { ...ended, deletion: undefined },
          { is_active: 1, role: 'trainer', name: 'Back again' },
        )
        expect(await b.push([again])).toMatchObject({ refused: [] })
        const back = await laptop.pull()
        expect(kinds(back.rows)).toEqual(expect.arrayContaining(['assessments', 'groups', 'settings', 'users']))
        expect(back.leaves).toEqual([])
      },
    )
  })
}
