import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { securityHeaders } from '../headers.ts'

const statusOf: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

/** Answers what is not HTTP, too much of it or too slow, and ends the connection. There is no request yet to reply to. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket) {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const status = statusOf[error.code ?? ''] ?? 400
  const headers = Object.entries({ ...closingHeaders(), 'content-length': '0' })
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...headers.map((header) => header.join(': '))]
  socket.end(`${head.join('\r\n')}\r\n\r\n`, () => socket.destroy())
}

/** Node would tell a client that expects it to go on sending, before anybody has looked at the request. */
export function refuseExpectations(server: Server) {
  const refuse = (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(417, closingHeaders()).end()
  }
  server.on('checkContinue', refuse)
  server.on('checkExpectation', refuse)
}

/** Who does not come to terms about the encryption cannot be answered: no word would leave, and the connection would stay. */
export function endBrokenHandshakes(server: Server) {
  server.prependListener('tlsClientError', (_error: Error, socket: Socket) => socket.destroy())
}

function closingHeaders() {
  return { ...securityHeaders(), 'cache-control': 'no-store', connection: 'close' }
}
