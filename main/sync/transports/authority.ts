import { Agent } from 'node:https'
import { connect, type DetailedPeerCertificate, type PeerCertificate } from 'node:tls'
import { Unreachable } from '../wire.ts'

/** Somebody answers at the centre's address who is not the one that the invitation names. */
export class WrongCentre extends Error {
  override name = 'WrongCentre'
}

/**
 * The certificate of the authority behind the server, PEM, when its SHA-256 (base64url) is the one of the invitation. Nothing
 * is sent: the handshake shows the chain, and only a connection that is verified by what is found here carries a request.
 */
export function pinnedAuthority(origin: string, fingerprint: string): Promise<string> {
  const { hostname, port } = new URL(origin)
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const socket = connect({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 443),
    ...(isName(hostname) && { servername: hostname }),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: false,
    timeout: 20_000,
  })
  socket.on('secureConnect', () => {
    const found = chainOf(socket.getPeerCertificate(true)).find((one) => fingerprintOf(one) === fingerprint)
    socket.destroy()
    if (found) resolve(pemOf(found))
    else reject(new WrongCentre('Another one than the centre of the invitation answers at its address.'))
  })
  const fail = (cause?: unknown) => {
    socket.destroy()
    reject(new Unreachable('The centre cannot be reached.', { cause }))
  }
  socket.on('timeout', fail)
  socket.on('error', fail)
  return promise
}

/** Connections to the centre: verified by its own authority, or by those that this computer trusts when `authority` is null. */
export function verifiedAgent(authority: string | null): Agent {
  return new Agent({
    keepAlive: true,
    maxSockets: 4,
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    ...(authority !== null && { ca: authority }),
  })
}

/** From the certificate of the server up; the last one is issued by itself. */
function chainOf(first: DetailedPeerCertificate): PeerCertificate[] {
  const chain: PeerCertificate[] = []
  for (let one = first; one?.raw && chain.length < 8; one = one.issuerCertificate) {
    chain.push(one)
    if (one.issuerCertificate === one) break
  }
  return chain
}

function fingerprintOf({ fingerprint256 }: PeerCertificate): string {
  return Buffer.from(fingerprint256.replaceAll(':', ''), 'hex').toString('base64url')
}

function pemOf({ raw }: PeerCertificate): string {
  const lines = raw.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

function isName(host: string): boolean {
  return !host.startsWith('[') && !/^[\d.]+$/.test(host)
}
