import files from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { newNonce, pageWithNonce, securityHeaders } from '../headers.ts'
import { screensIn } from '../screens.ts'
import { notFound } from './refusals.ts'

/** Vite puts a hash of the content into the names in this folder, so that a name never means something else. */
const hashed = '/assets/'

/** Serves the files that are in `folder` now, and nothing else. */
export async function serveScreens(server: FastifyInstance, folder: string) {
  const screens = screensIn(folder)
  await server.register(files, { root: folder, serve: false, cacheControl: false })

  const sendPage = (_: FastifyRequest, reply: FastifyReply) => {
    const nonce = newNonce()
    return reply
      .headers(securityHeaders(nonce))
      .type('text/html; charset=utf-8')
      .send(pageWithNonce(screens.page, nonce))
  }
  server.get('/', sendPage)
  server.get('/index.html', sendPage)

  server.get<{ Params: { '*': string } }>('/*', (request, reply) => {
    const path = `/${request.params['*']}`
    if (!screens.files.has(path)) throw notFound()
    reply.header('cache-control', path.startsWith(hashed) ? 'public, max-age=31536000, immutable' : 'no-cache')
    return reply.sendFile(path.slice(1))
  })
}
