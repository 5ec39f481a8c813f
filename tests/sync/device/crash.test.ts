import { expect, it } from 'vitest'
import { enrolledDevice, insertPerson } from './device.ts'
import { smallCentre } from './small-centre.ts'

class Killed extends Error {}

/** All the moments at which a round may be killed, each by its place in it. */
async function pointsOfRound() {
  const centre = smallCentre()
  const [one, other] = [await enrolledDevice(centre), await enrolledDevice(centre)]
  await insertPerson(one, 'Ada')
  await one.round()
  await insertPerson(other, 'Bea')
  const points: string[] = []
  await other.round({ at: (point) => points.push(point) })
  return points
}

it('is the same after a kill at any moment of a round, and nothing is doubled', async () => {
  const points = await pointsOfRound()
  expect(new Set(points)).toEqual(
    new Set([
      'round begun',
      'sealed',
      'before hello',
      'after hello',
      'greeted',
      'before push',
      'after push',
      'acknowledged',
      'before pull',
      'after pull',
      'page taken',
      'before apply',
      'applied',
      'done',
    ]),
  )
  const centre = smallCentre()
  const [one, other] = [await enrolledDevice(centre), await enrolledDevice(centre)]
  for (const place of points.keys()) {
    await insertPerson(one, `of one ${place}`)
    await one.round()
    await insertPerson(other, `of the other ${place}`)
    let passed = 0
    const killed = other.round({
      at: () => {
        if (passed++ === place) throw new Killed()
      },
    })
    await expect(killed).rejects.toThrow(Killed)
    expect(await other.round()).toBe('done')
    expect(await one.round()).toBe('done')
    const names = [1, 0].map((from) => (from ? one : other).all('users').map(({ name }) => name))
    expect(names[0]).toHaveLength(2 * (place + 1))
    expect(new Set(names[0])).toEqual(new Set(names[1]))
    expect(new Set(names[0]).size).toBe(2 * (place + 1))
  }
  const bodies = centre.pushed.map(({ site, number }) => `${site} ${number}`)
  expect(new Set(bodies).size).toBe(bodies.length)
}, 120_000)
