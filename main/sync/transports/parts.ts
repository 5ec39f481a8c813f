/**
 * How the two ends of the way over HTTPS cut what is large. A body beyond the smallest part goes up in parts that the gateway
 * keeps by the digest of the whole, and an answer comes down the same way, so that a line that is cut goes on where it was.
 */
export const smallestPart = 16 * 1024
export const ordinaryPart = 128 * 1024
export const largestPart = 512 * 1024

/** Of a whole body or answer as it travels, compressed. */
export const largestWhole = 24 * 1024 * 1024
/** Of the same when it is unpacked. */
export const largestUnpacked = 96 * 1024 * 1024

export const paths = {
  hello: '/sync/hello',
  push: '/sync/push',
  pull: '/sync/pull',
  part: '/sync/part',
  rest: '/sync/rest',
  have: '/sync/contents/have',
  put: '/sync/contents/put',
  get: '/sync/contents/get',
  enrol: '/sync/enrol',
} as const
