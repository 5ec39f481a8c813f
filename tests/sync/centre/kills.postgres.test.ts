import { afterAll, beforeAll, expect, it } from 'vitest'
import { registry } from '../../../main/database/registry.ts'
import { inputs } from '../../support/inputs.ts'
import { type PostgresServer, startPostgres } from '../../support/postgres.ts'
import { type TestCentre, type TestDevice, testCentre } from './centre.ts'

let server: PostgresServer
let centre: TestCentre
beforeAll(async () => {
  server = await startPostgres({ isDurable: true })
  centre = await testCentre(server)
})
afterAll(() => server[Symbol.asyncDispose]())

const kills = inputs(12)
const rowsEach = 200

/** Sends the same envelope until it is answered, over connections that break. */
async function sent(
  device: TestDevice,
  envelope: readonly string[],
  reconnected: () => Promise<TestDevice>,
): Promise<TestDevice> {
  let now = device
  for (;;) {
    try {
      const { status } = await now.send(envelope)
      if (status === 'ok') return now
      expect(status).toBe('duplicate')
      now.sealed += 1
      now.chain = envelope[2] ?? ''
      return now
    } catch {
      now = await reconnected()
      Object.assign(now, { sealed: device.sealed, chain: device.chain })
    }
  }
}

it.runIf(process.platform === 'linux')(
  `nothing acknowledged is lost and nothing is doubled when PostgreSQL is killed ${kills} times during pushes`,
  async () => {
    const organization = await centre.organization()
    let device = await centre.device(organization)
    let restarting: Promise<void> | undefined
    let killed = 0
    let duplicates = 0
    const kill = async () => {
      await server.kill()
      killed += 1
      await server.restart()
    }
    const reconnected = async () => {
      await restarting
      return device.again()
    }
    let pushed = 0
    while (killed < kills) {
      const rows = Array.from({ length: rowsEach }, (_, index) =>
        JSON.stringify(device.row('groups', pushed + index + 1)),
      )
      const envelope = device.seal(rows.join('\n'))
      // Somewhere from before the push arrives to after it was answered.
      const delay = (killed * 7) % 60
      const killing = new Promise<void>((resolve) => setTimeout(resolve, delay)).then(() => (restarting = kill()))
      const before = device.sealed
      device = await sent(device, envelope, reconnected)
      await killing
      device = await reconnected()
      pushed += rowsEach
      if (device.sealed !== before + 1) duplicates += 1
      expect(await device.send(envelope)).toMatchObject({ status: 'duplicate', acknowledged: device.sealed })
    }
    expect(duplicates).toBe(0)
    const operator = await server.again(centre.operator)
    const { rows } = await operator.query(
      `SELECT (SELECT count(*) FROM sync.row WHERE table_number = $1)::integer AS states, (SELECT count(*) FROM groups)::integer AS typed,
        (SELECT count(*) FROM sync.envelope)::integer AS envelopes, (SELECT count(DISTINCT number) FROM sync.row)::integer AS numbers,
        (SELECT max(number) FROM sync.row)::integer AS last, (SELECT number FROM sync.head)::integer AS head`,
      [registry.groups.number],
    )
    expect(rows).toEqual([
      { states: pushed, typed: pushed, envelopes: kills, numbers: pushed + 1, last: pushed + 1, head: pushed + 1 },
    ])
    expect(pushed).toBe(kills * rowsEach)
  },
  inputs(300_000),
)
