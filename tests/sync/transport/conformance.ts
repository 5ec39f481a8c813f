import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Envelope, Transport } from '../../../main/sync/wire.ts'
import { rowsIn } from '../page.ts'
import { groupRow, helloOf, sealed, type TestSite } from './envelopes.ts'

export interface TestedWay extends AsyncDisposable {
  organizationId: number
  /** Two devices of one organization that have never been in touch. */
  sites: [TestSite, TestSite]
  transport(site: TestSite): Transport
  /** The centre goes away. */
  stop(): Promise<void>
}

/** What every way to the centre has to do, whatever it goes over. */
export function conformance(name: string, open: () => Promise<TestedWay>) {
  describe(`the way over ${name}`, () => {
    it('says hello to a device that has never sent anything', async () => {
      await using way = await open()
      const [one] = way.sites
      const reply = await way.transport(one).hello(helloOf(one))
      expect(reply).toMatchObject({ acknowledged: 0, chain: '' })
      expect(Math.abs(reply.now - Date.now())).toBeLessThan(60_000)
    })

    it('takes an envelope once however often it is sent, and no envelope that does not follow', async () => {
      await using way = await open()
      const [one] = way.sites
      const transport = way.transport(one)
      const first = sealed(one, 1, '', [groupRow(one.site, 1, way.organizationId, 'Écriture · كتابة')])
      expect(await transport.push(sealed(one, 2, first.hash, []))).toMatchObject({ status: 'fork', acknowledged: 0 })
      expect(await transport.push(first)).toMatchObject({ status: 'ok', acknowledged: 1, chain: first.hash })
      expect(await transport.push(first)).toMatchObject({ status: 'duplicate', acknowledged: 1, chain: first.hash })
      expect(await transport.hello(helloOf(one))).toMatchObject({ acknowledged: 1, chain: first.hash })
    })

    it('carries envelopes that go ahead of their turn in their order', async () => {
      await using way = await open()
      const [one, other] = way.sites
      const transport = way.transport(one)
      const envelopes: Envelope[] = []
      for (let number = 1; number <= 6; number += 1) {
        const row = groupRow(one.site, number, way.organizationId, `Groupe ${number}`)
        envelopes.push(sealed(one, number, envelopes.at(-1)?.hash ?? '', [row]))
      }
      for (const [index, envelope] of envelopes.entries())
        expect(await transport.push(envelope, () => envelopes[index + 1])).toMatchObject({ status: 'ok' })
      const rows = rowsIn(await way.transport(other).pull({ cursor: 0, upto: null, limit: 100 }))
      const names = rows.filter(({ table }) => table === 20).map(({ values }) => values.name)
      expect(names).toEqual(envelopes.map((_, index) => `Groupe ${index + 1}`))
    })

    it('brings what one device sent to the other one, page by page and not back to itself', async () => {
      await using way = await open()
      const [one, other] = way.sites
      const rows = Array.from({ length: 7 }, (_, index) =>
        groupRow(one.site, index + 1, way.organizationId, `Groupe ${index} مجموعة`),
      )
      await way.transport(one).push(sealed(one, 1, '', rows))
      const transport = way.transport(other)
      const found: (string | number | null | undefined)[] = []
      let cursor = 0
      let upto: number | null = null
      for (let hasMore = true; hasMore; ) {
        const page = await transport.pull({ cursor, upto, limit: 3 })
        found.push(
          ...rowsIn(page)
            .filter(({ table }) => table === 20)
            .map(({ values }) => values.name),
        )
        ;({ cursor, upto, hasMore } = page)
      }
      expect(found).toEqual(rows.map(({ values }) => values.name))
      const own = await way.transport(one).pull({ cursor: 0, upto: null, limit: 100 })
      expect(rowsIn(own).filter(({ table }) => table === 20)).toEqual([])
    })

    it('gives what was sent under the own number to whoever asks for that', async () => {
      await using way = await open()
      const [one] = way.sites
      const rows = [1, 2, 3].map((number) => groupRow(one.site, number, way.organizationId, `group ${number}`))
      const transport = way.transport(one)
      await transport.push(sealed(one, 1, '', rows))
      const first = await transport.pull({ cursor: 0, upto: null, limit: 2, own: true })
      const { cursor, upto, hasMore } = first
      expect(hasMore).toBe(true)
      const second = await transport.pull({ cursor, upto, limit: 100, own: true })
      const found = [first, second].flatMap(rowsIn).filter(({ table }) => table === 20)
      expect(found.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
    })

    it('carries a megabyte that cannot be compressed, both ways', async () => {
      await using way = await open()
      const [one, other] = way.sites
      const row = groupRow(one.site, 1, way.organizationId, 'large')
      const description = randomBytes(750_000).toString('base64')
      const large = { ...row, values: { ...row.values, description } }
      expect(await way.transport(one).push(sealed(one, 1, '', [large]))).toMatchObject({ status: 'ok' })
      const page = await way.transport(other).pull({ cursor: 0, upto: null, limit: 100 })
      expect(rowsIn(page).find(({ id }) => id === row.id)?.values.description).toBe(description)
    })

    it('says that nobody answered when the centre is away', async () => {
      await using way = await open()
      const [one] = way.sites
      const transport = way.transport(one)
      await transport.hello(helloOf(one))
      await way.stop()
      await expect(transport.hello(helloOf(one))).rejects.toMatchObject({ name: 'Unreachable' })
    })
  })
}
