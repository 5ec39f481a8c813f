import { existsSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { makeFolder, writeDurably } from '../../database/write-durably.ts'
import {
  fingerprintOf,
  type HostName,
  newAuthority,
  newCertificateFor,
} from '../../domains/classroom/certificates/issue.ts'

export interface GatewayCertificate {
  tls: { cert: string; key: string }
  /** SHA-256 of the authority's certificate, base64url: what invitations name. */
  authority: string
}

/**
 * A certificate for these names by the centre's own authority, whose key stays in this folder for as long as there are devices
 * that were invited under it. The certificate of the server itself is new with every start.
 */
export async function ownCertificate(folder: string, names: readonly string[], now: Date): Promise<GatewayCertificate> {
  const authority = keptAuthority(folder) ?? (await madeAuthority(folder, now))
  const hosts = names.map((value): HostName => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }))
  const made = await newCertificateFor(authority, hosts, { now, subject: 'BDC centre' })
  return {
    tls: { cert: made.certificate, key: made.privateKey },
    authority: fingerprintOf(authority.certificate),
  }
}

const places = (folder: string) => ({
  certificate: join(folder, 'bdc-centre-authority.crt'),
  privateKey: join(folder, 'bdc-centre-authority.key'),
})

function keptAuthority(folder: string) {
  const { certificate, privateKey } = places(folder)
  if (!existsSync(certificate) || !existsSync(privateKey)) return undefined
  return { certificate: readFileSync(certificate, 'utf8'), privateKey: readFileSync(privateKey, 'utf8'), expiresAt: '' }
}

async function madeAuthority(folder: string, now: Date) {
  makeFolder(folder)
  const made = await newAuthority(now, { name: 'BDC centre', isPrivateOnly: false })
  const { certificate, privateKey } = places(folder)
  // The key first: a certificate without one would count as kept.
  writeDurably(privateKey, made.privateKey)
  writeDurably(certificate, made.certificate)
  return made
}
