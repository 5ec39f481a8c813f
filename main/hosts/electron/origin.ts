export const scheme = 'app'
export const ourOrigin = `${scheme}://main`

/** The scheme is not one of those the URL standard knows, so `URL.origin` is of no use and the parts are compared. */
export function isOurs(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && `${url.protocol}//${url.host}` === ourOrigin && !url.username && !url.password
}
