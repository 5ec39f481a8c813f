const open = new Map<number, (reply: unknown) => void>()
let asked = 0
process.on('message', ({ id, reply }: { id: number; reply: unknown }) => {
  open.get(id)?.(reply)
  open.delete(id)
})

/** In a process that was forked: asks the one that did, which answers with the same `id`. */
export function askParent<T>(call: string, input: unknown): Promise<T> {
  asked += 1
  const id = asked
  return new Promise((resolve) => {
    open.set(id, (reply) => resolve(reply as T))
    process.send?.({ id, call, input })
  })
}
