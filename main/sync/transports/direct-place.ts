/** A way into PostgreSQL, as the centre gave it out. */
export interface DirectPlace {
  host: string
  port: number
  database: string
  password: string
  /** All lives of a database sign in with one password, each by a role of its own. */
  userOf(site: number): string
}

/** Reads `postgres://bdc_site_12:…@centre.example:5432/bdc`; undefined where the text is none. */
export function placeIn(text: string): DirectPlace | undefined {
  const url = URL.parse(text.trim())
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.hostname === '') return undefined
  try {
    const [user, password, database] = [url.username, url.password, url.pathname.slice(1)].map(decodeURIComponent)
    const prefix = /^([a-z][a-z0-9_]{0,30}_site_)\d{1,7}$/.exec(user ?? '')?.[1]
    if (!prefix || !password || !database) return undefined
    return {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port || 5432),
      database,
      password,
      userOf: (site) => `${prefix}${site}`,
    }
  } catch {
    return undefined
  }
}

/** The same as text, by which it is kept. */
export function accessText({ host, port, database, role }: AccessParts, password: string): string {
  const name = host.includes(':') ? `[${host}]` : host
  const [user, secret, path] = [role, password, database].map(encodeURIComponent)
  return `postgres://${user}:${secret}@${name}:${port}/${path}`
}

interface AccessParts {
  host: string
  port: number
  database: string
  role: string
}
