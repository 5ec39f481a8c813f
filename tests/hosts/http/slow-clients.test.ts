import { connect, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ordinaryLimits } from '../../../main/hosts/http/limits.ts'
import { largeSize, readAnswer, type TestHost, testHost } from '../../support/host.ts'

/** As those in use, only shorter. */
const limits = {
  ...ordinaryLimits,
  headersTimeout: 200,
  requestTimeout: 400,
  keepAliveTimeout: 200,
  connectionTimeout: 1_500,
  checkInterval: 50,
}

/** Milliseconds: long for these limits, also on a busy machine, and short for those in use. */
const soon = 4_000

let host: TestHost
beforeAll(async () => {
  host = await testHost({ limits })
})
afterAll(() => host[Symbol.asyncDispose]())

const atOurHost = () => `Host: 127.0.0.1:${host.port}\r\n`
const callHead = () =>
  `POST /rpc/setup/status HTTP/1.1\r\n${atOurHost()}Origin: ${host.url}\r\nContent-Type: application/json\r\n`

/** Sends the text in small pieces, one each 40 ms, for as long as the other side listens. */
async function drip(text: string) {
  const socket = connect(host.port, '127.0.0.1')
  const answer = untilClosed(socket)
  for (const piece of text.match(/.{1,8}/gs) ?? []) {
    if (!socket.writable) break
    socket.write(piece)
    await setTimeout(40)
  }
  const { text: received, after } = await answer
  return { ...readAnswer(received), after }
}

function untilClosed(socket: Socket): Promise<{ text: string; after: number }> {
  const begin = performance.now()
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  socket.on('error', () => {})
  return new Promise((resolve) => {
    socket.on('close', () => resolve({ text: Buffer.concat(chunks).toString(), after: performance.now() - begin }))
  })
}

describe('a slow client', () => {
  it('that never ends its headers is answered 408 and cut off', async () => {
    const { status, headers, after } = await drip(`GET / HTTP/1.1\r\n${atOurHost()}${'X-Slow: 1\r\n'.repeat(200)}`)
    expect(status).toBe(408)
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(after).toBeLessThan(soon)
  })

  it('that never ends its body is answered 408 and cut off', async () => {
    const { status, after } = await drip(`${callHead()}Content-Length: 5000\r\n\r\n${'x'.repeat(5_000)}`)
    expect(status).toBe(408)
    expect(after).toBeLessThan(soon)
  })

  it('that says nothing at all is cut off', async () => {
    const { after } = await untilClosed(connect(host.port, '127.0.0.1'))
    expect(after).toBeLessThan(soon)
  })

  it('that has had its answer may rest a while and is then cut off', async () => {
    const socket = connect(host.port, '127.0.0.1')
    socket.write(`GET /icon.svg HTTP/1.1\r\n${atOurHost()}\r\n`)
    const { text, after } = await untilClosed(socket)
    expect(readAnswer(text).status).toBe(200)
    expect(after).toBeGreaterThan(limits.keepAliveTimeout)
    expect(after).toBeLessThan(soon)
  })

  it('that does not take its answer is cut off', async () => {
    const socket = connect(host.port, '127.0.0.1')
    socket.write(`GET /assets/large.bin HTTP/1.1\r\n${atOurHost()}\r\n`)
    await setTimeout(3 * limits.connectionTimeout)
    const { text } = await untilClosed(socket)
    expect(text).toMatch(/^HTTP\/1\.1 200 OK/)
    expect(text.length).toBeLessThan(largeSize)
  })

  it('that goes on sending what was refused as too large is cut off', async () => {
    const socket = connect(host.port, '127.0.0.1')
    const closed = untilClosed(socket)
    socket.write(`${callHead()}Transfer-Encoding: chunked\r\n\r\n`)
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`
    while (socket.writable) {
      socket.write(chunk)
      await setTimeout(10)
    }
    const { text, after } = await closed
    expect(readAnswer(text).status).toBe(413)
    expect(after).toBeLessThan(soon)
  })

  it('does not keep the others waiting: 200 of them and a page comes at once', async () => {
    const sockets = Array.from({ length: 200 }, () => connect(host.port, '127.0.0.1'))
    for (const socket of sockets) {
      socket.on('error', () => {})
      socket.write(`GET / HTTP/1.1\r\n${atOurHost()}X-Slow: `)
    }
    const begin = performance.now()
    expect(await host.client().setup.status()).toMatchObject({ state: 'empty' })
    expect(performance.now() - begin).toBeLessThan(soon)
    for (const socket of sockets) socket.destroy()
  })
})

it('uses limits that are no wider than ten seconds for a request and 16 KB for its headers', () => {
  expect(ordinaryLimits.headersTimeout).toBeLessThanOrEqual(ordinaryLimits.requestTimeout)
  expect(ordinaryLimits.requestTimeout).toBeLessThanOrEqual(10_000)
  expect(ordinaryLimits.maxHeaderSize).toBeLessThanOrEqual(16 * 1024)
})
