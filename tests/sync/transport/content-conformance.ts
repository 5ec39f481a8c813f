import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { registry } from '../../../main/database/registry.ts'
import type { ContentWay } from '../../../main/sync/contents/wire.ts'
import type { PushedRow, Transport } from '../../../main/sync/wire.ts'
import { addDocument, carry, contentAt } from '../device/contents.ts'
import { type Device, type DeviceCentre, enrolledDevice } from '../device/device.ts'
import type { TestedWay } from './conformance.ts'
import { helloOf, sealed, spkiOf, type TestSite } from './envelopes.ts'

interface TestedContentWay extends TestedWay {
  /** A device of another organization. */
  stranger: TestSite
  strangeOrganizationId: number
}

const at = '2026-11-26T10:00:00.000Z'

function documentRow(site: number, counter: number, organizationId: number, path: string): PushedRow {
  return {
    table: registry.documents.number,
    id: site * 2 ** 32 + counter,
    values: { organization_id: organizationId, filename: 'Attestation · شهادة.pdf', file_path: path, created_at: at },
    stamp: [1_000_000 + counter, site],
    base: 0,
  }
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

function contentsOf({ contents }: Transport): ContentWay {
  if (!contents) throw new Error('This way carries no contents.')
  return contents
}

/** One of the sites as a database of its own that has just come in by this way. */
async function deviceCentre(way: TestedContentWay, of: TestSite): Promise<DeviceCentre> {
  const transport = way.transport(of)
  const { history } = await transport.hello(helloOf(of))
  await transport.close()
  const { organizationId } = way
  const organizationName = 'Centre'
  const place = { organizationId, organizationName, scope: 'organization', trainerId: null } as const
  const pkcs8 = of.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')
  return {
    enrol: () => ({ site: of.site, spareSites: [], history, ...place }),
    transport: () => way.transport(of),
    identity: { incarnation: of.incarnation, privateKey: pkcs8, publicKey: spkiOf(of.publicKey) },
  }
}

/** What every way to a centre that keeps contents has to do. */
export function contentConformance(name: string, open: () => Promise<TestedContentWay>) {
  describe(`contents over ${name}`, () => {
    it('go up and come down piece by piece, cut at every piece and resumed by another connection', async () => {
      await using way = await open()
      const [one, other] = way.sites
      const bytes = randomBytes(300_000)
      const digest = sha256(bytes)
      const path = `content:${digest}`
      await way.transport(one).push(sealed(one, 1, '', [documentRow(one.site, 1, way.organizationId, path)]))
      const chunk = 70_000
      for (let from = 0; from < bytes.length; ) {
        const transport = way.transport(one)
        const part = bytes.subarray(from, from + chunk)
        const put = { path, digest, size: bytes.length, from, base64: part.toString('base64') }
        const said = await contentsOf(transport).put(put)
        expect(said).toEqual({ status: 'ok', has: from + part.length, isWhole: from + part.length === bytes.length })
        // The answer was lost: the same bytes again change nothing.
        expect(await contentsOf(transport).put(put)).toEqual(said)
        await transport.close()
        from = said.has
      }
      const parts: Buffer[] = []
      for (let from = 0; from < bytes.length; ) {
        const transport = way.transport(other)
        const { base64, size } = await contentsOf(transport).get({ path, digest, from, bytes: chunk })
        await transport.close()
        expect(size).toBe(bytes.length)
        const part = Buffer.from(base64, 'base64')
        parts.push(part)
        from += part.length
      }
      expect(sha256(Buffer.concat(parts))).toBe(digest)
    })

    it('follow the documents of one computer to the other, of one piece and of several, and one bad one stops none', async () => {
      await using way = await open()
      const devices: Device[] = []
      for (const site of way.sites) devices.push(await enrolledDevice(await deviceCentre(way, site)))
      const [one, other] = devices as [Device, Device]
      const files = [randomBytes(900), randomBytes(2_000), randomBytes(600_000)]
      const added = []
      for (const file of files) added.push(await addDocument(one, file))
      const damaged = added[1]?.path ?? ''
      one.replica.prepared('UPDATE document_contents SET bytes = zeroblob(7) WHERE sha256 = ?').run(damaged.slice(8))
      expect(await one.round()).toBe('done')
      expect(await carry(one, contentsOf(one.transport))).toBe('done')
      expect(await other.round()).toBe('done')
      expect(await carry(other, contentsOf(other.transport))).toBe('done')
      expect(added.map(({ path }) => contentAt(other, path)?.length)).toEqual([900, undefined, 600_000])
      expect(contentAt(other, added[2]?.path ?? '')?.equals(files[2] ?? Buffer.alloc(0))).toBe(true)
      const problems = devices.map((device) => device.one('SELECT group_concat(problem) FROM sync_contents'))
      expect(problems).toEqual(['damaged', 'waiting'])
    })

    it('are refused when their bytes are wrong, missing to another organization, and out of reach with the centre', async () => {
      await using way = await open()
      const [one] = way.sites
      const bytes = randomBytes(1_000)
      const digest = sha256(bytes)
      const path = `content:${digest}`
      const transport = way.transport(one)
      await transport.push(sealed(one, 1, '', [documentRow(one.site, 1, way.organizationId, path)]))
      const own = contentsOf(transport)
      const put = { path, digest, size: 1_000, from: 0 }
      const wrong = await own.put({ ...put, base64: randomBytes(1_000).toString('base64') })
      expect(wrong).toEqual({ status: 'wrong', has: 0, isWhole: false })
      expect(await own.put({ ...put, base64: bytes.toString('base64') })).toMatchObject({ isWhole: true })
      const strange = contentsOf(way.transport(way.stranger))
      expect(await strange.have({ paths: [path] })).toEqual({ contents: [{ state: 'missing', lacks: [] }] })
      expect(await strange.get({ path, digest, from: 0, bytes: 10 })).toMatchObject({ status: 'missing', base64: '' })
      expect(await own.have({ paths: [path] })).toEqual({ contents: [{ state: 'whole', lacks: [] }] })
      await way.stop()
      await expect(own.have({ paths: [path] })).rejects.toMatchObject({ name: 'Unreachable' })
    })
  })
}
