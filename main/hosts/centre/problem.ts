import type { GatewayProblem } from '../../sync/transports/gateway-answer.ts'

type Kind = GatewayProblem['problem']

export const statusOf: Record<Kind, number> = {
  clock: 401,
  replay: 409,
  signature: 401,
  unknownSite: 401,
  revoked: 403,
  busy: 429,
  tooLarge: 413,
  unreadable: 400,
  gone: 410,
  wrongCode: 403,
  notFound: 404,
  failed: 500,
}

/** A no that the device understands. */
export class Problem extends Error {
  override name = 'Problem'
  readonly kind: Kind

  constructor(kind: Kind) {
    super(kind)
    this.kind = kind
  }
}
