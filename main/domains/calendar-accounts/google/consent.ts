import { createHash, randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { GoogleClient } from './client.ts'
import { tokensFor } from './tokens.ts'

interface Wanted {
  client: GoogleClient
  addresses: { consent: string; token: string }
  /** On the page that the person comes back to. */
  onReturn: { done: string; refused: string }
  /** With what Google leaves for good. */
  onConsent(refreshToken: string): Promise<void>
  onFailure(error: unknown): void
}

export interface Consent {
  /** Where the person says yes or no. */
  url: string
  end(): void
}

const scope = 'https://www.googleapis.com/auth/calendar.events'
const patienceMs = 10 * 60_000

/**
 * Asks somebody in their own browser, who comes back to an address of this computer that is open for one answer alone
 * (RFC 8252). The answer is worth nothing to whoever did not ask: `state`, and the verifier behind the challenge (RFC 7636).
 */
export async function askForConsent(wanted: Wanted): Promise<Consent> {
  const [state, verifier] = [randomBytes(24), randomBytes(48)].map((bytes) => bytes.toString('base64url'))
  const stopping = new AbortController()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const code = url.searchParams.get('code')
    if (request.method !== 'GET' || url.pathname !== '/' || url.searchParams.get('state') !== state) {
      response.writeHead(404).end()
      return
    }
    const { done, refused } = wanted.onReturn
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    response.end(code ? done : refused)
    server.close()
    if (code) void exchange(code).catch(wanted.onFailure)
  })
  const redirect = await listening(server)
  const end = () => {
    stopping.abort()
    server.close()
    server.closeAllConnections()
  }
  setTimeout(() => server.close(), patienceMs).unref()

  async function exchange(code: string) {
    const grant = {
      grant_type: 'authorization_code' as const,
      code,
      code_verifier: verifier ?? '',
      redirect_uri: redirect,
    }
    const { refresh_token: refreshToken } = await tokensFor(
      wanted.addresses.token,
      wanted.client,
      grant,
      stopping.signal,
    )
    if (refreshToken) await wanted.onConsent(refreshToken)
  }

  const challenge = createHash('sha256')
    .update(verifier ?? '')
    .digest('base64url')
  const url = new URL(wanted.addresses.consent)
  url.search = new URLSearchParams({
    client_id: wanted.client.clientId,
    redirect_uri: redirect,
    response_type: 'code',
    scope,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state: state ?? '',
    access_type: 'offline',
    prompt: 'consent',
  }).toString()
  return { url: url.href, end }
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  server.unref()
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
