import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import type { Envelope, EnvelopeHead, HelloRequest, PushedRow } from '../../../main/sync/wire.ts'

export interface TestSite {
  site: number
  incarnation: string
  publicKey: KeyObject
  privateKey: KeyObject
}

export function testSite(site: number): TestSite {
  return { site, incarnation: randomUUID(), ...generateKeyPairSync('ed25519') }
}

export const spkiOf = (key: KeyObject) => key.export({ type: 'spki', format: 'der' }).toString('base64')

export function helloOf({ site, incarnation }: TestSite, over: Partial<HelloRequest> = {}): HelloRequest {
  const history = '00000000-0000-4000-8000-000000000000'
  return { protocol: 1, schema: 5, app: '0.1.0', site, incarnation, cursor: 0, history, now: Date.now(), ...over }
}

/** As a device seals it. */
export function sealed(by: TestSite, number: number, previous: string, rows: PushedRow[]): Envelope {
  const { site, incarnation, privateKey } = by
  const head: EnvelopeHead = { protocol: 1, schema: 5, site, incarnation, number, previous, cursor: 0 }
  return sealedAs(privateKey, previous, JSON.stringify(head), rows.map((row) => JSON.stringify(row)).join('\n'))
}

export function sealedAs(privateKey: KeyObject, previous: string, head: string, body: string): Envelope {
  const hash = createHash('sha256')
    .update(previous + head + body)
    .digest('hex')
  return { head, body, hash, signature: sign(null, Buffer.from(hash), privateKey).toString('base64') }
}

/** A group of the organization as a device pushes it that has just made it. */
export function groupRow(site: number, counter: number, organizationId: number, name: string): PushedRow {
  const at = '2026-11-26T10:00:00.000Z'
  return {
    table: 20,
    id: site * 2 ** 32 + counter,
    values: {
      organization_id: organizationId,
      name,
      description: null,
      created_at: at,
      updated_at: at,
    },
    stamp: [1_000_000 + counter, site],
    base: 0,
  }
}
