import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { refuseElsewhere } from '../../../main/domains/calendar-accounts/fetching.ts'
import type { Client } from '../../support/app.ts'
import { testApp } from '../../support/app.ts'
import { testCentre } from '../../support/centre.ts'
import { refusalKey, refusalOf } from '../../support/refusal.ts'

const person = { userName: 'ada', password: 'secret' }

interface Reply {
  /** Of a redirection. */
  to?: string
  /** What the place says of itself, as properties. */
  says?: string
  /** What lies in it. */
  holds?: [path: string, properties: string][]
}

/** A server that answers as told, by path, and notes which paths were asked with a password. */
async function server(replies: Record<string, Reply>) {
  const trusted: string[] = []
  const http = createServer((incoming, outgoing) => {
    const path = incoming.url ?? ''
    const { to, says, holds = [] } = replies[path] ?? {}
    if (incoming.headers.authorization) trusted.push(path)
    if (to) return void outgoing.writeHead(301, { location: to }).end()
    if (says === undefined) return void outgoing.writeHead(404).end()
    const responses = [[path, says] as const, ...holds].map(
      ([href, properties]) =>
        `<d:response><d:href>${href}</d:href><d:propstat><d:prop>${properties}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`,
    )
    const body = `<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">${responses.join('')}</d:multistatus>`
    outgoing.writeHead(207, { 'content-type': 'application/xml' }).end(body)
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(http.address() as AddressInfo).port}`
  return { host, trusted, address: `http://${host}/`, [Symbol.dispose]: () => void http.close() }
}

const calendars: Reply = {
  says: '<d:resourcetype><d:collection/></d:resourcetype>',
  holds: [
    ['/7/calendars/home/', '<d:resourcetype><c:calendar/></d:resourcetype><d:displayname>Home</d:displayname>'],
    [
      '/7/calendars/tasks/',
      '<d:resourcetype><c:calendar/></d:resourcetype><c:supported-calendar-component-set><c:comp name="VTODO"/></c:supported-calendar-component-set>',
    ],
  ],
}
const principal: Reply = { says: '<d:current-user-principal><d:href>/7/principal/</d:href></d:current-user-principal>' }
const homeAt = (href: string): Reply => ({
  says: `<c:calendar-home-set><d:href>${href}</d:href></c:calendar-home-set>`,
})

async function asked(admin: Client, address: string, hosts: string[] = []) {
  return admin.calendarAccounts.findCalendars({ ...person, address, hosts })
}

it('finds calendars on the part of a cloud that keeps them, once the person agrees to that host by name', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  using part = await server({ '/7/calendars/': calendars })
  using cloud = await server({ '/': principal, '/7/principal/': homeAt(`${part.address}7/calendars/`) })
  const refusal = await refusalOf(asked(admin, cloud.address))
  expect(refusal).toMatchObject({ key: 'calendar.otherHost', params: { host: part.host } })
  expect(await refusalKey(asked(admin, cloud.address, ['calendar.example.org']))).toBe('calendar.otherHost')
  expect(part.trusted).toEqual([])
  const found = [{ address: `${part.address}7/calendars/home/`, name: 'Home' }]
  expect(await asked(admin, cloud.address, [part.host])).toEqual(found)
  expect(part.trusted).toEqual(['/7/calendars/'])
})

it('follows /.well-known/caldav on the same host, and to another one only where the person agrees', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  using other = await server({
    '/dav/': principal,
    '/7/principal/': homeAt('/7/calendars/'),
    '/7/calendars/': calendars,
  })
  using typed = await server({ '/.well-known/caldav': { to: `${other.address}dav/` } })
  using own = await server({
    '/.well-known/caldav': { to: '/dav/' },
    '/dav/': principal,
    '/7/principal/': homeAt('/7/calendars/'),
    '/7/calendars/': calendars,
  })
  expect(await asked(admin, own.address)).toMatchObject([{ name: 'Home' }])
  expect(await refusalKey(asked(admin, typed.address))).toBe('calendar.otherHost')
  expect(other.trusted).toEqual([])
  expect(await asked(admin, typed.address, [other.host])).toEqual([
    { address: `${other.address}7/calendars/home/`, name: 'Home' },
  ])
})

it('goes on at the address itself where only /.well-known/caldav leads elsewhere', async () => {
  await using app = await testApp()
  const { admin } = await testCentre(app)
  using other = await server({})
  using typed = await server({
    '/.well-known/caldav': { to: other.address },
    '/': principal,
    '/7/principal/': homeAt('/7/calendars/'),
    '/7/calendars/': calendars,
  })
  expect(await asked(admin, typed.address)).toMatchObject([{ name: 'Home' }])
  expect(other.trusted).toEqual([])
})

it('takes no host for another of the same owner by its name, and leaves encryption for nobody', () => {
  const trouble = (from: string, to: string, agreed: string[] = []) => {
    try {
      refuseElsewhere(new URL(from), new URL(to), new Set(agreed))
      return undefined
    } catch (error) {
      return Object(error).trouble
    }
  }
  expect(trouble('https://caldav.example.org', 'https://caldav.example.org/dav/')).toBeUndefined()
  expect(trouble('https://example.co.uk', 'https://other.co.uk')).toBe('otherHost')
  expect(trouble('https://caldav.icloud.com', 'https://p07-caldav.icloud.com')).toBe('otherHost')
  expect(
    trouble('https://caldav.icloud.com', 'https://p07-caldav.icloud.com', ['p07-caldav.icloud.com']),
  ).toBeUndefined()
  expect(trouble('https://caldav.example.org', 'https://caldav.example.org:8443')).toBe('otherHost')
  expect(trouble('https://caldav.example.org', 'http://127.0.0.1', ['127.0.0.1'])).toBe('notSecure')
})
