declare global {
  interface Window {
    /** Read by the scroll lock under Mantine's dialogs when it adds its style element. */
    __webpack_nonce__?: string
    /** Missing in browsers without Trusted Types; the policy then has no effect either. */
    trustedTypes?: { createPolicy(name: string, rules: { createHTML(text: string): string | null }): unknown }
  }
}

/** The nonce of this page, put into it by the host: style elements that carry it pass the content security policy. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
}

/**
 * Comes before anything is shown. The host's policy refuses every text that is set as markup unless this default policy
 * admits it, and it admits style sheets only: a text without `<` makes no element, hence runs no code.
 */
export function startContentSecurity() {
  window.__webpack_nonce__ = styleNonce()
  window.trustedTypes?.createPolicy('default', { createHTML: (text) => (text.includes('<') ? null : text) })
}
