import { registry, type TableName } from '../database/registry.ts'
import type { RowState } from './state.ts'

/** Columns that are agreed upon together: they make sense only as one person wrote them. */
export interface Register {
  name: string
  columns: readonly string[]
  /** Machines write it without anybody's decision; the later wins and nobody is asked. */
  isQuiet: boolean
}

export interface Rules {
  table: TableName
  /** Several columns as one register. Every other column is a register of its own name. */
  groups: Readonly<Record<string, readonly string[]>>
  quiet: readonly string[]
  /** Written once as a whole: every column that is in no group is in the register `row`. */
  isWhole: boolean
  /** Taking something away is never undone by an edit that did not know of it. */
  deletionWins: boolean
  /** Registers of which only a person decides what is right: both values stand on the conflict desk until then. */
  decidedByPeople: readonly string[]
}

const groups: Partial<Record<TableName, Rules['groups']>> = {
  profiles: {
    address: ['address', 'city', 'state', 'country', 'postal_code'],
    emergency: ['emergency_contact', 'emergency_phone'],
  },
  beneficiaries: { merge: ['merged_into', 'merged_at', 'merge_record'], trash: ['deleted_at', 'deleted_by'] },
  assessments: { schedule: ['scheduled_for', 'closes_at'], state: ['status', 'completed_at'] },
  questions: { answer: ['type', 'options', 'correct_answer', 'metadata'] },
  attempts: {
    progress: ['state', 'submitted_at', 'used_ms', 'extra_ms', 'paused_at', 'current_question_id', 'draw', 'flags'],
  },
  responses: {
    answer: ['answer', 'edit', 'time_spent'],
    grade: ['is_correct', 'points_earned', 'credit'],
  },
  assessment_results: {
    result: ['score', 'max_score', 'percentage', 'passed', 'time_taken', 'overridden_by', 'override_reason'],
  },
  appointments: {
    when: ['start_time', 'end_time', 'status', 'location', 'recurrence', 'time_zone', 'series_end'],
  },
  documents: { content: ['filename', 'file_path', 'file_size', 'mime_type'] },
  messages: {
    read: ['is_read', 'read_at'],
    hiddenBySender: ['hidden_by_sender_at'],
    hiddenByRecipient: ['hidden_by_recipient_at'],
  },
  notifications: { read: ['is_read', 'read_at'] },
  legal_holds: { lifted: ['lifted_by', 'lifted_at'] },
  privacy_requests: { done: ['outcome', 'note', 'done_by', 'done_at'] },
  learner_credentials: { throttle: ['failures', 'locked_until'] },
  erasure_orders: { attempts: ['attempt_ids'] },
  sync_conflicts: { decision: ['decided_by', 'decided_at', 'decision'] },
}

const quiet: Partial<Record<TableName, readonly string[]>> = {
  users: ['last_login'],
  messages: ['read', 'hiddenBySender', 'hiddenByRecipient'],
  notifications: ['read'],
  appointments: ['reminder_sent', 'reminded_until', 'google_event_id', 'uid'],
  learner_credentials: ['throttle'],
  erasure_orders: ['attempts'],
}

const decidedByPeople: Partial<Record<TableName, readonly string[]>> = {
  attempts: ['progress'],
  responses: ['answer', 'grade'],
  assessment_results: ['result'],
  legal_holds: ['reason', 'lifted'],
}

/** How machines agree on the rows of a table. */
export function rulesOf(table: TableName): Rules {
  const { sync } = registry[table]
  return {
    table,
    groups: groups[table] ?? {},
    // Of lines that nobody gets back nobody can be asked.
    quiet: [...(quiet[table] ?? []), ...(sync === 'push' ? ['row'] : []), 'created_at', 'updated_at'],
    isWhole: ['append', 'push'].includes(sync),
    deletionWins: table === 'document_shares' || table === 'learner_credentials',
    decidedByPeople: decidedByPeople[table] ?? [],
  }
}

/** The registers of all columns that one of the states has, by name. */
export function registersOf(rules: Rules, ...states: RowState[]): Register[] {
  const columns = new Set(states.flatMap(({ values }) => Object.keys(values)))
  const registers = new Map<string, string[]>()
  for (const column of [...columns].sort()) {
    const name = registerOf(rules, column)
    registers.set(name, [...(registers.get(name) ?? []), column])
  }
  return [...registers].map(([name, its]) => ({ name, columns: its, isQuiet: rules.quiet.includes(name) }))
}

export function registerOf({ groups: grouped, isWhole }: Rules, column: string): string {
  const found = Object.entries(grouped).find(([, columns]) => columns.includes(column))
  return found?.[0] ?? (isWhole ? 'row' : column)
}
