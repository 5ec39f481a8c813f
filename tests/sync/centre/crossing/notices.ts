import { expect, it } from 'vitest'
import { crossBack, moveToOrganization } from '../../../../main/centre/move-organization.ts'
import { tidy } from '../../../../main/centre/tidy.ts'
import { agree, type Device } from '../../device/device.ts'
import { type Stage, twoOffices } from './offices.ts'

/** Who is told that somebody has gone to another organization. */
export function notices(stage: Stage) {
  /** Two offices with an administrator each, who can sign in as their trainers can. */
  async function staffed() {
    const offices = await twoOffices(stage)
    const administrators = []
    for (const { desk, trainer, organizationId } of [offices.from, offices.to]) {
      const account = { password_hash: 'sealed', name: 'Administrator', role: 'admin' }
      administrators.push(await desk.insert('users', { ...account, email: `admin-${organizationId}@centre.example` }))
      await desk.insert('users', { ...account, email: `gone-${organizationId}@centre.example`, is_active: 0 })
      await desk.update('users', trainer, { password_hash: 'sealed' })
    }
    const [away = 0, here = 0] = administrators
    await agree(offices.from.desk, offices.from.laptop, offices.to.desk, offices.to.laptop)
    return { ...offices, away, here }
  }

  const told = (device: Device) =>
    device
      .all('notifications')
      .map(({ user_id, type, data, is_read }) => ({ user_id, type, is_read, ...JSON.parse(String(data)) }))

  it('are told once: administrators on both sides, and who had or gets them; who is gone by name, until they are back', async () => {
    const { from, to, id, there, away, here } = await staffed()
    const went = { type: 'crossing', is_read: 0, news: 'went', beneficiaryId: id, name: 'Lina' }
    const came = { type: 'crossing', is_read: 0, news: 'came', beneficiaryId: id }
    const move = await moveToOrganization(stage.centre.operator, id, there)
    await agree(from.desk, from.laptop, to.desk, to.laptop)
    expect(told(from.desk)).toEqual([from.trainer, away].sort().map((user_id) => ({ user_id, ...went })))
    expect(told(from.laptop)).toEqual([{ user_id: from.trainer, ...went }])
    expect(told(to.desk)).toEqual([to.trainer, here].sort().map((user_id) => ({ user_id, ...came })))
    expect(told(to.laptop)).toEqual([{ user_id: to.trainer, ...came }])

    await crossBack(stage.centre.operator, move)
    await agree(from.desk, from.laptop, to.desk, to.laptop)
    expect(told(from.laptop)).toEqual([{ user_id: from.trainer, ...came }])
    expect(told(to.laptop)).toEqual([{ user_id: to.trainer, ...went }])
  })

  it('are told no longer of somebody who is erased where they went', async () => {
    const { from, to, id, userId, there } = await staffed()
    await moveToOrganization(stage.centre.operator, id, there)
    await agree(from.desk, to.desk)
    expect(told(from.desk)).toHaveLength(2)
    await to.desk.insert('erasure_orders', {
      person_id: userId,
      scope: 'person',
      erased_at: '2026-04-02T09:00:00.000Z',
    })
    await agree(to.desk)
    await tidy(stage.centre.operator, 0)
    await agree(from.desk, to.desk)
    expect([...told(from.desk), ...told(to.desk)]).toEqual([])
  })
}
