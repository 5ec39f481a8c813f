import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Credentials } from '../../context.ts'

/** Cookies know no ports, so that two installations on one machine share them: each has a name of its own. */
export function cookieName(installation: string): string {
  return `bdc_session_${installation}`
}

/** The prefix makes a browser refuse the name to whoever is not this very host over TLS (RFC 6265bis, section 4.1.3.2). */
const prefixes = { http: '', https: '__Host-' } as const
/** In seconds; browsers keep no cookie longer than 400 days (RFC 6265bis, section 5.5). */
const longest = 400 * 24 * 3600

/** `Secure` over TLS alone: the loopback host and an open room speak plain HTTP, where no browser would keep it. */
function attributesOver(protocol: 'http' | 'https') {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: protocol === 'https' } as const
}

/** The session token in a cookie that scripts cannot read and other sites do not cause to be sent. */
export function cookieCredentials(ownName: string, request: FastifyRequest, reply: FastifyReply): Credentials {
  const name = `${prefixes[request.protocol]}${ownName}`
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
