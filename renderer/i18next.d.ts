import type activity from './locales/en/activity.json'
import type analysis from './locales/en/analysis.json'
import type appointments from './locales/en/appointments.json'
import type assessments from './locales/en/assessments.json'
import type backups from './locales/en/backups.json'
import type bank from './locales/en/bank.json'
import type beneficiaries from './locales/en/beneficiaries.json'
import type calendarAccounts from './locales/en/calendarAccounts.json'
import type bulk from './locales/en/bulk.json'
import type classroom from './locales/en/classroom.json'
import type common from './locales/en/common.json'
import type devices from './locales/en/devices.json'
import type documents from './locales/en/documents.json'
import type editor from './locales/en/editor.json'
import type entry from './locales/en/entry.json'
import type file from './locales/en/file.json'
import type goals from './locales/en/goals.json'
import type grading from './locales/en/grading.json'
import type groups from './locales/en/groups.json'
import type handovers from './locales/en/handovers.json'
import type identity from './locales/en/identity.json'
import type key from './locales/en/key.json'
import type keys from './locales/en/keys.json'
import type kiosk from './locales/en/kiosk.json'
import type kioskSetup from './locales/en/kioskSetup.json'
import type merges from './locales/en/merges.json'
import type messages from './locales/en/messages.json'
import type notifications from './locales/en/notifications.json'
import type organizations from './locales/en/organizations.json'
import type ownFields from './locales/en/ownFields.json'
import type palette from './locales/en/palette.json'
import type peopleImport from './locales/en/peopleImport.json'
import type print from './locales/en/print.json'
import type privacy from './locales/en/privacy.json'
import type question from './locales/en/question.json'
import type refusal from './locales/en/refusal.json'
import type replay from './locales/en/replay.json'
import type reports from './locales/en/reports.json'
import type results from './locales/en/results.json'
import type savedViews from './locales/en/savedViews.json'
import type setup from './locales/en/setup.json'
import type sync from './locales/en/sync.json'
import type today from './locales/en/today.json'
import type unlock from './locales/en/unlock.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: {
      activity: typeof activity
      analysis: typeof analysis
      appointments: typeof appointments
      assessments: typeof assessments
      backups: typeof backups
      bank: typeof bank
      beneficiaries: typeof beneficiaries
      calendarAccounts: typeof calendarAccounts
      bulk: typeof bulk
      classroom: typeof classroom
      common: typeof common
      devices: typeof devices
      documents: typeof documents
      editor: typeof editor
      file: typeof file
      goals: typeof goals
      grading: typeof grading
      handovers: typeof handovers
      ownFields: typeof ownFields
      peopleImport: typeof peopleImport
      entry: typeof entry
      groups: typeof groups
      identity: typeof identity
      key: typeof key
      keys: typeof keys
      kiosk: typeof kiosk
      merges: typeof merges
      messages: typeof messages
      notifications: typeof notifications
      organizations: typeof organizations
      palette: typeof palette
      print: typeof print
      kioskSetup: typeof kioskSetup
      privacy: typeof privacy
      question: typeof question
      refusal: typeof refusal
      replay: typeof replay
      reports: typeof reports
      results: typeof results
      savedViews: typeof savedViews
      setup: typeof setup
      sync: typeof sync
      today: typeof today
      unlock: typeof unlock
    }
  }
}
