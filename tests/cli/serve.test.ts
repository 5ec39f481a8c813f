import { statSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { password } from '../support/centre.ts'
import { runCli, serveCli } from '../support/cli.ts'
import { clientAt, type TestFolders, testFolders } from '../support/host.ts'

let folders: TestFolders
beforeEach(() => {
  folders = testFolders()
})
afterEach(() => folders[Symbol.dispose]())

const where = () => ['--data', folders.dataDir, '--renderer', folders.rendererDir, '--port', '0']

describe('serve', () => {
  it('says in one line of JSON where it is, serves there, and nowhere else', async () => {
    await using serving = await serveCli(...where())
    expect(serving).toMatchObject({ pid: serving.process.pid, data: folders.dataDir })
    expect(serving.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(await (await fetch(serving.url)).text()).toContain('<title>BDC</title>')
    expect(await clientAt(serving.url).setup.status()).toMatchObject({ state: 'empty' })
  })

  it('makes a data folder that only its owner can look into', async () => {
    await using serving = await serveCli(...where())
    expect(statSync(serving.data).mode & 0o777).toBe(0o700)
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'closes cleanly after %s: all is in the one file, and nothing but the line was said',
    async (signal) => {
      await using serving = await serveCli(...where())
      const centre = { organizationName: 'Kept', adminName: 'Ada', email: 'ada@example.org', password }
      await clientAt(serving.url).setup.createCentre(centre)
      const { code, stdout, stderr } = await serving.stop(signal)
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout.trim().split('\n')).toHaveLength(1)
      expect(statSync(`${folders.dataDir}/bdc.db-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0)

      await using again = await serveCli(...where())
      expect(await clientAt(again.url).setup.status()).toMatchObject({ organizationName: 'Kept' })
    },
  )

  it('ends though a client goes on and on with its request', async () => {
    await using serving = await serveCli(...where())
    const socket = connect(Number(new URL(serving.url).port), '127.0.0.1')
    socket.on('error', () => {})
    socket.write('POST / HTTP/1.1\r\n')
    await setTimeout(50)
    expect((await serving.stop('SIGTERM')).code).toBe(0)
    socket.destroy()
  })

  it('can be checked by the doctor while it runs', async () => {
    await using serving = await serveCli(...where())
    expect(await runCli('doctor', '--data', folders.dataDir)).toMatchObject({ code: 0, stderr: '' })
    expect(await clientAt(serving.url).setup.status()).toMatchObject({ state: 'empty' })
  })

  it('refuses a second one on the same data with 3, and leaves the first alone', async () => {
    await using serving = await serveCli(...where())
    const second = await runCli('serve', ...where())
    expect(second).toMatchObject({ code: 3, stdout: '' })
    expect(second.stderr).toMatch(/^Another BDC is using .*\n$/)
    expect(await clientAt(serving.url).setup.status()).toMatchObject({ state: 'empty' })
  })

  it('starts again at once after it was killed', async () => {
    await using serving = await serveCli(...where())
    await serving.stop('SIGKILL')
    await using again = await serveCli(...where())
    expect(await clientAt(again.url).setup.status()).toMatchObject({ state: 'empty' })
  })

  it('says which port is taken, with 1, and lets go of the data', async () => {
    await using serving = await serveCli(...where())
    using others = testFolders()
    const port = new URL(serving.url).port
    const refused = await runCli('serve', '--data', others.dataDir, '--renderer', others.rendererDir, '--port', port)
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toContain(`Port ${port} is taken`)
    expect((await runCli('doctor', '--data', others.dataDir)).code).toBe(0)
  })

  it('says that the screens have not been built, with 1', async () => {
    const refused = await runCli('serve', '--data', folders.dataDir, '--renderer', folders.dataDir, '--port', '0')
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toContain('run "npm run build"')
  })
})
