import { randomBytes } from 'node:crypto'

/** What a page may ask of the browser: full screen and the camera for the kiosk, the camera for photos of people, copying by a click, nothing else. */
const permissionsPolicy = [
  'fullscreen=(self)',
  'camera=(self)',
  'clipboard-write=(self)',
  ...[
    'accelerometer',
    'autoplay',
    'browsing-topics',
    'clipboard-read',
    'display-capture',
    'geolocation',
    'gyroscope',
    'hid',
    'idle-detection',
    'local-fonts',
    'magnetometer',
    'microphone',
    'midi',
    'payment',
    'publickey-credentials-get',
    'screen-wake-lock',
    'serial',
    'usb',
    'window-management',
    'xr-spatial-tracking',
  ].map((feature) => `${feature}=()`),
].join(', ')

/** A value for `pageWithNonce` and `securityHeaders`, new for every page that is sent. */
export function newNonce(): string {
  return randomBytes(16).toString('base64')
}

/**
 * The headers of every response of every host. With a nonce, for the page itself: its style elements that carry the nonce
 * count as ours. Source: CSP Level 3, Trusted Types (W3C).
 */
export function securityHeaders(nonce?: string): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(nonce),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': permissionsPolicy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  }
}

/** Tells the page its nonce: `document.querySelector('meta[property="csp-nonce"]').nonce`, the place where Vite looks too. */
export function pageWithNonce(html: string, nonce: string): string {
  if (!html.includes('<head>')) throw new Error('The page has no <head> to put the nonce into.')
  return html.replace('<head>', `<head>\n    <meta property="csp-nonce" nonce="${nonce}" />`)
}

function contentSecurityPolicy(nonce: string | undefined): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    nonce ? `style-src 'self' 'nonce-${nonce}'` : "style-src 'self'",
    "img-src 'self' blob: data:",
    'media-src blob:',
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ')
}
