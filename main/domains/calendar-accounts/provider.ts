import type { AccountProblem } from '../../../shared/contract/calendar-accounts.ts'
import type { Anchored } from '../appointments/recurrence.ts'
import type { Fields } from './merge.ts'
import type { Travelling, Unit } from './travelling.ts'

export class CalendarFailure extends Error {
  readonly trouble: AccountProblem
  /** Of `otherHost`: which one. */
  readonly host: string | undefined
  constructor(trouble: AccountProblem, { host, ...options }: ErrorOptions & { host?: string } = {}) {
    super(trouble, options)
    this.trouble = trouble
    this.host = host
  }
}

/** One time that is taken, or the rule of many. */
export interface BusyTime {
  title: string
  startTime: string
  endTime: string
  recurrence: { rule: string; timeZone: string; seriesEnd: string } | null
  without: string[]
  /** Rules of those that are not. */
  withoutRules: Anchored[]
}

/** An event as an appointment: what travels of it, with its words, and what kind it is. */
export interface AsAppointment {
  fields: Fields
  type: string
}

export interface Remote {
  /** Where it stands: a path, or an id. */
  href: string
  etag: string
  uid: string
  /** Undefined: it says something that cannot be kept here. */
  event: Travelling | undefined
  busy: BusyTime[]
  /** Null: as an appointment it would lose something. */
  asAppointment: AsAppointment | null
}

export interface Changes {
  changed: Remote[]
  gone: string[]
  /** From where on to ask next time. */
  token: string | null
}

export interface Sending {
  uid: string
  href: string
  /** As it was known last; null: it is thought to be new. */
  etag: string | null
  unit: Unit
  /** What stands there as title, description and place stays. */
  keepsWords: boolean
}

/** A calendar elsewhere. Whatever goes wrong is a `CalendarFailure`; `changed`: somebody wrote there meanwhile. */
export interface Provider {
  /** Where a new event of this name goes: it is found there again when nobody knows whether it arrived. */
  placeOf(uid: string): string
  /** `known`: the etags of what has been seen, by place. */
  changes(token: string | null, known: ReadonlyMap<string, string>): Promise<Changes>
  read(href: string): Promise<Remote | undefined>
  put(sending: Sending): Promise<{ etag: string } | 'changed'>
  remove(place: { href: string; etag: string | null }): Promise<'done' | 'changed'>
}
