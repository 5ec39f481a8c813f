/** The core did not answer: it is not running, or the way to it is cut. */
export class ConnectionLost extends Error {
  override name = 'ConnectionLost'
}

/** `fetch` that tells a lost connection, which is a TypeError like any slip of the program, from everything else. */
export async function fetchOverConnection(request: Request, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(request, init)
  } catch (cause) {
    if (cause instanceof TypeError) throw new ConnectionLost('The core did not answer.', { cause })
    throw cause
  }
}
