import { createPrivateKey, randomBytes, type webcrypto, X509Certificate } from 'node:crypto'
import type { Place } from '../queries.ts'
import { privateNamesOnly } from './name-constraints.ts'

/** A certificate with its key, both PEM. The key never leaves the encrypted database and the memory of this program. */
export interface Certified {
  certificate: string
  privateKey: string
  expiresAt: string
}

const day = 24 * 3_600_000
/** Clocks of devices without a network are wrong by days; an authority that begins earlier is no less true. */
const backdatedMs = 30 * day
const authorityMs = 10 * 365 * day
/** With the days before it 390: browsers take no certificate of a server that lives longer than 398 days. */
const serverMs = 360 * day
const signing = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

export interface AuthorityOptions {
  /** Before a random number, so that nothing of the centre goes over the air. */
  name: string
  /** Confined to private addresses: for one that devices install and trust for every page. */
  isPrivateOnly: boolean
}

const ofClassroom: AuthorityOptions = { name: 'BDC classroom', isPrivateOnly: true }

/** The centre's own authority on this machine: devices that are managed here install its certificate once. */
export async function newAuthority(now: Date, { name, isPrivateOnly } = ofClassroom): Promise<Certified> {
  const x509 = await library()
  const keys = await crypto.subtle.generateKey(signing, true, ['sign', 'verify'])
  const notAfter = new Date(now.getTime() + authorityMs)
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name} ${randomBytes(3).toString('hex')}`,
    serialNumber: newSerial(),
    notBefore: new Date(now.getTime() - backdatedMs),
    notAfter,
    keys,
    signingAlgorithm: signing,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      ...(isPrivateOnly ? [new x509.Extension('2.5.29.30', true, privateNamesOnly())] : []),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return certified(certificate.toString('pem'), keys.privateKey, notAfter)
}

/** A certificate for the address and the name of one room, with that of its authority behind it. */
export function newServerCertificate(authority: Certified, { address, name }: Place, now: Date): Promise<Certified> {
  const names: HostName[] = [
    { type: 'ip', value: address },
    { type: 'dns', value: name },
  ]
  return newCertificateFor(authority, names, { now, subject: 'BDC classroom' })
}

export interface HostName {
  type: 'ip' | 'dns'
  value: string
}

/** A certificate of a server under these names, with that of its authority behind it. */
export async function newCertificateFor(
  authority: Certified,
  names: HostName[],
  { now, subject }: { now: Date; subject: string },
): Promise<Certified> {
  const x509 = await library()
  const issuer = new x509.X509Certificate(authority.certificate)
  const keys = await crypto.subtle.generateKey(signing, true, ['sign', 'verify'])
  const notAfter = new Date(now.getTime() + serverMs)
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${subject}`,
    issuer: issuer.subject,
    serialNumber: newSerial(),
    notBefore: new Date(now.getTime() - backdatedMs),
    notAfter,
    publicKey: keys.publicKey,
    signingKey: await signingKeyOf(authority),
    signingAlgorithm: signing,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return certified(`${certificate.toString('pem')}\n${authority.certificate}`, keys.privateKey, notAfter)
}

/** SHA-256 over the first certificate, base64url: what a kiosk is told by the QR code and compares. */
export function fingerprintOf(certificate: string): string {
  const digits = new X509Certificate(certificate).fingerprint256.replaceAll(':', '')
  return Buffer.from(digits, 'hex').toString('base64url')
}

/** Loaded with the first encrypted room: most starts of the program need none of it. */
async function library() {
  await import('reflect-metadata')
  return import('@peculiar/x509')
}

function signingKeyOf({ privateKey }: Certified) {
  const pkcs8 = createPrivateKey(privateKey).export({ type: 'pkcs8', format: 'der' })
  return crypto.subtle.importKey('pkcs8', pkcs8, signing, false, ['sign'])
}

/** Positive, and unlike any other of this authority (RFC 5280, section 4.1.2.2). */
function newSerial(): string {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return bytes.toString('hex')
}

async function certified(certificate: string, privateKey: webcrypto.CryptoKey, notAfter: Date): Promise<Certified> {
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', privateKey))
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  return {
    certificate,
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    expiresAt: notAfter.toISOString(),
  }
}
