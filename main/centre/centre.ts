import type { NewDevice } from '../sync/transports/gateway-answer.ts'
import type { Enrolment, PullRequest, Transport } from '../sync/wire.ts'

/** A copy of a database that was let in. */
export interface KnownSite {
  /** SPKI, base64. */
  publicKey: string
  isRevoked: boolean
}

/** What stands behind the gateway: the functions of the central database. */
export interface Centre {
  /** Undefined: the centre has never given out this number. */
  site(number: number): Promise<KnownSite | undefined>
  /** The functions as one site may call them. */
  as(site: number): Pick<Transport, 'hello' | 'push' | 'contents'> & {
    /** A `PullReply` as JSON, as the database made it: whoever asked looks at it. */
    pull(request: PullRequest): Promise<string>
  }
  /** Undefined: the code is wrong, too old, or somebody else has used it. The same device may ask again. */
  enrol(code: string, device: NewDevice): Promise<Enrolment | undefined>
}
