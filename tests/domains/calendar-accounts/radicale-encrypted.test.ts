import { rmSync, writeFileSync } from 'node:fs'
import { createServer as createPlainServer } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Certified, newAuthority, newCertificateFor } from '../../../main/domains/classroom/certificates/issue.ts'
import { type Client, testApp } from '../../support/app.ts'
import { testCentre, testTrainer } from '../../support/centre.ts'
import { testClock } from '../../support/clock.ts'
import { calendarUser, type RadicaleServer, radicaleMissing, startRadicaleServer } from '../../support/radicale.ts'
import { refusalKey } from '../../support/refusal.ts'

const skipReason = await radicaleMissing()
const hour = { startTime: '2026-03-10T09:00:00.000Z', endTime: '2026-03-10T10:00:00.000Z' }
const here = { type: 'ip', value: '127.0.0.1' } as const
const day = 24 * 3_600_000

/** Listens on this machine, and counts what was asked of it. */
async function listening(server: Server) {
  let asked = 0
  server.on('request', () => asked++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { port, asked: () => asked, [Symbol.dispose]: () => void server.close() }
}

describe('a calendar on a CalDAV server that encrypts', {
  skip: skipReason !== undefined,
  meta: { skipReason },
}, () => {
  const store = join(tmpdir(), `bdc-authorities-${process.pid}.pem`)
  let authority: Certified
  let server: RadicaleServer

  beforeAll(async () => {
    authority = await certifier()
    server = await startRadicaleServer(await certificateOf(authority))
    // Where this computer keeps the authorities that its owner trusts.
    writeFileSync(store, authority.certificate)
    process.env['SSL_CERT_FILE'] = store
  })
  afterAll(async () => {
    rmSync(store, { force: true })
    await server?.[Symbol.asyncDispose]()
  })

  const certifier = (now = new Date()) => newAuthority(now, { name: 'Centre', isPrivateOnly: false })
  const certificateOf = (
    by: Certified,
    { name = here, now = new Date() }: { name?: typeof here | { type: 'dns'; value: string }; now?: Date } = {},
  ) => newCertificateFor(by, [name], { now, subject: 'Calendars' })
  const encrypted = ({ certificate, privateKey }: Certified) => createServer({ cert: certificate, key: privateKey })

  async function admin(app: Awaited<ReturnType<typeof testApp>>) {
    return (await testCentre(app)).admin
  }
  const find = (client: Client, address: string, hosts: string[] = []) =>
    client.calendarAccounts.findCalendars({ ...calendarUser, address, hosts })

  it('is told nothing where nobody that this computer trusts vouches for it, or only for another name or time', async () => {
    await using app = await testApp()
    const client = await admin(app)
    const refusals = [
      ['calendar.notTrusted', await certificateOf(await certifier())],
      ['calendar.wrongCertificate', await certificateOf(authority, { name: { type: 'dns', value: 'else.example' } })],
      ['calendar.wrongCertificate', await certificateOf(authority, { now: new Date(Date.now() - 400 * day) })],
    ] as const
    for (const [key, certified] of refusals) {
      using there = await listening(encrypted(certified))
      expect(await refusalKey(find(client, `https://127.0.0.1:${there.port}`))).toBe(key)
      expect(there.asked()).toBe(0)
    }
    using plain = await listening(createPlainServer())
    expect(await refusalKey(find(client, `https://127.0.0.1:${plain.port}`))).toBe('calendar.notSecure')
    expect(plain.asked()).toBe(0)
  })

  it('is found behind /.well-known/caldav, and follows what is made here and there, where this computer trusts its authority', async () => {
    await using app = await testApp({ clock: testClock() })
    const client = await admin(app)
    const trainer = await testTrainer(app, client)
    const there = await server.calendar('work')
    expect(await find(trainer, server.address)).toEqual([{ address: there.address, name: 'tom/work' }])
    const { id } = await trainer.calendarAccounts.addCaldav({
      ...calendarUser,
      address: there.address,
      calendarName: 'Work',
      tellsWords: true,
      word: 'Appointment',
    })
    await trainer.appointments.create({ title: 'Ours', ...hour })
    await trainer.calendarAccounts.agreeNow({ id })
    await there.edit((text) => text.replace('SUMMARY:Ours', 'SUMMARY:Theirs'))
    await trainer.calendarAccounts.agreeNow({ id })
    const { rows } = await trainer.appointments.list({ from: hour.startTime, until: hour.endTime })
    expect(rows).toMatchObject([{ title: 'Theirs' }])
    expect((await trainer.calendarAccounts.list()).accounts).toMatchObject([{ problem: null, appointments: 1 }])
  })

  it('leads to no place that is not encrypted, also where the person agreed to that host', async () => {
    await using app = await testApp()
    const client = await admin(app)
    using plain = await listening(createPlainServer())
    const leading = encrypted(await certificateOf(authority))
    leading.on('request', (_request, reply) =>
      reply.writeHead(301, { location: `http://127.0.0.1:${plain.port}/` }).end(),
    )
    using typed = await listening(leading)
    const agreed = [`127.0.0.1:${plain.port}`]
    expect(await refusalKey(find(client, `https://127.0.0.1:${typed.port}`, agreed))).toBe('calendar.notSecure')
    expect(typed.asked()).toBe(1)
    expect(plain.asked()).toBe(0)
  })
})
