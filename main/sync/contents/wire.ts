import * as z from 'zod'

/** Where a content lies, as `documents.file_path` says it: one piece, or a list of several. */
export const ContentPath = z.string().regex(/^(?:content|pieces):[0-9a-f]{64}$/)
const Digest = z.string().regex(/^[0-9a-f]{64}$/)

/** Bytes that travel at once. */
export const largestChunk = 256 * 1024
/** Contents that are asked about at once, and missing pieces that are named of each. */
export const mostAsked = 100

export const HaveRequest = z.object({ paths: z.array(ContentPath).min(1).max(mostAsked) })
export type HaveRequest = z.infer<typeof HaveRequest>

/**
 * `missing`: no document within reach of this device names it. `waiting`: the centre has not all of it; `lacks` names the
 * first pieces that it has not, or the list while that is not there.
 */
export const HaveReply = z.object({
  contents: z.array(z.object({ state: z.enum(['missing', 'waiting', 'whole']), lacks: z.array(Digest) })),
})
export type HaveReply = z.infer<typeof HaveReply>

/** The next bytes of a piece or a list; bytes that do not follow what is there change nothing. */
export const PutRequest = z.object({
  path: ContentPath,
  digest: Digest,
  /** Of the whole piece. */
  size: z
    .int()
    .positive()
    .max(2 ** 31 - 1),
  from: z.int().nonnegative(),
  base64: z.base64().max(Math.ceil(largestChunk / 3) * 4),
})
export type PutRequest = z.infer<typeof PutRequest>

/** `wrong`: all bytes are there and are not what their name says; none of them is kept. */
export const PutReply = z.object({
  status: z.enum(['ok', 'missing', 'wrong', 'tooLarge', 'noRoom']),
  /** Bytes of the piece that the centre has now. */
  has: z.int().nonnegative(),
  isWhole: z.boolean(),
})
export type PutReply = z.infer<typeof PutReply>

export const GetRequest = z.object({
  path: ContentPath,
  digest: Digest,
  from: z.int().nonnegative(),
  bytes: z.int().positive().max(largestChunk),
})
export type GetRequest = z.infer<typeof GetRequest>

export const GetReply = z.object({
  status: z.enum(['ok', 'missing', 'waiting']),
  size: z.int().nonnegative(),
  base64: z.base64(),
})
export type GetReply = z.infer<typeof GetReply>

/** How the contents of documents travel, beside the rows and behind them. */
export interface ContentWay {
  /** @throws {Unreachable} */
  have(request: HaveRequest): Promise<HaveReply>
  put(request: PutRequest): Promise<PutReply>
  get(request: GetRequest): Promise<GetReply>
}
