import { troubleOfLine, trustMachine } from './line-trust.ts'
import { CalendarFailure } from './provider.ts'

export interface Asking {
  url: string
  method: string
  headers: Record<string, string>
  body?: string | undefined
}

export interface Replied {
  status: number
  headers: Headers
  text: string
  /** Behind redirections. */
  url: string
}

const quietMs = 20_000
const mostBytes = 32 * 1024 * 1024
const mostRedirections = 5

/**
 * One request and its whole answer, encrypted unless it stays on this machine. A redirection is followed with the same
 * method; what opens the calendar goes along to the same host, and to those that its owner has agreed to.
 */
export async function ask(
  asking: Asking,
  stopping: AbortSignal,
  agreed: ReadonlySet<string> = new Set(),
): Promise<Replied> {
  let url = secureAddress(asking.url)
  for (let redirections = 0; redirections <= mostRedirections; redirections++) {
    const reply = await once({ ...asking, url: url.href }, stopping)
    const to = isRedirection(reply.status) ? reply.headers.get('location') : null
    if (to === null) return reply
    const next = secureAddress(new URL(to, url).href)
    refuseElsewhere(url, next, agreed)
    url = next
  }
  throw new CalendarFailure('odd')
}

/**
 * Another host is somebody else, whatever its name: nobody here knows which ends of names belong to one owner. Nothing leaves
 * encryption. @throws {CalendarFailure}
 */
export function refuseElsewhere(from: URL, to: URL, agreed: ReadonlySet<string>) {
  if (from.protocol === 'https:' && to.protocol !== 'https:') throw new CalendarFailure('notSecure')
  if (from.host !== to.host && !agreed.has(to.host)) throw new CalendarFailure('otherHost', { host: to.host })
}

/** Where nobody vouches for the server, nothing has been said to it yet, so it may be asked again. */
async function once(asking: Asking, stopping: AbortSignal): Promise<Replied> {
  try {
    return await fetched(asking, stopping)
  } catch (error) {
    if (error instanceof CalendarFailure && error.trouble === 'notTrusted' && trustMachine()) {
      return fetched(asking, stopping)
    }
    throw error
  }
}

async function fetched({ url, method, headers, body }: Asking, stopping: AbortSignal): Promise<Replied> {
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(quietMs)])
  try {
    const response = await fetch(url, { method, headers, body: body ?? null, redirect: 'manual', signal })
    return { status: response.status, headers: response.headers, text: await wholeText(response), url }
  } catch (error) {
    if (error instanceof CalendarFailure) throw error
    throw new CalendarFailure(troubleOfLine(error), { cause: error })
  }
}

async function wholeText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > mostBytes) throw new CalendarFailure('odd')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** @throws {CalendarFailure} */
export function secureAddress(text: string): URL {
  const written = text.includes('://') ? text : `https://${text}`
  if (!URL.canParse(written)) throw new CalendarFailure('odd')
  const url = new URL(written)
  const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere)) throw new CalendarFailure('notSecure')
  url.username = ''
  url.password = ''
  url.hash = ''
  return url
}

function isRedirection(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status)
}
