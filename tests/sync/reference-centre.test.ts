import { expect, it } from 'vitest'
import { registry } from '../../main/database/registry.ts'
import type { PushedRow } from '../../main/sync/wire.ts'
import { everyRow } from '../support/rows.ts'
import { addOrganization, admit, headOf, referenceCentre } from './reference/centre.ts'
import { hashOf } from './reference/push.ts'
import { transportOf } from './reference/transport.ts'

const incarnation = '00000000-0000-4000-8000-000000000001'

function centreOf(...organizations: number[]) {
  const centre = referenceCentre({ now: () => Date.UTC(2026, 5, 1), uuid: () => incarnation })
  for (const id of organizations) addOrganization(centre, id)
  return centre
}

/** What a device sends as its n-th envelope behind another one. */
function senderFor(centre: ReturnType<typeof centreOf>, organizationId: number) {
  const { site } = admit(centre, { organizationId, organizationName: `Organization ${organizationId}` })
  const send = (number: number, previous: string, rows: readonly PushedRow[] = []) => {
    const head = JSON.stringify({ protocol: 1, schema: 1, site, incarnation, number, previous, cursor: 0 })
    const body = rows.map((row) => JSON.stringify(row)).join('\n')
    return transportOf(centre, () => site).push({ head, body, hash: hashOf(previous, { head, body }), signature: '' })
  }
  return { site, send }
}

it('of memory takes an envelope only behind the one that it has, as the centre in PostgreSQL does', async () => {
  const { send } = senderFor(centreOf(1), 1)
  const first = await send(1, '')
  expect(first.status).toBe('ok')
  expect((await send(2, 'f'.repeat(64))).status).toBe('fork')
  expect((await send(3, first.chain)).status).toBe('fork')
  expect((await send(2, first.chain)).status).toBe('ok')
})

it('of memory passes over what it has word for word, and refuses it to another organization, as the one in PostgreSQL does', async () => {
  const centre = centreOf(1, 2)
  const [{ site, send }, foreign] = [senderFor(centre, 1), senderFor(centre, 2)]
  const line: PushedRow = {
    table: registry.activity_logs.number,
    id: site * 2 ** 32 + 1,
    values: { organization_id: 1, action: String(everyRow.activity_logs['action']) },
    stamp: [1000, site],
    base: 0,
  }
  const first = await send(1, '', [line])
  const head = headOf(centre, 1).number
  expect((await send(2, first.chain, [line])).refused).toEqual([])
  expect(headOf(centre, 1).number).toBe(head)
  expect((await foreign.send(1, '', [line])).refused).toMatchObject([{ id: line.id, reason: 'foreignOrganization' }])
})
