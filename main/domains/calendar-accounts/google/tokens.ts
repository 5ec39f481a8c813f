import * as z from 'zod'
import { ask, secureAddress } from '../fetching.ts'
import { CalendarFailure } from '../provider.ts'
import type { GoogleClient } from './client.ts'

const Tokens = z.object({ access_token: z.string().min(1), refresh_token: z.string().optional() })
export type Tokens = z.infer<typeof Tokens>

type Grant =
  | { grant_type: 'authorization_code'; code: string; code_verifier: string; redirect_uri: string }
  | { grant_type: 'refresh_token'; refresh_token: string }

/** Somebody's consent, or what it left, for what opens their calendar for an hour (RFC 6749, RFC 7636). */
export async function tokensFor(
  address: string,
  { clientId, clientSecret }: GoogleClient,
  grant: Grant,
  stopping: AbortSignal,
): Promise<Tokens> {
  const body = new URLSearchParams({
    client_id: clientId,
    ...(clientSecret !== null && { client_secret: clientSecret }),
    ...grant,
  }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const reply = await ask({ url: secureAddress(address).href, method: 'POST', headers, body }, stopping)
  // Taken back by the person or by Google: they have to consent again.
  if (reply.status === 400 || reply.status === 401) throw new CalendarFailure('wrongPassword')
  if (reply.status !== 200)
    throw new CalendarFailure(reply.status >= 500 || reply.status === 429 ? 'unreachable' : 'odd')
  const tokens = Tokens.safeParse(readJson(reply.text))
  if (!tokens.success) throw new CalendarFailure('odd')
  return tokens.data
}

export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new CalendarFailure('odd')
  }
}
