/** Whether a column names the file of a person or their account. */
export type Names = 'file' | 'account'

export interface MovedColumn {
  table: string
  column: string
  names: Names
  /** What a row is known by. */
  key: string
  /** One row of a kind for each person: where the other has it too, it stays. */
  mayCollide?: true
  /** Whoever has the row on the screen is told that it was written. */
  isVersioned?: true
}

const file = (table: string, column = 'beneficiary_id'): MovedColumn => ({ table, column, names: 'file', key: 'id' })
const account = (table: string, column: string): MovedColumn => ({ table, column, names: 'account', key: 'id' })

/** Everything that says whose it is by the number of a file or an account, and goes with the person to the file that stays. */
export const movedColumns: readonly MovedColumn[] = [
  file('beneficiaries', 'merged_into'),
  { ...file('group_members'), mayCollide: true },
  { ...file('attendance'), mayCollide: true },
  file('learner_credentials'),
  { ...file('assessments'), isVersioned: true },
  file('attempts'),
  file('responses'),
  file('assessment_results'),
  { ...file('appointments'), isVersioned: true },
  { ...file('documents'), isVersioned: true },
  file('handovers'),
  { ...file('goals'), isVersioned: true },
  file('document_uploads'),
  account('documents', 'uploaded_by'),
  account('document_shares', 'shared_with'),
  account('document_shares', 'shared_by'),
  account('document_uploads', 'user_id'),
  account('messages', 'sender_id'),
  account('messages', 'recipient_id'),
  { ...account('unsaved_entries', 'user_id'), key: 'form', mayCollide: true },
  { ...account('message_drafts', 'user_id'), key: 'name', mayCollide: true },
  account('notifications', 'user_id'),
  account('consents', 'person_id'),
  account('legal_holds', 'person_id'),
  account('privacy_requests', 'person_id'),
]

const byStaff = 'names a member of the staff, whose account cannot be merged'
const byTheList = 'narrows a list, which then shows nothing of a file that is put away'
const ofTheLog = 'what was done stands in the log under the account that did it; the timeline reads both'

const linksGo = 'goes by a rule of its own: two ends in one row, which must not become the same'

/** Everything else that names a file or an account, and why it stays as it is. */
export const stayingColumns: Readonly<Record<string, string>> = {
  'profiles.user_id': 'the profile that is put away with its account',
  'beneficiaries.user_id': 'the file that is put away with its account',
  'organizations.admin_id': byStaff,
  'beneficiaries.trainer_id': byStaff,
  'beneficiaries.deleted_by': byStaff,
  'assessments.trainer_id': byStaff,
  'appointments.trainer_id': byStaff,
  'assessment_results.overridden_by': byStaff,
  'attempt_incidents.user_id': byStaff,
  'classroom_sessions.user_id': byStaff,
  'consents.recorded_by': byStaff,
  'consent_texts.written_by': byStaff,
  'attendance.noted_by': byStaff,
  'person_links.beneficiary_id': linksGo,
  'person_links.other_id': linksGo,
  'person_links.written_by': byStaff,
  'goals.written_by': byStaff,
  'saved_views.user_id': byStaff,
  'saved_views.filters': byTheList,
  'kept_filters.user_id': byStaff,
  'kept_filters.filters': byTheList,
  'handovers.from_trainer_id': byStaff,
  'handovers.to_trainer_id': byStaff,
  'handovers.offered_by': byStaff,
  'key_corrections.user_id': byStaff,
  'legal_holds.placed_by': byStaff,
  'legal_holds.lifted_by': byStaff,
  'marks.user_id': byStaff,
  'privacy_requests.recorded_by': byStaff,
  'privacy_requests.done_by': byStaff,
  'sync_conflicts.kept_by': ofTheLog,
  'sync_conflicts.lost_by': ofTheLog,
  'sync_conflicts.decided_by': byStaff,
  'sync_conflicts.person_id': 'follows from the row that it is about, and goes when the person is erased',
  'people_imports.user_id': byStaff,
  'people_index.trainer_id': byStaff,
  'people_index.beneficiary_id': 'made anew: who is put away is in no list',
  'people_keys.beneficiary_id': 'made anew: who is put away is in no list',
  'people_import_rows.beneficiary_id': 'an import is taken back only where nothing was done since',
  'bulk_jobs.user_id': byStaff,
  'bulk_rows.beneficiary_id': 'a change to many is taken back only where nothing was done since',
  'calendar_accounts.user_id': byStaff,
  'sessions.user_id': 'ends: nobody signs in to a file that is put away',
  'sessions.beneficiary_id': 'ends: nobody sits under a file that is put away',
  'account_codes.user_id': 'ends with the way in',
  'account_codes.issued_by': byStaff,
  'activity_logs.user_id': ofTheLog,
  'activity_chain.user_id': ofTheLog,
  'activity_people.person_id': ofTheLog,
  'error_logs.user_id': ofTheLog,
  'erasure_orders.person_id': 'whoever was erased is never merged',
  'erasure_orders.erased_by': byStaff,
  'activity_logs.details': ofTheLog,
  'error_logs.context': ofTheLog,
  'documents.metadata': 'says who brought a version, under the account they had',
  'notifications.data': 'says who wrote, under the account they had; erasing them finds it',
  'message_drafts.recipients': 'whoever cannot be written to any more is left out when it is sent',
  'beneficiaries.merge_record': 'says what is to be given back',
}

/** In the keys of a record: `messages.sender_id`. */
export function placeOf({ table, column }: MovedColumn): string {
  return `${table}.${column}`
}
