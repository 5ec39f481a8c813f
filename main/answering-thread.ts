import type { Worker } from 'node:worker_threads'

/**
 * The only answer of a thread that is told everything first. It has nothing more to do then and ends by itself; one that is
 * in the middle of something is ended.
 *
 * @throws what the thread threw, or what telling it threw
 */
export async function answerOf<Answer>(thread: Worker, tell: () => Promise<void>): Promise<Answer> {
  const answer = Promise.withResolvers<Answer>()
  thread.once('message', answer.resolve)
  thread.once('error', answer.reject)
  thread.once('exit', (code) => answer.reject(new Error(`A thread ended with ${code} before it had answered.`)))
  // Whoever waits hears of it; nobody does while the thread is still being told.
  answer.promise.catch(() => {})
  try {
    await Promise.race([answer.promise, tell()])
    return await answer.promise
  } catch (error) {
    await thread.terminate()
    throw error
  }
}
