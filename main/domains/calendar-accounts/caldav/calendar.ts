import { createHash } from 'node:crypto'
import { childNamed } from '../../imports/xml.ts'
import { CalendarFailure, type Changes, type Provider, type Remote, type Sending } from '../provider.ts'
import { type CaldavAccess, canonical, davOf, escaped, type Told, textOf, troubleOf } from './dav.ts'
import { remoteIn, resourceOf } from './events.ts'

const atOnce = 40
/** A server may tell its changes in parts; one that never ends with them is not followed for ever. */
const mostParts = 500

interface Listing {
  etags: Map<string, string>
  gone: string[]
  token: string | null
  /** What is not in it is gone. */
  isWhole: boolean
}

/** A calendar of a CalDAV server (RFC 4791), followed by sync-collection (RFC 6578) or else by its ctag and etags. */
export function caldavCalendar(access: CaldavAccess, now: () => string, stopping: AbortSignal): Provider {
  const calendar = canonical(access.address, access.address)
  const dav = davOf({ ...access, address: calendar }, stopping)

  async function synced(token: string): Promise<Listing | undefined> {
    const listing: Listing = { etags: new Map(), gone: [], token, isWhole: token === '' }
    for (let part = 0; part < mostParts; part++) {
      const body = `<?xml version="1.0" encoding="utf-8"?>
<d:sync-collection xmlns:d="DAV:"><d:sync-token>${escaped(listing.token ?? '')}</d:sync-token>
<d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>`
      const answer = await dav.tell({ method: 'REPORT', url: calendar, headers: { depth: '0' }, body })
      if ('status' in answer) return refused(answer.status)
      for (const one of answer.told) note(listing, one)
      listing.token = answer.token
      const isCut = answer.told.some(({ href, status }) => href === calendar && status === 507)
      if (!isCut || answer.token === null) return listing
    }
    return undefined
  }

  /** A token that has grown old, or a server that keeps none, is no trouble. */
  function refused(status: number): undefined {
    if (status === 404 || status === 410) throw new CalendarFailure('calendarGone')
  }

  function note({ etags, gone }: Listing, { href, status, properties }: Told) {
    if (href === calendar || href.endsWith('/')) return
    if (status === 404 || status === 410) gone.push(href)
    const etag = textOf(childNamed(properties, 'getetag'))
    if (etag !== '') etags.set(href, etag)
  }

  async function listed(token: string | null): Promise<Listing> {
    const body = `<?xml version="1.0" encoding="utf-8"?>
<d:propfind xmlns:d="DAV:" xmlns:s="http://calendarserver.org/ns/"><d:prop><d:getetag/><s:getctag/></d:prop></d:propfind>`
    const own = await dav.tell({ method: 'PROPFIND', url: calendar, headers: { depth: '0' }, body })
    if ('status' in own) throw new CalendarFailure(troubleOf(own.status))
    const ctag = textOf(childNamed(own.told[0]?.properties, 'getctag'))
    const next = ctag === '' ? null : `ctag:${ctag}`
    if (next !== null && next === token) return { etags: new Map(), gone: [], token, isWhole: false }
    const all = await dav.tell({ method: 'PROPFIND', url: calendar, headers: { depth: '1' }, body })
    if ('status' in all) throw new CalendarFailure(troubleOf(all.status))
    const listing: Listing = { etags: new Map(), gone: [], token: next, isWhole: true }
    for (const one of all.told) note(listing, one)
    return listing
  }

  async function listing(token: string | null): Promise<Listing> {
    if (token?.startsWith('ctag:')) return listed(token)
    const sync = token?.startsWith('sync:') ? token.slice(5) : ''
    const found = (await synced(sync)) ?? (sync === '' ? undefined : await synced(''))
    return found ? { ...found, token: found.token === null ? null : `sync:${found.token}` } : listed(null)
  }

  async function fetched(hrefs: readonly string[]): Promise<{ changed: Remote[]; gone: string[] }> {
    const places = hrefs.map((href) => `<d:href>${escaped(new URL(href).pathname)}</d:href>`).join('')
    const body = `<?xml version="1.0" encoding="utf-8"?>
<c:calendar-multiget xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:getetag/><c:calendar-data/></d:prop>${places}</c:calendar-multiget>`
    const answer = await dav.tell({ method: 'REPORT', url: calendar, headers: { depth: '1' }, body })
    if ('status' in answer) throw new CalendarFailure(troubleOf(answer.status))
    const changed = answer.told.flatMap(({ href, properties }) => {
      const [etag, text] = ['getetag', 'calendar-data'].map((name) => textOf(childNamed(properties, name)))
      return etag && text ? [remoteIn(text, { href, etag })] : []
    })
    return { changed, gone: answer.told.filter(({ status }) => status === 404).map(({ href }) => href) }
  }

  async function changes(token: string | null, known: ReadonlyMap<string, string>): Promise<Changes> {
    const { etags, gone, token: next, isWhole } = await listing(token)
    const news = [...etags].filter(([href, etag]) => known.get(href) !== etag).map(([href]) => href)
    const missing = isWhole ? [...known.keys()].filter((href) => !etags.has(href)) : gone
    const changed: Remote[] = []
    for (let at = 0; at < news.length; at += atOnce) {
      const some = await fetched(news.slice(at, at + atOnce))
      changed.push(...some.changed)
      missing.push(...some.gone)
    }
    return { changed, gone: missing, token: next }
  }

  async function get(href: string) {
    const reply = await dav.send({ method: 'GET', url: href })
    if (reply.status === 404 || reply.status === 410) return undefined
    if (reply.status !== 200) throw new CalendarFailure(troubleOf(reply.status))
    return { etag: reply.headers.get('etag') ?? '', text: reply.text }
  }

  async function put(sending: Sending): Promise<{ etag: string } | 'changed'> {
    const { href, etag } = sending
    const present = etag === null ? undefined : await get(href)
    if (etag !== null && present?.etag !== etag) return 'changed'
    const reply = await dav.send({
      method: 'PUT',
      url: href,
      headers: {
        'content-type': 'text/calendar; charset=utf-8',
        ...(etag === null ? { 'if-none-match': '*' } : { 'if-match': etag }),
      },
      body: resourceOf(sending, now(), present?.text),
    })
    if (reply.status === 412) return 'changed'
    if (reply.status < 200 || reply.status > 299) throw new CalendarFailure(troubleOf(reply.status))
    // A server that tells none has changed what it was given: what it made of that comes with the next look.
    return { etag: reply.headers.get('etag') ?? '' }
  }

  return {
    placeOf: (uid) =>
      new URL(`${createHash('sha256').update(uid).digest('hex').slice(0, 40)}.ics`, withSlash(calendar)).href,
    changes,
    put,
    async read(href) {
      const present = await get(href)
      return present && remoteIn(present.text, { href, etag: present.etag })
    },
    async remove({ href, etag }) {
      const headers: Record<string, string> = etag === null ? {} : { 'if-match': etag }
      const { status } = await dav.send({ method: 'DELETE', url: href, headers })
      if (status === 412) return 'changed'
      if ((status >= 200 && status <= 299) || status === 404 || status === 410) return 'done'
      throw new CalendarFailure(troubleOf(status))
    },
  }
}

function withSlash(address: string): string {
  return address.endsWith('/') ? address : `${address}/`
}
