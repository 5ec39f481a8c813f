import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Credentials } from '../../context.ts'

/** Cookies know no ports, so that two installations on one machine share them: each has a name of its own. */
export function cookieName(installation: string): string {
  return `bdc_session_${installation}`
}

/** In seconds; browsers keep no cookie longer than 400 days (RFC 6265bis, section 5.5). */
const longest = 400 * 24 * 3600

/** Not `Secure`, and without the `__Host-` prefix that asks for it: the loopback host speaks plain HTTP. */
const attributes = { path: '/', httpOnly: true, sameSite: 'strict' } as const

/** The session token in a cookie that scripts cannot read and other sites do not cause to be sent. */
export function cookieCredentials(name: string, request: FastifyRequest, reply: FastifyReply): Credentials {
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
