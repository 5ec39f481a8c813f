import { ORPCError } from '@orpc/client'
import type { SentAnswer } from '../../renderer/features/kiosk/drafts.ts'
import { type RefusalKey, refusalStatus } from '../../shared/refusal.ts'

export interface Sent extends SentAnswer {
  arrive(savedAt?: string): Promise<void>
  lose(): Promise<void>
  refuse(key: RefusalKey): Promise<void>
}

export interface Line {
  /** In the order in which they were sent. */
  sent: Sent[]
  send(answer: SentAnswer): Promise<string>
}

/** A network that holds every answer until the test says what becomes of it. */
export function line(): Line {
  const sent: Sent[] = []
  return {
    sent,
    send(answer) {
      const { promise, resolve, reject } = Promise.withResolvers<string>()
      const afterwards = async () => {
        for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
      }
      sent.push({
        ...answer,
        arrive(savedAt = '2026-11-23T08:00:00.000Z') {
          resolve(savedAt)
          return afterwards()
        },
        lose() {
          reject(new TypeError('Failed to fetch'))
          return afterwards()
        },
        refuse(key) {
          reject(refused(key))
          return afterwards()
        },
      })
      return promise
    },
  }
}

export function refused(key: RefusalKey): Error {
  return new ORPCError('CONFLICT', { status: refusalStatus.conflict, data: { key, params: {} } })
}
