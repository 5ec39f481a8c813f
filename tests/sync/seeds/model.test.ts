import { describe, expect, it } from 'vitest'
import { rowsIn } from '../page.ts'
import { modelMachines, realMachines } from '../simulator/machines.ts'
import { planOf } from '../simulator/recipes.ts'
import { referenceServer } from '../simulator/reference-server.ts'
import { run } from '../simulator/run.ts'
import { happenings, trySeeds } from '../simulator/seeds.ts'
import type { MakeServer } from '../simulator/server.ts'

describe('a world of machines that follow the protocol without the program', () => {
  it('loses nothing, doubles nothing and agrees', async () => {
    const make = { ...modelMachines(), server: referenceServer }
    const { seeds, broken, counts } = await trySeeds(make, { from: 1, count: 1700 })
    expect(broken).toBeUndefined()
    expect(seeds).toBe(1700)
    expect(happenings.filter((what) => !counts[what])).toEqual([])
  }, 1_200_000)
})

describe('a seed', () => {
  it('brings the same about whenever it is tried', async () => {
    const [first, again] = [realMachines(), realMachines()]
    for (const seed of [3, 4, 5]) {
      const one = await run(planOf(seed), { ...first, server: referenceServer })
      expect(await run(planOf(seed), { ...again, server: referenceServer })).toEqual(one)
    }
  }, 60_000)

  it('brings a centre to light that forgets a row now and then', async () => {
    const forgetful: MakeServer = async (options) => {
      const server = await referenceServer(options)
      let calls = 0
      return {
        ...server,
        transportOf: (site) => {
          const transport = server.transportOf(site)
          return {
            ...transport,
            pull: async (request) => {
              calls += 1
              const reply = await transport.pull(request)
              return calls % 20 === 0 ? { ...reply, packed: [], rows: rowsIn(reply).slice(1) } : reply
            },
          }
        },
      }
    }
    const { broken } = await trySeeds({ ...modelMachines(), server: forgetful }, { from: 1, count: 30 })
    expect(broken?.violations.join('\n')).toMatch(/differ|still has something to do/)
    expect(broken?.plan.events.length).toBeLessThan(planOf(broken?.seed ?? 0).events.length)
  }, 120_000)
})
