import * as z from 'zod'
import { Id, query, Timestamp } from './base.ts'

/** Days before a share ends in which it is told. */
export const shareEndsSoonDays = 3
/** Days that the look at the groups goes back. */
export const groupDays = 28
/** Most groups shown, and most people of one that are named. */
export const mostGroups = 6
export const mostNamed = 5

/** The day where the screen is, as moments; one with a change of the clocks has 25 hours. */
const DaySpan = z
  .object({ from: Timestamp, until: Timestamp })
  .refine(({ from, until }) => from <= until && Date.parse(until) - Date.parse(from) <= 26 * 3_600_000, {
    error: 'one day',
  })
export type DaySpan = z.infer<typeof DaySpan>

export const EndingShare = z.object({
  shareId: Id,
  documentId: Id,
  filename: z.string(),
  /** Null: with the one who asks. */
  withName: z.string().nullable(),
  endsAt: Timestamp,
})
export type EndingShare = z.infer<typeof EndingShare>

/** A published assessment that opens or closes on this day. */
export const AssessmentOfDay = z.object({
  id: Id,
  title: z.string(),
  groupName: z.string().nullable(),
  opensAt: Timestamp.nullable(),
  closesAt: Timestamp.nullable(),
})
export type AssessmentOfDay = z.infer<typeof AssessmentOfDay>

export const Waiting = z.object({
  /** Written answers that a person has to mark. */
  answers: z.int(),
  handovers: z.int(),
  messages: z.int(),
  /** Pairs of people who may be one, written down on two computers. */
  likelyAcross: z.int(),
  /** What only administrators settle; null for everybody else. */
  centre: z.object({ unverified: z.int(), requests: z.int(), lateRequests: z.int() }).nullable(),
  sharesEnding: z.array(EndingShare),
  assessments: z.array(AssessmentOfDay),
  /** Whether the caller has people, and the organization something to take and something taken; else the screen shows how to begin. */
  begun: z.object({ people: z.boolean(), assessments: z.boolean(), attempts: z.boolean() }),
})
export type Waiting = z.infer<typeof Waiting>

const NamedPerson = z.object({ beneficiaryId: Id, name: z.string() })

/** How the members of a group within reach did in the last weeks. */
export const GroupProgress = z.object({
  id: Id,
  name: z.string(),
  members: z.int(),
  /** Members with a result of these weeks. */
  active: z.int(),
  /** Results with a pass mark, and how many of them reached it. */
  judged: z.int(),
  passed: z.int(),
  /** Active members who did not pass the last assessment that they took: the first by name, and how many there are. */
  behind: z.object({ count: z.int(), people: z.array(NamedPerson) }),
})
export type GroupProgress = z.infer<typeof GroupProgress>

/** What somebody who works here wants to know when they open the laptop. */
export const today = {
  waiting: query().input(DaySpan).output(Waiting),
  /** The groups with the newest results, newest first. */
  groups: query().output(z.array(GroupProgress)),
}
