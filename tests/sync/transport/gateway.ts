import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Centre } from '../../../main/centre/centre.ts'
import { systemClock } from '../../../main/clock.ts'
import { ownCertificate } from '../../../main/hosts/centre/certificate.ts'
import { type GatewayOptions, startGateway } from '../../../main/hosts/centre/gateway.ts'
import { pinnedAuthority } from '../../../main/sync/transports/authority.ts'
import { type HttpsWay, httpsTransport } from '../../../main/sync/transports/https.ts'
import type { TestSite } from './envelopes.ts'

/** A gateway before this centre on a free port of this machine, under an authority of its own. */
export async function testGateway(centre: Centre, over: Partial<GatewayOptions> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'bdc-gateway-'))
  const certificate = await ownCertificate(folder, ['127.0.0.1', 'localhost'], new Date())
  const gateway = await startGateway({
    centre,
    clock: systemClock,
    tls: certificate.tls,
    host: '127.0.0.1',
    port: 0,
    ...over,
  })
  const origin = `https://127.0.0.1:${gateway.port}`
  const authority = await pinnedAuthority(origin, certificate.authority)
  return {
    ...gateway,
    origin,
    authority,
    fingerprint: certificate.authority,
    transport: ({ site, privateKey }: TestSite, way: Partial<HttpsWay> = {}) =>
      httpsTransport({
        origin,
        authority,
        site: () => site,
        privateKey,
        now: Date.now,
        wait: (ms) => wait(ms / 50),
        ...way,
      }),
    async [Symbol.asyncDispose]() {
      await gateway.close()
      rmSync(folder, { recursive: true })
    },
  }
}
