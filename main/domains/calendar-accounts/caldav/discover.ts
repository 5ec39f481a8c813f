import { childNamed, childrenNamed, type XmlElement } from '../../imports/xml.ts'
import { secureAddress } from '../fetching.ts'
import { CalendarFailure } from '../provider.ts'
import { type CaldavAccess, canonical, type Dav, davOf, type Told, textOf, troubleOf } from './dav.ts'

export interface FoundCalendar {
  address: string
  name: string
}

const asked = `<?xml version="1.0" encoding="utf-8"?>
<d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop>
<d:resourcetype/><d:displayname/><d:current-user-principal/><c:calendar-home-set/><c:supported-calendar-component-set/>
</d:prop></d:propfind>`

/** The calendars of somebody, from the address of the server, of their principal, or of a calendar (RFC 6764, 4791). */
export async function calendarsAt(access: CaldavAccess, stopping: AbortSignal): Promise<FoundCalendar[]> {
  const typed = secureAddress(access.address)
  const dav = davOf({ ...access, address: typed.href }, stopping)
  const wellKnown = new URL('/.well-known/caldav', typed).href
  const places = typed.pathname === '/' ? [wellKnown, typed.href] : [typed.href, wellKnown]
  const start = await firstAnswer(dav, places)
  if (isCalendar(start)) return [foundIn(start)]
  const principal = hrefIn(start, 'current-user-principal')
  const owner = principal ? await lookAt(dav, principal) : start
  const home = owner && hrefIn(owner, 'calendar-home-set')
  if (!home) throw new CalendarFailure('noCalendars')
  const all = await dav.tell({ method: 'PROPFIND', url: home, headers: { depth: '1' }, body: asked })
  if ('status' in all) throw new CalendarFailure(troubleOf(all.status))
  const found = all.told.filter((one) => isCalendar(one) && takesEvents(one)).map(foundIn)
  if (found.length === 0) throw new CalendarFailure('noCalendars')
  return found
}

/** The first place that says who is asking, or that is a calendar. What leads to another host counts when nothing else does. */
async function firstAnswer(dav: Dav, places: readonly string[]): Promise<Told> {
  let elsewhere: CalendarFailure | undefined
  for (const url of places) {
    const told = await lookAt(dav, url).catch((error: unknown) => {
      if (!(error instanceof CalendarFailure && error.trouble === 'otherHost')) throw error
      elsewhere ??= error
      return undefined
    })
    if (told && (isCalendar(told) || hrefIn(told, 'current-user-principal') || hrefIn(told, 'calendar-home-set'))) {
      return told
    }
  }
  if (elsewhere) throw elsewhere
  throw new CalendarFailure('noCalendars')
}

async function lookAt(dav: Dav, url: string): Promise<Told | undefined> {
  const answer = await dav.tell({ method: 'PROPFIND', url, headers: { depth: '0' }, body: asked })
  return 'status' in answer ? undefined : answer.told[0]
}

function isCalendar({ properties }: Told): boolean {
  return childNamed(childNamed(properties, 'resourcetype'), 'calendar') !== undefined
}

/** One that says nothing takes everything. */
function takesEvents({ properties }: Told): boolean {
  const kinds = childrenNamed(childNamed(properties, 'supported-calendar-component-set'), 'comp')
  return kinds.length === 0 || kinds.some(({ attributes }) => attributes.get('name')?.toUpperCase() === 'VEVENT')
}

function hrefIn({ href, properties }: Told, name: string): string | undefined {
  const place = textOf(childNamed(childNamed(properties, name), 'href'))
  return place !== '' && URL.canParse(place, href) ? canonical(place, href) : undefined
}

function foundIn({ href, properties }: Told): FoundCalendar {
  const name: XmlElement | undefined = childNamed(properties, 'displayname')
  const lastPart = decodeURIComponent(new URL(href).pathname.split('/').filter(Boolean).at(-1) ?? '')
  return { address: href, name: (textOf(name) || lastPart).slice(0, 200) }
}
