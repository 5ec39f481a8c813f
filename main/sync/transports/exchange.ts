import { type Agent, request } from 'node:https'
import { Unreachable } from '../wire.ts'

export interface Sent {
  path: string
  headers: Record<string, string>
  body: Buffer
}

export interface Answered {
  status: number
  isPacked: boolean
  body: Buffer
}

/** How long nothing at all may move on the line, in milliseconds. */
const quietMs = 20_000

/** One request and its whole answer, as bytes. @throws {Unreachable} */
export function exchange(origin: string, agent: Agent, { path, headers, body }: Sent, most: number): Promise<Answered> {
  const { promise, resolve, reject } = Promise.withResolvers<Answered>()
  const fail = (cause: unknown) => reject(new Unreachable('The centre did not answer in full.', { cause }))
  const call = request(
    new URL(path, origin),
    {
      agent,
      method: 'POST',
      timeout: quietMs,
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': String(body.length),
        ...headers,
      },
    },
    (response) => {
      const chunks: Buffer[] = []
      let length = 0
      response.on('data', (chunk: Buffer) => {
        length += chunk.length
        if (length > most) call.destroy(new Error('The answer is larger than any the centre gives.'))
        else chunks.push(chunk)
      })
      response.on('error', fail)
      response.on('end', () => {
        if (!response.complete) return fail(new Error('The answer was cut.'))
        const isPacked = response.headers['bdc-packed'] === 'gzip'
        resolve({ status: response.statusCode ?? 0, isPacked, body: Buffer.concat(chunks) })
      })
    },
  )
  call.on('timeout', () => call.destroy(new Error('Nothing moved on the line.')))
  call.on('error', fail)
  call.end(body)
  return promise
}
