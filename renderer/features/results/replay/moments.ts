import type { Id } from '../../../../shared/contract/base.ts'
import type { Replay } from '../../../../shared/contract/results.ts'

/** Something that happened in an attempt, in the order in which it did. */
export type Moment = { usedMs: number; at: string } & (
  | { kind: 'state'; state: Replay['states'][number]; isFirst: boolean }
  | { kind: 'incident'; incident: Replay['incidents'][number] }
)

export function momentsOf({ states, incidents }: Pick<Replay, 'states' | 'incidents'>): Moment[] {
  const seen = new Set<Id>()
  const saved = states.map((state): Moment => {
    const isFirst = !seen.has(state.questionId)
    seen.add(state.questionId)
    return { kind: 'state', usedMs: state.usedMs, at: state.savedAt, state, isFirst }
  })
  const happened = incidents.map(
    (incident): Moment => ({ kind: 'incident', usedMs: incident.usedMs, at: incident.happenedAt, incident }),
  )
  return [...saved, ...happened].sort((a, b) => a.usedMs - b.usedMs || a.at.localeCompare(b.at))
}

/** The last moment that had happened at this exam time; -1 before the first. */
export function momentAt(moments: readonly Moment[], usedMs: number): number {
  return moments.findLastIndex((moment) => moment.usedMs <= usedMs)
}

/** What stood at each question after the moments up to and with this one. */
export function answersAfter(moments: readonly Moment[], last: number): Map<Id, string> {
  const answers = new Map<Id, string>()
  for (const moment of moments.slice(0, last + 1)) {
    if (moment.kind === 'state') answers.set(moment.state.questionId, moment.state.answer)
  }
  return answers
}

/** The question that was written at last up to then. */
export function questionAt(moments: readonly Moment[], last: number): Id | undefined {
  const written = moments.slice(0, last + 1).findLast((moment) => moment.kind === 'state')
  return written?.kind === 'state' ? written.state.questionId : undefined
}
