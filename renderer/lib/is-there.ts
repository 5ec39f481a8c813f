/** Whether the product answers again, after it was unlocked or has started anew. */
export async function isThere(): Promise<boolean> {
  try {
    const headers = { 'content-type': 'application/json' }
    return (await fetch('/rpc/setup/status', { method: 'POST', headers, body: '{}' })).ok
  } catch {
    return false
  }
}
