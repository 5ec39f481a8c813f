/** Of a new message; `crypto.randomUUID` is missing where a page comes over a network without encryption. */
export function newDraftName(): string {
  const random = crypto.getRandomValues(new Uint8Array(16))
  return `new-${[...random].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

export const replyDraftName = (thread: string) => `reply-${thread}`
