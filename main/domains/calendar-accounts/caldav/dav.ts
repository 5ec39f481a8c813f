import type { AccountProblem } from '../../../../shared/contract/calendar-accounts.ts'
import { childNamed, childrenNamed, parseXml, textWithin, type XmlElement } from '../../imports/xml.ts'
import { ask, type Replied, refuseElsewhere } from '../fetching.ts'
import { CalendarFailure } from '../provider.ts'

export interface CaldavAccess {
  /** Of the calendar, or of where to look for calendars. */
  address: string
  userName: string
  secret: string
  /** Other hosts that may be given the password. */
  hosts?: readonly string[]
}

/** A response of a multistatus (RFC 4918): what the server says of one place. */
export interface Told {
  href: string
  /** Of the place itself; null where it says something of properties. */
  status: number | null
  /** Those that are there. */
  properties: XmlElement
}

export interface DavRequest {
  method: string
  url: string
  headers?: Record<string, string>
  body?: string
}

export interface Dav {
  send(request: DavRequest): Promise<Replied>
  /** A multistatus; the status where the server has another answer. */
  tell(request: DavRequest): Promise<{ told: Told[]; token: string | null; url: string } | { status: number }>
}

const xml = 'application/xml; charset=utf-8'

/** Requests under somebody's name and password (RFC 7617). */
export function davOf({ address, userName, secret, hosts = [] }: CaldavAccess, stopping: AbortSignal): Dav {
  const authorization = `Basic ${Buffer.from(`${userName}:${secret}`).toString('base64')}`
  const agreed = new Set([new URL(address).host, ...hosts])
  async function send({ method, url, headers = {}, body }: DavRequest) {
    refuseElsewhere(new URL(address), new URL(url), agreed)
    const reply = await ask({ method, url, headers: { authorization, ...headers }, body }, stopping, agreed)
    if (reply.status === 401) throw new CalendarFailure('wrongPassword')
    if (reply.status === 429 || (reply.status >= 500 && reply.status !== 501 && reply.status !== 507)) {
      throw new CalendarFailure('unreachable')
    }
    return reply
  }
  return {
    send,
    async tell({ headers = {}, ...request }) {
      const reply = await send({ ...request, headers: { 'content-type': xml, ...headers } })
      if (reply.status !== 207) return { status: reply.status }
      return { ...multistatus(reply.text, reply.url), url: reply.url }
    },
  }
}

/** What a status that stops everything means. */
export function troubleOf(status: number): AccountProblem {
  if (status === 403) return 'forbidden'
  if (status === 404 || status === 410 || status === 409) return 'calendarGone'
  return status === 507 || status === 413 ? 'full' : 'odd'
}

function multistatus(text: string, url: string): { told: Told[]; token: string | null } {
  const read = parseXml(text)
  if ('error' in read || read.root.name !== 'multistatus') throw new CalendarFailure('odd')
  const token = childNamed(read.root, 'sync-token')
  return {
    told: childrenNamed(read.root, 'response').flatMap((one) => toldIn(one, url)),
    token: token ? textOf(token) : null,
  }
}

function toldIn(response: XmlElement, url: string): Told[] {
  const href = textOf(childNamed(response, 'href'))
  if (href === '' || !URL.canParse(href, url)) return []
  const status = childNamed(response, 'status')
  const there = childrenNamed(response, 'propstat').find((one) => statusIn(childNamed(one, 'status')) === 200)
  const empty = { name: 'prop', attributes: new Map<string, string>(), children: [], line: 0 }
  return [
    {
      href: canonical(href, url),
      status: status ? statusIn(status) : null,
      properties: childNamed(there, 'prop') ?? empty,
    },
  ]
}

function statusIn(element: XmlElement | undefined): number {
  return Number(/^HTTP\/\S+ (\d{3})/.exec(textOf(element))?.[1] ?? 0)
}

export function textOf(element: XmlElement | undefined): string {
  return textWithin(element).trim()
}

/** The same place is always written the same way, whichever characters a server escapes. */
export function canonical(href: string, base: string): string {
  const url = new URL(href, base)
  try {
    url.pathname = url.pathname
      .split('/')
      .map((part) => encodeURIComponent(decodeURIComponent(part)))
      .join('/')
  } catch {
    // A path that escapes nothing readable stays as it is.
  }
  return url.href
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
