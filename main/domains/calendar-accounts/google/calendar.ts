import { createHash } from 'node:crypto'
import * as z from 'zod'
import { ask } from '../fetching.ts'
import { CalendarFailure, type Changes, type Provider, type Remote, type Sending } from '../provider.ts'
import type { GoogleAddresses, GoogleClient } from './client.ts'
import { bodyOf, GoogleEvent, instancesOf, remoteFrom, usualOf } from './events.ts'
import { readJson, tokensFor } from './tokens.ts'

interface GoogleAccess {
  addresses: GoogleAddresses
  client: GoogleClient
  refreshToken: string
}

const Page = z.object({
  items: z.array(GoogleEvent).default([]),
  nextPageToken: z.string().optional(),
  nextSyncToken: z.string().optional(),
})

const mostPages = 500

/** The person's main calendar at Google (Calendar API v3). */
export function googleCalendar({ addresses, client, refreshToken }: GoogleAccess, stopping: AbortSignal): Provider {
  const events = `${addresses.calendar}/calendars/primary/events`
  let opened: Promise<string> | undefined
  const open = () => {
    const grant = { grant_type: 'refresh_token' as const, refresh_token: refreshToken }
    opened ??= tokensFor(addresses.token, client, grant, stopping).then((tokens) => tokens.access_token)
    return opened
  }

  async function call(method: string, path: string, { etag, body }: { etag?: string | null; body?: unknown } = {}) {
    const headers = {
      authorization: `Bearer ${await open()}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(etag && { 'if-match': etag }),
    }
    const json = body === undefined ? undefined : JSON.stringify(body)
    const reply = await ask({ url: `${events}${path}`, method, headers, body: json }, stopping)
    const isTooOften = reply.status === 403 && /rateLimitExceeded|userRateLimitExceeded|quotaExceeded/i.test(reply.text)
    if (reply.status === 401) throw new CalendarFailure('wrongPassword')
    if (isTooOften || reply.status === 429 || reply.status >= 500) throw new CalendarFailure('unreachable')
    if (reply.status === 403) throw new CalendarFailure('forbidden')
    return reply
  }

  /** Undefined: the token has grown old (410), and everything has to be asked for. */
  async function pages(
    query: Record<string, string>,
  ): Promise<{ items: GoogleEvent[]; token: string | null } | undefined> {
    const items: GoogleEvent[] = []
    let next: string | undefined
    for (let page = 0; page < mostPages; page++) {
      const search = new URLSearchParams({ ...query, maxResults: '250', ...(next && { pageToken: next }) })
      const reply = await call('GET', `?${search}`)
      if (reply.status === 410) return undefined
      if (reply.status === 404) throw new CalendarFailure('calendarGone')
      if (reply.status !== 200) throw new CalendarFailure('odd')
      const { items: some, nextPageToken, nextSyncToken } = Page.parse(readJson(reply.text))
      items.push(...some)
      if (!nextPageToken) return { items, token: nextSyncToken ?? null }
      next = nextPageToken
    }
    throw new CalendarFailure('odd')
  }

  async function get(id: string): Promise<GoogleEvent | undefined> {
    const reply = await call('GET', `/${encodeURIComponent(id)}`)
    if (reply.status === 404 || reply.status === 410) return undefined
    if (reply.status !== 200) throw new CalendarFailure('odd')
    const event = GoogleEvent.parse(readJson(reply.text))
    return event.status === 'cancelled' ? undefined : event
  }

  async function exceptionsOf(master: GoogleEvent): Promise<GoogleEvent[]> {
    if (!master.recurrence || !master.iCalUID) return []
    const found = await pages({ iCalUID: master.iCalUID, showDeleted: 'true' })
    return (found?.items ?? []).filter(({ recurringEventId }) => recurringEventId === master.id)
  }

  async function read(id: string): Promise<Remote | undefined> {
    const master = await get(id)
    return master && remoteFrom(master, await exceptionsOf(master))
  }

  async function changes(token: string | null, known: ReadonlyMap<string, string>): Promise<Changes> {
    const news = token === null ? undefined : await pages({ syncToken: token })
    if (news) return follow(news)
    const all = await pages({})
    if (!all) throw new CalendarFailure('odd')
    const followed = await follow(all)
    const there = new Set(followed.changed.map(({ href }) => href))
    return { ...followed, gone: [...known.keys()].filter((href) => !there.has(href)) }
  }

  /** A series is read as a whole, whichever part of it has changed. */
  async function follow({ items, token }: { items: GoogleEvent[]; token: string | null }): Promise<Changes> {
    const changed: Remote[] = []
    const gone: string[] = []
    const series = new Set(
      items.flatMap(({ id, recurrence, recurringEventId }) => recurringEventId ?? (recurrence ? id : [])),
    )
    for (const item of items) {
      if (item.recurringEventId) continue
      if (item.status === 'cancelled') {
        gone.push(item.id)
        series.delete(item.id)
      } else if (!item.recurrence) changed.push(remoteFrom(item, []))
    }
    for (const id of series) {
      const remote = await read(id)
      if (remote) changed.push(remote)
      else gone.push(id)
    }
    return { changed, gone, token }
  }

  async function put(sending: Sending): Promise<{ etag: string } | 'changed'> {
    const written = await (sending.etag === null ? insert(sending) : patch(sending, sending.etag))
    if (written === 'changed') return written
    if (sending.unit.row.recurrence === null) return { etag: written.etag }
    for (const { id, body } of instancesOf(sending)) await writeInstance(id, body)
    const others = sending.etag === null ? [] : await exceptionsOf(written)
    for (const other of others) {
      const usual = usualOf(sending, other)
      if (usual === 'leftOut' && other.status !== 'cancelled') await call('DELETE', `/${encodeURIComponent(other.id)}`)
      else if (typeof usual === 'object') await writeInstance(other.id, usual.body)
    }
    // The etag of a series comes with the next look, which also tells what somebody else wrote into it meanwhile.
    return { etag: '' }
  }

  async function writeInstance(id: string, body: object) {
    const { status } = await call('PATCH', `/${encodeURIComponent(id)}`, { body })
    if (status !== 200) throw new CalendarFailure('odd')
  }

  /** Under a number that follows from the name: what has arrived already is not made twice. */
  async function insert(sending: Sending): Promise<GoogleEvent | 'changed'> {
    const reply = await call('POST', '', { body: { id: sending.href, ...bodyOf(sending) } })
    if (reply.status === 200) return GoogleEvent.parse(readJson(reply.text))
    if (reply.status !== 409) throw new CalendarFailure(reply.status === 404 ? 'calendarGone' : 'odd')
    // A number that was deleted there is not free again: its event is put back.
    return (await get(sending.href)) ? 'changed' : patch(sending, null)
  }

  async function patch(sending: Sending, etag: string | null): Promise<GoogleEvent | 'changed'> {
    const [own] = etag?.split('\n') ?? []
    if (etag === '') return 'changed'
    const reply = await call('PATCH', `/${encodeURIComponent(sending.href)}`, { etag: own, body: bodyOf(sending) })
    if ([404, 410, 412].includes(reply.status)) return 'changed'
    if (reply.status !== 200) throw new CalendarFailure('odd')
    return GoogleEvent.parse(readJson(reply.text))
  }

  return {
    placeOf: (uid) => createHash('sha256').update(uid).digest('hex').slice(0, 40),
    changes,
    read,
    put,
    async remove({ href, etag }) {
      const { status } = await call('DELETE', `/${encodeURIComponent(href)}`, { etag: etag?.split('\n')[0] ?? null })
      if (status === 412) return 'changed'
      if ([200, 204, 404, 410].includes(status)) return 'done'
      throw new CalendarFailure('odd')
    },
  }
}
