/** What a visitor may take of the host's time and memory before anybody looks at what they want. Times in milliseconds. */
export interface Limits {
  /** For the head of a request, from its first byte. */
  headersTimeout: number
  /** For a whole request, from its first byte. */
  requestTimeout: number
  /** How long a connection may rest between two requests. */
  keepAliveTimeout: number
  /** How long nothing at all may move on a connection, also while a call is being answered. */
  connectionTimeout: number
  /** How often the first two are looked at. */
  checkInterval: number
  /** Bytes of the head of a request. */
  maxHeaderSize: number
}

export const ordinaryLimits: Limits = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 65_000,
  connectionTimeout: 60_000,
  checkInterval: 1_000,
  maxHeaderSize: 16 * 1024,
}
