import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import type { AccountProblem } from '../../../shared/contract/calendar-accounts.ts'

const noAuthority = /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)\w*)$/
const unfit = /^(CERT_\w+|ERR_TLS_CERT_ALTNAME_INVALID|INVALID_(CA|PURPOSE))$/
const unencrypted = /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)$/

/** What it means that a request did not come through, by the codes of Node and of its library for TLS. */
export function troubleOfLine(error: unknown): AccountProblem {
  const { code } = Object((error instanceof Error && error.cause) || error)
  if (noAuthority.test(code)) return 'notTrusted'
  if (unfit.test(code)) return 'wrongCertificate'
  return unencrypted.test(code) ? 'notSecure' : 'unreachable'
}

/**
 * Counts the authorities of this computer among those that may vouch for a server: Node knows the public ones alone. They are
 * read when they are needed first, because that takes a tenth of a second. False: they counted already.
 */
export function trustMachine(): boolean {
  const known = new Set(getCACertificates('default'))
  const more = getCACertificates('system').filter((certificate) => !known.has(certificate))
  if (more.length > 0) setDefaultCACertificates([...known, ...more])
  return more.length > 0
}
