import { awayWorker } from './away-worker.ts'

/** The nonce that the host put into this page; style elements without it do not count. Empty where the host sets no policy. */
export function pageNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
}

type PageWindow = Window & {
  trustedTypes?: { createPolicy(name: string, rules: Record<string, (text: string) => string | null>): unknown }
  __webpack_nonce__?: string
}

/**
 * Makes the libraries work under the hosts' content security policy: React writes style sheets through `innerHTML`, which
 * trusted types allow only to a policy, as they do the
 * address of a worker, and the scroll lock of dialogs looks for the nonce under the name webpack gave it.
 */
export function startPagePolicy() {
  const page: PageWindow = window
  page.__webpack_nonce__ = pageNonce()
  page.trustedTypes?.createPolicy('default', { createHTML: withoutMarkup, createScriptURL: ownWorker })
}

/** Style sheets have no tags, and nothing else on these screens is written as HTML. */
function withoutMarkup(html: string): string {
  if (html.includes('<')) throw new TypeError('These screens write no markup as text.')
  return html
}

/** What draws the pages of a PDF, as the build names it. */
const pdfWorker = /\/assets\/pdf\.worker[\w.-]*\.js$/

/** Two scripts are loaded by their address; null refuses any other, and the browser says so. */
function ownWorker(address: string): string | null {
  if (address === awayWorker) return address
  const { origin, pathname } = new URL(address, document.baseURI)
  return origin === location.origin && pdfWorker.test(pathname) ? address : null
}
