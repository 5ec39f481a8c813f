import { X509Certificate } from 'node:crypto'
import type { Request as CertificateQuestion, Session } from 'electron'
import type { Entrance } from '../../../shared/entrance.ts'
import type { Electron } from './electron.ts'
import { denyEverything } from './permissions.ts'

/** What Electron takes for "this certificate is good" and "it is not". */
const good = 0
const bad = -2

/** Tells the room's page that it is in a kiosk of ours, which has a way out. */
const mark = 'BDC-Kiosk'

/** One browser profile for each room, so that its cookie outlives a power cut and nothing of another room is believed. */
export function partitionOf({ fingerprint }: Entrance): string {
  return `persist:bdc-room-${fingerprint}`
}

/**
 * A session that speaks with one room and nobody else: by its address, and by the fingerprint of its certificate, whatever
 * the machine itself trusts.
 */
export function roomSession({ session }: Pick<Electron, 'session'>, entrance: Entrance): Session {
  const own = session.fromPartition(partitionOf(entrance))
  denyEverything(own, {
    isPage: (address) => URL.parse(address)?.origin === entrance.origin,
    mayLoad: (address) => isOfRoom(address, entrance),
    mayNote: false,
  })
  own.setCertificateVerifyProc((question, answer) => answer(isPinned(question, entrance) ? good : bad))
  if (!own.getUserAgent().includes(mark)) own.setUserAgent(`${own.getUserAgent()} ${mark}`)
  return own
}

type Shown = Pick<CertificateQuestion, 'hostname'> & { certificate: { data: string } }

export function isPinned({ hostname, certificate }: Shown, { host, fingerprint }: Entrance): boolean {
  return hostname === host && fingerprintOf(certificate.data) === fingerprint
}

function fingerprintOf(pem: string): string | undefined {
  try {
    const digits = new X509Certificate(pem).fingerprint256.replaceAll(':', '')
    return Buffer.from(digits, 'hex').toString('base64url')
  } catch {
    return undefined
  }
}

function isOfRoom(address: string, { origin }: Entrance): boolean {
  const url = URL.parse(address)
  return url?.origin === origin || url?.protocol === 'blob:' || url?.protocol === 'data:'
}
