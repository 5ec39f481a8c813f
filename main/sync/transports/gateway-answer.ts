import * as z from 'zod'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * Why the gateway did not do what it was asked. `clock`: the signature is of another time than the centre's, which comes along.
 * `replay`: this request was here before. `gone`: the parts are not kept any more and are sent from the start.
 */
export const GatewayProblem = z.object({
  problem: z.enum([
    'clock',
    'replay',
    'signature',
    'unknownSite',
    'revoked',
    'busy',
    'tooLarge',
    'unreadable',
    'gone',
    'wrongCode',
    'notFound',
    'failed',
  ]),
  now: z.int().nonnegative(),
})
export type GatewayProblem = z.infer<typeof GatewayProblem>

/** An answer that is too large for one piece: its compressed whole is fetched by this name. */
export const InParts = z.object({ whole: Sha256, size: z.int().positive() })
/** How much of a whole the gateway has now. */
export const Received = z.object({ has: z.int().nonnegative() })

/** What a database that asks to be let in says of itself. */
export const NewDevice = z.object({
  /** SPKI, base64. */
  publicKey: z.string().min(40).max(200),
  incarnation: z.uuid(),
  app: z.string().max(40),
  schema: z.int().nonnegative(),
  /** What people call the computer. */
  machine: z.string().max(100),
  /** What PostgreSQL is to keep of a password that never travels (RFC 5803), where the invitation offers that way. */
  verifier: z
    .string()
    .max(300)
    .regex(/^SCRAM-SHA-256\$\d{4,6}:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$/)
    .optional(),
})
export type NewDevice = z.infer<typeof NewDevice>

export const EnrolRequest = z.object({ code: z.string().min(1).max(64), device: NewDevice })
export type EnrolRequest = z.infer<typeof EnrolRequest>
