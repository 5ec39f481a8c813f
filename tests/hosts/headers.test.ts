import { describe, expect, it } from 'vitest'
import { newNonce, pageWithNonce, securityHeaders } from '../../main/hosts/headers.ts'

const policyOf = (nonce?: string) =>
  Object.fromEntries(
    (securityHeaders(nonce)['content-security-policy'] ?? '').split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ')
      return [name, values.join(' ')]
    }),
  )

describe('item 5: the content security policy', () => {
  it('allows nothing that it does not name', () => {
    expect(policyOf('abc')).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self' 'nonce-abc'",
      'img-src': "'self' blob: data:",
      'media-src': 'blob:',
      'font-src': "'self'",
      'connect-src': "'self'",
      'worker-src': "'self'",
      'object-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
      'require-trusted-types-for': "'script'",
      'trusted-types': 'default',
    })
  })

  it('has no nonce for what is not a page', () => {
    expect(policyOf()['style-src']).toBe("'self'")
  })

  it.each([undefined, 'abc'])('has none of the words that take a policy apart (nonce %s)', (nonce) => {
    expect(securityHeaders(nonce)['content-security-policy']).not.toMatch(/unsafe|strict-dynamic|\*|https?:|wasm/)
  })
})

it('item 6: sends the other headers too', () => {
  expect(securityHeaders()).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'permissions-policy': expect.stringContaining('camera=(self), '),
  })
})

describe('the nonce', () => {
  it('is 16 random bytes, new each time', () => {
    const nonces = Array.from({ length: 100 }, newNonce)
    expect(new Set(nonces).size).toBe(100)
    for (const nonce of nonces) expect(Buffer.from(nonce, 'base64')).toHaveLength(16)
  })

  it('comes first in the head of the page', () => {
    expect(pageWithNonce('<html><head><title>x</title></head></html>', 'abc')).toBe(
      '<html><head>\n    <meta property="csp-nonce" nonce="abc" /><title>x</title></head></html>',
    )
  })

  it('is not left out in silence when the page has no place for it', () => {
    expect(() => pageWithNonce('<html></html>', 'abc')).toThrow(/no <head>/)
  })
})
