import { once } from 'node:events'
import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { invite, newOrganization } from '../../main/centre/enrolment.ts'
import { initCentre } from '../../main/centre/init.ts'
import { testApp } from '../support/app.ts'
import { password as adminPassword, testCentre } from '../support/centre.ts'
import { runCli, startCli } from '../support/cli.ts'
import { temporaryFolder } from '../support/folder.ts'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server[Symbol.asyncDispose]())

const password = 'only for this test'

type Place = Pick<pg.Client, 'port' | 'database'>

function addressFor({ port, database }: Place, user: string, secret = password): string {
  return `postgres://${user}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${database}`
}

/** A command of the centre that goes on until it is told to stop; its end is waited for after the test. */
function running(...args: string[]) {
  const child = startCli(['centre', ...args])
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => (said.stdout += String(chunk)))
  child.stderr.on('data', (chunk) => (said.stderr += String(chunk)))
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...said }))
  return {
    child,
    said,
    async ready() {
      await expect.poll(() => said.stdout || said.stderr, { timeout: 20_000 }).toMatch(/\n/)
      return JSON.parse(said.stdout)
    },
    /** Undefined: it hangs. */
    end: () => Promise.race([ended, wait(60_000, undefined, { ref: false })]),
  }
}

const start = (url: string, port = 0) =>
  running('start', '--database', url, '--port', String(port), '--data', temporaryFolder(), '--names', '127.0.0.1')

async function takenPort() {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '0.0.0.0', resolve))
  onTestFinished(() => void other.close())
  return Number(Reflect.get(Object(other.address()), 'port'))
}

async function newCentre(prefix: string) {
  const operator = await server.migrated()
  await initCentre(operator, { prefix, gatewayPassword: password })
  return operator
}

