/** The way into an encrypted room, as its QR code has it. */
export interface Entrance {
  /** The whole text. */
  url: string
  /** `https://192.168.1.20:4190` */
  origin: string
  /** An address of IPv4, or the name that the network knows it by. */
  host: string
  /** SHA-256 of the server's certificate, base64url. */
  fingerprint: string
}

const pattern =
  /^(https:\/\/(\d{1,3}(?:\.\d{1,3}){3}|bdc-[0-9a-f]{4}\.local)(?::\d{1,5})?)\/#\/join\?code=\d{6}&fp=([\w-]{43})$/

/** Undefined for everything that the screen of a trainer does not show: a kiosk goes nowhere else. */
export function readEntrance(text: string): Entrance | undefined {
  const url = text.trim()
  const [, origin, host, fingerprint] = pattern.exec(url) ?? []
  return origin && host && fingerprint ? { url, origin, host, fingerprint } : undefined
}
