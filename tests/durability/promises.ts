import type { Id } from '../../shared/contract/base.ts'
import type { Mark } from './marks.ts'

/** Everything that the core had acknowledged at one moment. */
export interface Promises {
  emails: Set<string>
  published: Set<Id>
  /** The learner of each seat's cookie. */
  seats: Map<string, Id>
  begun: Set<Id>
  handedIn: Set<Id>
  /** The highest edit by attempt and question. */
  edits: Map<string, { attemptId: Id; questionId: Id; edit: number }>
  /** By attempt. */
  flags: Map<Id, Set<Id>>
}

export function noPromises(): Promises {
  return {
    emails: new Set(),
    published: new Set(),
    seats: new Map(),
    begun: new Set(),
    handedIn: new Set(),
    edits: new Map(),
    flags: new Map(),
  }
}

export function promise(promises: Promises, mark: Mark) {
  switch (mark.kind) {
    case 'centre':
      return promises.emails.add(mark.email)
    case 'published':
      return promises.published.add(mark.assessmentId)
    case 'seated':
      return promises.seats.set(mark.token, mark.beneficiaryId)
    case 'begun':
      return promises.begun.add(mark.attemptId)
    case 'handedIn':
      return promises.handedIn.add(mark.attemptId)
    case 'saved':
      return promises.edits.set(`${mark.attemptId} ${mark.questionId}`, mark)
    case 'flagged': {
      const flags = promises.flags.get(mark.attemptId) ?? new Set()
      promises.flags.set(mark.attemptId, flags)
      return mark.isFlagged ? flags.add(mark.questionId) : flags.delete(mark.questionId)
    }
  }
}
