import { checkLetter, plainCode } from './spoken-code.ts'

/** The way into an organization at the centre, as the QR code of an invitation has it. */
export interface Invitation {
  /** `https://centre.example:4190` */
  origin: string
  /** 16 letters of which each stands for five random bits, and one that checks them. */
  code: string
  /** SHA-256 of the certificate of the centre's own authority, base64url; null: a public authority vouches for the centre. */
  authority: string | null
}

/** Letters of the code before the one that checks them. */
export const codeLetters = 16

const pattern = /^(https:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?)\/#\/sync\?code=([\w-]+)(?:&ca=([\w-]{43}))?$/

export function invitationText({ origin, code, authority }: Invitation): string {
  return `${origin}/#/sync?code=${code}${authority === null ? '' : `&ca=${authority}`}`
}

/** Undefined for everything that is not the whole text of an invitation. */
export function readInvitation(text: string): Invitation | undefined {
  const [, origin, typed, authority = null] = pattern.exec(text.replace(/\s/g, '')) ?? []
  if (origin === undefined || typed === undefined) return undefined
  const code = plainCode(typed)
  const isWhole = code.length === codeLetters + 1 && checkLetter(code.slice(0, codeLetters)) === code.at(-1)
  return isWhole ? { origin, code, authority } : undefined
}
