import { expect, it } from 'vitest'
import { addOrganization, admit, referenceCentre } from './reference/centre.ts'
import { hashOf } from './reference/push.ts'
import { transportOf } from './reference/transport.ts'

const incarnation = '00000000-0000-4000-8000-000000000001'

it('of memory takes an envelope only behind the one that it has, as the centre in PostgreSQL does', async () => {
  const centre = referenceCentre({ now: () => Date.UTC(2026, 5, 1), uuid: () => incarnation })
  addOrganization(centre, 1)
  const { site } = admit(centre, { organizationId: 1, organizationName: 'One' })
  const send = (number: number, previous: string) => {
    const head = JSON.stringify({ protocol: 1, schema: 1, site, incarnation, number, previous, cursor: 0 })
    const envelope = { head, body: '', hash: hashOf(previous, { head, body: '' }), signature: '' }
    return transportOf(centre, () => site).push(envelope)
  }
  const first = await send(1, '')
  expect(first.status).toBe('ok')
  expect((await send(2, 'f'.repeat(64))).status).toBe('fork')
  expect((await send(3, first.chain)).status).toBe('fork')
  expect((await send(2, first.chain)).status).toBe('ok')
})
