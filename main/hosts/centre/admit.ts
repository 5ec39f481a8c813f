import type { Centre, KnownSite } from '../../centre/centre.ts'
import type { Clock } from '../../clock.ts'
import { isSignedBy, publicKeyOf, readSignature, type Signed } from '../../sync/transports/signed-request.ts'
import { knownNonces } from './known-nonces.ts'
import { Problem } from './problem.ts'

/** How far a request may be from the centre's time, in milliseconds. */
const leewayMs = 5 * 60_000

export interface Admitted extends KnownSite {
  number: number
}

/**
 * Lets a request in whose signature is that of a site of this centre, made about now, and never here before. One that was made
 * before this gateway began is told the time instead, since nobody remembers what was here then.
 */
export function admission(centre: Centre, clock: Clock) {
  const beganAt = clock.now().getTime()
  const isNew = knownNonces(3 * leewayMs, () => clock.monotonic())

  return async function admit(headers: Record<string, unknown>, request: Signed): Promise<Admitted> {
    const signature = readSignature(headers)
    if (!signature) throw new Problem('signature')
    const site = await centre.site(signature.site)
    if (!site) throw new Problem('unknownSite')
    if (!isSignedBy(publicKeyOf(site.publicKey), request, signature)) throw new Problem('signature')
    const now = clock.now().getTime()
    if (Math.abs(signature.time - now) > leewayMs || signature.time < beganAt) throw new Problem('clock')
    if (!isNew(signature.site, signature.nonce)) throw new Problem('replay')
    return { ...site, number: signature.site }
  }
}
