import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Credentials } from '../../context.ts'

/** The prefix makes a browser refuse the name to whoever is not this very host over TLS (RFC 6265bis, section 4.1.3.2). */
const names = { http: 'bdc_session', https: '__Host-bdc_session' } as const
/** In seconds; browsers keep no cookie longer than 400 days (RFC 6265bis, section 5.5). */
const longest = 400 * 24 * 3600

/** `Secure` over TLS alone: the loopback host and an open room speak plain HTTP, where no browser would keep it. */
function attributesOver(protocol: 'http' | 'https') {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: protocol === 'https' } as const
}

/** The session token in a cookie that scripts cannot read and other sites do not cause to be sent. */
export function cookieCredentials(request: FastifyRequest, reply: FastifyReply): Credentials {
  const name = names[request.protocol]
  const attributes = attributesOver(request.protocol)
  let token = request.cookies[name]
  return {
    read: () => token,
    write(newToken, { lasting }) {
      token = newToken
      if (newToken === undefined) reply.clearCookie(name, attributes)
      else reply.setCookie(name, newToken, lasting ? { ...attributes, maxAge: longest } : attributes)
    },
  }
}
