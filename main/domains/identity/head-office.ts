import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { Id } from '../../../shared/contract/base.ts'
import { checkLetter, grouped, heard, lettersOf, plainCode, spokenLines } from '../../../shared/spoken-code.ts'

/** Raw Ed25519 public keys have 32 bytes and signatures 64 (RFC 8032, section 5.1). */
const keyBytes = 32
const signatureBytes = 64
/** Says how to read the answer; a byte that the lines have left over. */
const version = 1

const requestLetters = 12

/** What is read out: 60 bits that stand for this installation, this account and this turn, and a check letter. */
export function newRequest(about: { installation: string; userId: Id; counter: number; nonce: string }): string {
  const digest = createHash('sha256')
    .update(['bdc unlock request 1', about.installation, about.userId, about.counter, about.nonce].join('\n'))
    .digest()
  const letters = lettersOf(digest.subarray(0, requestLetters))
  return letters + checkLetter(letters)
}

export function spokenRequest(request: string): string {
  return `${grouped(request.slice(0, 8))}-${request.slice(8)}`
}

/** The request as it was heard; undefined when a letter is wrong. */
export function heardRequest(typed: string): string | undefined {
  const request = plainCode(typed)
  const letters = request.slice(0, requestLetters)
  return request.length === requestLetters + 1 && checkLetter(letters) === request.slice(-1) ? request : undefined
}

/** Head office says for whom it answers: a request that was read out under another name does not fit. */
function message(request: string, email: string): Buffer {
  return Buffer.from(['bdc unlock answer 1', request, email.trim().toLowerCase()].join('\n'))
}

/** 13 lines of 9 letters, 117 in all: a signature cannot be shorter. One text message, or about four minutes by phone. */
export function answerTo(request: string, email: string, key: KeyObject): string[] {
  return spokenLines(Buffer.concat([Buffer.from([version]), sign(null, message(request, email), key)]))
}

export function isAnswer(typed: string, request: string, email: string, publicKey: string): boolean {
  const said = heard(typed)
  if (!('bytes' in said) || said.bytes.length !== signatureBytes + 1 || said.bytes[0] !== version) return false
  const key = publicKeyOf(publicKey)
  return key !== undefined && verify(null, message(request, email), key, said.bytes.subarray(1))
}

export function spelledKey(key: KeyObject): string {
  return key.export({ format: 'jwk' }).x ?? ''
}

/** Undefined for anything but 32 bytes in base64url. */
export function publicKeyOf(text: string): KeyObject | undefined {
  const x = text.trim()
  if (!/^[\w-]{43}$/.test(x) || Buffer.from(x, 'base64url').length !== keyBytes) return undefined
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}
