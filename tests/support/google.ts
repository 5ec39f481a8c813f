import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod'
import type { GoogleAddresses } from '../../main/domains/calendar-accounts/google/client.ts'

const Exchange = z.object({
  request: z.object({
    method: z.string(),
    path: z.string(),
    query: z.record(z.string(), z.string()).default({}),
    headers: z.record(z.string(), z.string()),
    form: z.record(z.string(), z.string()).optional(),
    body: z.unknown().optional(),
  }),
  answer: z.object({ status: z.int(), body: z.unknown().optional() }),
})
type Exchange = z.infer<typeof Exchange>

const contract = z
  .object({ source: z.string(), parts: z.record(z.string(), z.array(Exchange)) })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/google-calendar/contract.json'), 'utf8')))

export interface Google extends AsyncDisposable {
  addresses: GoogleAddresses
  /** What is expected from now on, in this order. */
  expect(part: string): void
  /** What was asked otherwise than the contract says, and what was not asked at all. */
  differences(): string[]
  /** Comes back from the page of consent, as a browser does. */
  consent(url: string): Promise<string>
}

interface Asked {
  method: string
  path: string
  query: Record<string, string>
  headers: Record<string, string>
  form?: Record<string, string>
  body?: unknown
}

const checkedHeaders = ['authorization', 'content-type', 'if-match', 'if-none-match']

/** A server that answers as the written contract says, and takes nothing that is not in it to the letter. */
export async function startGoogle(): Promise<Google> {
  const expected: Exchange[] = []
  const found: string[] = []
  let asked: { challenge: string; redirect: string } | undefined
  let token = ''
  let refreshing: Exchange | undefined

  function answerTo(request: Asked): Exchange['answer'] {
    const next = expected[0]
    if (next && isDeepStrictEqual(request, wanted(next))) {
      expected.shift()
      return noted(next)
    }
    // A round more changes nothing: it asks for what is new, and there is nothing.
    if (expected.length === 0) {
      if (refreshing && isDeepStrictEqual(request, wanted(refreshing))) return refreshing.answer
      if (request.query['syncToken'] === token && request.method === 'GET') {
        return { status: 200, body: { items: [], nextSyncToken: token } }
      }
    }
    found.push(`asked ${JSON.stringify(request)}, expected ${JSON.stringify(next && wanted(next))}`)
    return { status: 500, body: {} }
  }

  function noted(exchange: Exchange): Exchange['answer'] {
    const { nextSyncToken } = z
      .looseObject({ nextSyncToken: z.string().optional() })
      .catch({})
      .parse(exchange.answer.body)
    if (nextSyncToken && !exchange.request.query['iCalUID']) token = nextSyncToken
    if (exchange.request.form?.['grant_type'] === 'refresh_token') refreshing = exchange
    return exchange.answer
  }

  /** What follows from the question that was asked is not known before. */
  function wanted({ request: { form, body, ...request } }: Exchange): Asked {
    return {
      ...request,
      ...(form && { form: { ...form, ...(form['redirect_uri'] && { redirect_uri: asked?.redirect ?? '' }) } }),
      ...(body !== undefined && { body }),
    }
  }

  async function read(incoming: IncomingMessage): Promise<Asked> {
    const url = new URL(incoming.url ?? '/', 'http://google')
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    const headers = checkedHeaders.flatMap((name) => {
      const value = incoming.headers[name]
      return typeof value === 'string' ? [[name, value]] : []
    })
    const isForm = incoming.headers['content-type']?.includes('form')
    const form = isForm ? Object.fromEntries(new URLSearchParams(text)) : undefined
    // The verifier is right when its digest is the challenge.
    if (form?.['code_verifier'] && sha256(form['code_verifier']) === asked?.challenge)
      form['code_verifier'] = '<verifier>'
    return {
      method: incoming.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(headers),
      ...(form && { form }),
      ...(!isForm && text !== '' && { body: JSON.parse(text) }),
    }
  }

  const server = createServer(async (incoming, outgoing) => {
    const { status, body } = answerTo(await read(incoming))
    outgoing.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' })
    outgoing.end(body === undefined ? undefined : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    addresses: { consent: `${origin}/auth`, token: `${origin}/token`, calendar: `${origin}/calendar/v3` },
    expect(part) {
      expected.push(...(contract.parts[part] ?? []))
    },
    differences: () => [...found, ...expected.map(({ request }) => `not asked: ${request.method} ${request.path}`)],
    async consent(address) {
      const { searchParams } = new URL(address)
      const ask = (name: string) => searchParams.get(name) ?? ''
      asked = { challenge: ask('code_challenge'), redirect: ask('redirect_uri') }
      const back = new URL(asked.redirect)
      back.search = new URLSearchParams({ state: ask('state'), code: '4/code' }).toString()
      return (await fetch(back)).text()
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