describe('centre start', () => {
  it('ends with code 1 and what is wrong where the database does not answer, or does not take the password', async () => {
    const centre = await newCentre('entry')
    const away = addressFor({ port: 9, database: 'bdc' }, 'entry_gateway')
    expect(await start(away).end()).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('not answer'),
    })
    const wrong = addressFor(centre, 'entry_gateway', 'wrong')
    expect(await start(wrong).end()).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^PostgreSQL does not let this user in \(password authentication failed.*\n$/),
    })
    const missing = addressFor({ port: centre.port, database: 'missing' }, centre.user ?? '', centre.password ?? '')
    expect(await start(missing).end()).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^PostgreSQL answers, but not with this database \(.*"missing" does not exist\)/),
    })
  }, 120_000)

  it('refuses a certificate that is not there, and one without its key', async () => {
    const folder = temporaryFolder()
    const [cert, key] = [join(folder, 'centre.crt'), join(folder, 'centre.key')]
    const url = addressFor({ port: 9, database: 'bdc' }, 'bdc_gateway')
    const given = ['start', '--database', url, '--port', '0', '--cert', cert, '--key', key, '--names', '127.0.0.1']
    const refused = (stderr: string) => ({ code: 2, stdout: '', stderr })
    expect(await runCli('centre', ...given)).toEqual(refused(`--cert names ${cert}, which is not there.\n`))
    writeFileSync(cert, 'no certificate')
    expect(await runCli('centre', ...given)).toEqual(refused(`--key names ${key}, which is not there.\n`))
    writeFileSync(key, 'no key')
    expect(await runCli('centre', ...given)).toEqual(
      refused('--cert takes a certificate, PEM, and --key the private key of that one.\n'),
    )
  }, 120_000)

  it('ends with code 1 where its port is taken', async () => {
    const centre = await newCentre('port')
    const port = await takenPort()
    const started = start(addressFor(centre, 'port_gateway'), port)
    expect(await started.end()).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `Port ${port} is taken by another program: choose another port, or 0 for any that is free.\n`,
    })
  }, 120_000)

  it('lets a device come and agree at a centre whose roles have other names', async () => {
    const operator = await newCentre('north')
    await using app = await testApp()
    const { admin } = await testCentre(app)
    await start(addressFor(operator, 'north_gateway')).ready()
    const url = addressFor(operator, operator.user ?? '', operator.password ?? '')
    const invited = await runCli('centre', 'invite', '--database', url, '--organization', 'Sfax', '--new', 'yes')
    expect(invited).toMatchObject({ code: 0, stderr: '' })
    await admin.sync.enrol({ invitation: invited.stdout.trim(), machine: 'Poste', password: adminPassword })
    await app.restart()
    await expect.poll(async () => (await admin.sync.state()).status, { timeout: 20_000 }).toBe('done')
    const { rows } = await operator.query('SELECT DISTINCT role FROM sync.site WHERE machine IS NOT NULL')
    expect(rows).toEqual([{ role: expect.stringMatching(/^north_site_\d+$/) }])
  }, 120_000)

  it('says of a round that fails when it was, and what PostgreSQL says of it', async () => {
    const operator = await newCentre('failing')
    const started = start(addressFor(operator, 'failing_gateway'))
    await started.ready()
    const organizationId = await newOrganization(operator, 'Sfax')
    const { text } = await invite(operator, { organizationId, scope: 'organization', trainer: null })
    await operator.query('ALTER FUNCTION sync.enrol(text, jsonb) RENAME TO enrol_gone')
    await using app = await testApp()
    const { admin } = await testCentre(app)
    await expect(admin.sync.enrol({ invitation: text, machine: 'Poste', password: adminPassword })).rejects.toThrow()
    expect(started.said.stderr).toMatch(
      /^\d{4}-\d\d-\d\dT[\d:.]{12}Z Gateway: function sync\.enrol\(.*\) does not exist \(PostgreSQL 42883\)/,
    )
  }, 120_000)

  it('ends with code 0 when it is told to stop', async () => {
    const started = start(addressFor(await newCentre('stop'), 'stop_gateway'))
    expect(await started.ready()).toMatchObject({ pid: started.child.pid })
    started.child.kill('SIGTERM')
    expect(await started.end()).toMatchObject({ code: 0, stderr: '' })
  }, 120_000)

  it('ends at once when it is told to stop a second time, though something still goes on', async () => {
    const deaf = createServer()
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve))
    const sockets: { destroy(): void }[] = []
    const reached = once(deaf, 'connection')
    deaf.on('connection', (socket) => sockets.push(socket))
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy()
      deaf.close()
    })
    const port = Number(Reflect.get(Object(deaf.address()), 'port'))
    const started = start(addressFor({ port, database: 'bdc' }, 'bdc_gateway'))
    await reached
    started.child.kill('SIGINT')
    await wait(1_500)
    const told = performance.now()
    started.child.kill('SIGTERM')
    expect(await started.end()).toMatchObject({ code: 1, stdout: '', stderr: '' })
    expect(performance.now() - told).toBeLessThan(5_000)
  }, 120_000)
})

describe('centre demo', () => {
  it('starts again after it was killed, though its PostgreSQL goes on, and once at a time', async () => {
    const folder = temporaryFolder()
    chmodSync(folder, 0o711)
    const demo = () => running('demo', '--data', join(folder, 'centre'), '--names', '127.0.0.1')
    const first = demo()
    const { database } = await first.ready()
    const second = await demo().end()
    expect(second).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('Another BDC is using') })
    const made = await runCli('centre', 'invite', '--database', database, '--organization', 'Sfax', '--new', 'yes')
    expect(made).toMatchObject({ code: 0, stderr: '' })
    first.child.kill('SIGKILL')
    await first.end()

    const again = demo()
    const { database: place } = await again.ready()
    const found = await runCli('centre', 'invite', '--database', place, '--organization', 'Sfax')
    expect(found).toMatchObject({ code: 0, stderr: '' })
    again.child.kill('SIGTERM')
    await again.end()
    expect(existsSync(join(folder, 'centre', 'postgres', 'postmaster.pid'))).toBe(false)
  }, 120_000)

  it('ends with code 1 and takes its PostgreSQL with it where its port is taken', async () => {
    const folder = temporaryFolder()
    chmodSync(folder, 0o711)
    const port = await takenPort()
    const demo = running('demo', '--data', join(folder, 'centre'), '--port', String(port), '--names', '127.0.0.1')
    const end = await demo.end()
    expect(end).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(`Port ${port} is taken`) })
  }, 120_000)
})
