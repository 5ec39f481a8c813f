import { expect, it } from 'vitest'
import type { TestDevice } from './centre.ts'
import { useCentre } from './use-centre.ts'

const centre = useCentre()

async function called({ site }: TestDevice, name: string) {
  await centre.operator.query('UPDATE sync.site SET machine = $2 WHERE site = $1', [site, name])
}

it('tells a device what the computers of its organization are called, those alone, and each of them once', async () => {
  const [here, elsewhere] = [await centre.organization('Here'), await centre.organization('Elsewhere')]
  const [desk, laptop, other] = [
    await centre.device(here),
    await centre.device(here, { scope: 'trainer', trainerId: 1 }),
    await centre.device(elsewhere),
  ]
  await called(desk, 'Front office · مكتب')
  await called(other, 'Of somebody else')
  const asked = await laptop.hello({ machines: 0 })
  expect(asked.machines).toEqual([desk.site, ...desk.spares].map((site) => ({ site, name: 'Front office · مكتب' })))

  await called(laptop, 'Field laptop')
  const next = await desk.hello({ machines: Math.max(...desk.spares) })
  expect(next.machines).toEqual([laptop.site, ...laptop.spares].map((site) => ({ site, name: 'Field laptop' })))
  expect((await desk.hello({ machines: Math.max(...laptop.spares) })).machines).toEqual([])
})

it('tells nothing to a kiosk, to who does not ask, and to who is shut out, and refuses what is no number', async () => {
  const organization = await centre.organization()
  const [desk, kiosk] = [await centre.device(organization), await centre.device(organization, { scope: 'kiosk' })]
  await called(desk, 'Front office')
  expect(await kiosk.hello({ machines: 0 })).not.toHaveProperty('machines')
  expect(await desk.hello()).not.toHaveProperty('machines')
  for (const machines of [-1, 1.5, 1e9, 'one', null, [1]])
    await expect(desk.hello({ machines })).rejects.toThrow('malformed hello')
  await centre.operator.query('SELECT sync.revoke_site($1)', [desk.site])
  expect(await desk.hello({ machines: 0 })).toMatchObject({ status: 'revoked' })
  expect(await desk.hello({ machines: 0 })).not.toHaveProperty('machines')
})

it('tells of many computers some hundreds at a time', async () => {
  const organization = await centre.organization()
  const desk = await centre.device(organization)
  await called(desk, 'Front office')
  await centre.operator.query(
    `SELECT sync.create_site($1, 'organization', NULL, gen_random_uuid(), NULL, 4) FROM generate_series(1, 120)`,
    [organization],
  )
  await centre.operator.query(`UPDATE sync.site SET machine = 'Computer ' || family WHERE organization_id = $1`, [
    organization,
  ])
  const told: number[] = []
  for (let known = 0; ; known = told.at(-1) ?? 0) {
    const { machines = [] } = await desk.hello({ machines: known })
    if (machines.length === 0) break
    expect(machines.length).toBeLessThanOrEqual(400)
    told.push(...machines.map(({ site }) => site))
  }
  expect(told).toHaveLength(121 * 5)
  expect(new Set(told).size).toBe(told.length)
})
