import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { startHttpHost } from '../../../main/hosts/http/host.ts'
import { newBrowser, readAnswer, testFolders, testHost } from '../../support/host.ts'

describe('starting', () => {
  it('says which port is taken and what to do', async () => {
    await using host = await testHost()
    using folders = testFolders()
    const again = startHttpHost({ app: host.app, rendererDir: folders.rendererDir, port: host.port })
    await expect(again).rejects.toThrow(`Port ${host.port} is taken by another program: choose another port`)
  })

  it('listens on loopback only', async () => {
    await using host = await testHost()
    expect(host.url).toBe(`http://127.0.0.1:${host.port}`)
    const elsewhere = await new Promise((resolve) => {
      connect(host.port, '127.0.0.2')
        .on('connect', () => resolve('answered'))
        .on('error', () => resolve('refused'))
    })
    expect(elsewhere).toBe('refused')
  })
})

describe('closing', () => {
  it('lets a running call finish first', async () => {
    await using host = await testHost()
    const body = JSON.stringify({ json: { email: 'nobody@example.org', password: 'takes a while to refuse' } })
    const call = host.raw(
      `POST /rpc/identity/signIn HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nOrigin: ${host.url}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    )
    await setTimeout(100)
    const begin = performance.now()
    await host.closeHost()
    expect(performance.now() - begin).toBeLessThan(4_500)
    expect(readAnswer(await call)).toMatchObject({ status: 401 })
  })

  it('does not wait for connections that rest', async () => {
    await using host = await testHost()
    await host.client(newBrowser()).setup.status()
    const begin = performance.now()
    await host.closeHost()
    expect(performance.now() - begin).toBeLessThan(4_000)
  })

  it('waits no longer than five seconds for a client that never ends its request', async () => {
    await using host = await testHost()
    const socket = connect(host.port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(`POST /rpc/setup/status HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nContent-Length: 5\r\n`)
    await setTimeout(50)
    const begin = performance.now()
    await host.closeHost()
    expect(performance.now() - begin).toBeLessThan(9_000)
    socket.destroy()
  })

  it('frees the port', async () => {
    await using host = await testHost()
    await host.closeHost()
    await expect(fetch(host.url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
  })
})
