import * as z from 'zod'
import { Done, Id, mutation, query, Timestamp } from './base.ts'
import { AttemptState } from './delivery.ts'

/** What can happen to an attempt between its first and its last minute. Times that were lost are given back by rule. */
export const incidentKinds = [
  /** No sign of life while the program ran: stopped, closed, or without network. */
  'away',
  /** The program was not running: crash, power cut, restart. Known by the wall clock only. */
  'restart',
  /** The wall clock jumped, or the machine slept; exam time does not depend on it. `reason`: by how many seconds. */
  'clock_jump',
  'paused',
  'extra_time',
  'moved',
  'released',
  'ended',
  'reopened',
] as const
export const IncidentKind = z.enum(incidentKinds)
export type IncidentKind = z.infer<typeof IncidentKind>

export const Incident = z.object({
  id: Id,
  kind: IncidentKind,
  happenedAt: Timestamp,
  /** Milliseconds that did not count, or that were added. */
  lostMs: z.int().nullable(),
  reason: z.string().nullable(),
  /** Who did it; null: nobody did. */
  by: z.string().nullable(),
})
export type Incident = z.infer<typeof Incident>

/** Some attempts by their ids, or all that run at an assessment. */
const Whose = z.union([z.object({ attemptId: Id }), z.object({ assessmentId: Id })])
export type Whose = z.infer<typeof Whose>
const touched = z.object({ attempts: z.int() })

const attempt = z.object({ attemptId: Id })
const Reason = z.string().trim().min(1).max(500)
const Minutes = z.int().min(1).max(600)

/** `matches`: the answers are those that were handed in; `changed`: they are not; `superseded`: it was reopened and has another. */
export const ReceiptCheck = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('unknown') }),
  z.object({
    verdict: z.enum(['matches', 'changed', 'superseded']),
    code: z.string(),
    attemptId: Id,
    beneficiaryName: z.string(),
    title: z.string(),
    handedInAt: Timestamp,
  }),
])
export type ReceiptCheck = z.infer<typeof ReceiptCheck>

export const supervision = {
  incidents: query({ look: { action: 'attempts.look', resource: 'attempts', input: 'attemptId' } })
    .input(attempt)
    .output(z.array(Incident)),
  /** Adds to the time limit of running attempts; those without a limit have all the time anyway. */
  giveTime: mutation({ action: 'supervision.giveTime', resource: 'attempts' })
    .input(z.intersection(Whose, z.object({ minutes: Minutes })))
    .output(touched),
  /** The clock stands and the questions are covered; what was typed before still arrives. */
  pause: mutation({ action: 'supervision.pause', resource: 'attempts' }).input(Whose).output(touched),
  resume: mutation({ action: 'supervision.resume', resource: 'attempts' }).input(Whose).output(touched),
  /** Hands a running attempt in as it is. */
  end: mutation({ action: 'supervision.end', resource: 'attempts' })
    .input(attempt.extend({ reason: Reason }))
    .output(z.object({ state: AttemptState })),
  /** Back to the learner with the time that was left and these minutes; its result is withdrawn. */
  reopen: mutation({ action: 'supervision.reopen', resource: 'attempts' })
    .input(attempt.extend({ reason: Reason, minutes: z.int().min(0).max(600).default(0) }))
    .output(Done),
  /** A code of six digits, good for ten minutes and once, that moves the attempt to another seat. */
  moveCode: mutation({ action: 'supervision.moveCode', resource: 'attempts' })
    .input(attempt)
    .output(z.object({ code: z.string(), expiresAt: Timestamp })),
  /** Whoever is the learner may go on anywhere. */
  releaseSeat: mutation({ action: 'supervision.releaseSeat', resource: 'attempts' }).input(attempt).output(Done),
  checkReceipt: query()
    .input(z.object({ code: z.string().max(100) }))
    .output(ReceiptCheck),
}
