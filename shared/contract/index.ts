import { activity } from './activity.ts'
import { analytics } from './analytics.ts'
import { appointments } from './appointments.ts'
import { assessments } from './assessments.ts'
import { attendance } from './attendance.ts'
import { backups } from './backups.ts'
import { bank } from './bank.ts'
import { beneficiaries } from './beneficiaries.ts'
import { bulk } from './bulk.ts'
import { calendarAccounts } from './calendar-accounts.ts'
import { classroom } from './classroom.ts'
import { delivery } from './delivery.ts'
import { devices } from './devices.ts'
import { documents } from './documents.ts'
import { exports } from './exports.ts'
import { goals } from './goals.ts'
import { grading } from './grading.ts'
import { groups } from './groups.ts'
import { handovers } from './handovers.ts'
import { identity } from './identity.ts'
import { imports } from './imports.ts'
import { keys } from './keys.ts'
import { kiosk } from './kiosk.ts'
import { links } from './links.ts'
import { merges } from './merges.ts'
import { messages } from './messages.ts'
import { notifications } from './notifications.ts'
import { organizations } from './organizations.ts'
import { ownFields } from './own-fields.ts'
import { peopleImports } from './people-imports.ts'
import { peopleTrash } from './people-trash.ts'
import { photos } from './photos.ts'
import { privacy } from './privacy.ts'
import { reports } from './reports.ts'
import { results } from './results.ts'
import { savedViews } from './saved-views.ts'
import { search } from './search.ts'
import { setup } from './setup.ts'
import { supervision } from './supervision.ts'
import { sync } from './sync.ts'
import { today } from './today.ts'
import { unsaved } from './unsaved.ts'

/** Everything a screen, a script or another machine can ask of the core. */
export const contract = {
  setup,
  identity,
  organizations,
  devices,
  beneficiaries,
  ownFields,
  handovers,
  goals,
  merges,
  links,
  photos,
  peopleImports,
  peopleTrash,
  groups,
  appointments,
  calendarAccounts,
  attendance,
  messages,
  unsaved,
  notifications,
  assessments,
  bank,
  imports,
  exports,
  delivery,
  keys,
  backups,
  kiosk,
  supervision,
  documents,
  classroom,
  results,
  grading,
  analytics,
  activity,
  privacy,
  reports,
  sync,
  savedViews,
  bulk,
  search,
  today,
}
