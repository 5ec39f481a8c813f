import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Router } from '@orpc/server'
import type { contract } from '../shared/contract/index.ts'
import { type Backups, backupsOf } from './backup/backups.ts'
import { startSchedule } from './backup/schedule.ts'
import { changeSettings, readSettings } from './backup/settings.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Visitor } from './context.ts'
import { type DatabaseFile, openDatabase } from './database/database.ts'
import type { KeyStore } from './database/key.ts'
import { checkLogs, keepVerifying } from './domains/activity/checks.ts'
import { activityHandlers } from './domains/activity/handlers.ts'
import { logActivity } from './domains/activity/log.ts'
import { looksOf } from './domains/activity/looks.ts'
import * as analytics from './domains/analytics/handlers.ts'
import { appointmentsHandlers } from './domains/appointments/handlers.ts'
import { keepReminding } from './domains/appointments/reminders.ts'
import { undoShelf } from './domains/appointments/undo.ts'
import * as assessments from './domains/assessments/handlers.ts'
import * as attendance from './domains/attendance/handlers.ts'
import { backupsHandlers } from './domains/backups/handlers.ts'
import * as bank from './domains/bank/handlers.ts'
import * as beneficiaries from './domains/beneficiaries/handlers.ts'
import { isIndexIncomplete, rebuildPeopleIndex } from './domains/beneficiaries/people-index.ts'
import { bulkOf } from './domains/bulk/handlers.ts'
import { type GoogleAddresses, googleAddresses } from './domains/calendar-accounts/google/client.ts'
import { calendarAccountsHandlers } from './domains/calendar-accounts/handlers.ts'
import { keepCalendarsAgreed } from './domains/calendar-accounts/rounds.ts'
import { roomCertificates } from './domains/classroom/certificates/kept.ts'
import { classroomHandlers } from './domains/classroom/handlers.ts'
import { roomOf } from './domains/classroom/room.ts'
import { erased } from './domains/delivery/erased.ts'
import { examClock } from './domains/delivery/exam-clock.ts'
import * as delivery from './domains/delivery/handlers.ts'
import { picture } from './domains/delivery/picture.ts'
import { presenceOf } from './domains/delivery/presence.ts'
import { sittingHandlers } from './domains/delivery/sitting.ts'
import * as devices from './domains/devices/handlers.ts'
import { documentsHandlers } from './domains/documents/handlers.ts'
import { dropDigests, keepTidy } from './domains/documents/tidy.ts'
import * as exports from './domains/exports/handlers.ts'
import { sealing } from './domains/exports/seal.ts'
import * as goals from './domains/goals/handlers.ts'
import * as grading from './domains/grading/handlers.ts'
import * as groups from './domains/groups/handlers.ts'
import * as handovers from './domains/handovers/handlers.ts'
import * as identity from './domains/identity/handlers.ts'
import { openInstallation } from './domains/identity/installation.ts'
import { bcryptPasswords, type Passwords } from './domains/identity/passwords.ts'
import { deleteAllSessions, userById } from './domains/identity/queries.ts'
import * as imports from './domains/imports/handlers.ts'
import { keysHandlers } from './domains/keys/handlers.ts'
import * as kiosk from './domains/kiosk/handlers.ts'
import * as links from './domains/links/handlers.ts'
import { emptyMergedFiles } from './domains/merges/empty.ts'
import * as merges from './domains/merges/handlers.ts'
import * as messages from './domains/messages/handlers.ts'
import { areTextsIncomplete, completeTexts } from './domains/messages/texts.ts'
import { recordError } from './domains/monitoring/record-error.ts'
import * as notifications from './domains/notifications/handlers.ts'
import { tellOfOpening } from './domains/notifications/sharing.ts'
import * as organizations from './domains/organizations/handlers.ts'
import { organizationRows } from './domains/organizations/queries.ts'
import * as ownFields from './domains/own-fields/handlers.ts'
import { peopleImportsHandlers } from './domains/people-imports/handlers.ts'
import { emptyPeopleTrash } from './domains/people-trash/empty.ts'
import * as peopleTrash from './domains/people-trash/handlers.ts'
import * as photos from './domains/photos/handlers.ts'
import { privacyHandlers } from './domains/privacy/handlers.ts'
import { forgetLeft } from './domains/privacy/left.ts'
import { carryOutOrders } from './domains/privacy/orders.ts'
import { ordersIn } from './domains/privacy/orders-file.ts'
import * as reports from './domains/reports/handlers.ts'
import * as results from './domains/results/handlers.ts'
import * as savedViews from './domains/saved-views/handlers.ts'
import * as search from './domains/search/handlers.ts'
import { setupHandlers } from './domains/setup/handlers.ts'
import * as supervision from './domains/supervision/handlers.ts'
import { syncHandlers } from './domains/sync/handlers.ts'
import * as today from './domains/today/handlers.ts'
import * as unsaved from './domains/unsaved/handlers.ts'
import { openDoor } from './door.ts'
import { type Keychain, keyRing, tidyKeyFile } from './keys/key-ring.ts'
import type { PassphraseCost } from './keys/passphrase.ts'
import type { RoomListener } from './room-listener.ts'
import { openLink } from './sync/link.ts'
import { lookAgain } from './sync/look-again.ts'
import { noticeOwnLife } from './sync/site-file.ts'

export interface App {
  /** The whole product behind one typed door; hosts put a transport in front of it. */
  router: Router<typeof contract, Visitor>
  /** Of this installation alone: hosts put it into what they keep at a visitor. */
  installation: string
  /**
   * Resolves when another state of the data has been decided upon, or when the centre has shut this machine out: the host has
   * to close this app, and to open a new one as after a start.
   */
  restored: Promise<'restored' | 'shutOut'>
  /** Resolves when the look at the activity log that a start begins is through. */
  checked: Promise<unknown>
  /** Finishes what is being written and closes the database. */
  close(): Promise<void>
}

export interface AppOptions {
  dataDir: string
  keys: KeyStore
  clock?: Clock
  /** Slow on purpose; tests take a fast one. */
  passwords?: Passwords
  /** How the devices of a classroom reach this machine; without one, no session can start. */
  roomListener?: RoomListener
  /** Where the host can put a secret so that this computer starts by itself. */
  keychain?: Keychain
  /** What a guess at a new passphrase costs; tests take the least. */
  passphraseCost?: PassphraseCost
  /** A module that knows another way to the centre than its address; only tests have one. */
  way?: string
  /** Where Google answers; only tests have another place. */
  google?: GoogleAddresses
}

/** Of this program, as its package says. */
export const appVersion = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'))
  .version as string

/** At every start of a machine that its centre has shut out, before anything of it is shown. */
export function askWhetherShutOut(dataDir: string, keys: KeyStore): Promise<void> {
  return lookAgain({ dataDir, app: appVersion }, keys)
}

export async function createApp(options: AppOptions): Promise<App> {
  const database = await openDatabase(join(options.dataDir, 'bdc.db'), options.keys)
  try {
    return await appOn(database, options)
  } catch (error) {
    await database.close()
    throw error
  }
}

async function appOn(
  database: DatabaseFile,
  {
    dataDir,
    keys,
    clock = systemClock,
    passwords = bcryptPasswords(),
    roomListener,
    keychain,
    passphraseCost,
    way,
    google = googleAddresses,
  }: AppOptions,
): Promise<App> {
  noticeOwnLife(database)
  await carryOutOrders({ database, clock })
  await forgetLeft({ database, clock })
  if (await isIndexIncomplete(database.reader)) await database.write(rebuildPeopleIndex)
  if (await areTextsIncomplete(database.reader)) await database.write(completeTexts)
  const installation = await openInstallation(database, clock)
  const ring = ringOf(database.key, keys, { dataDir, clock, keychain, passphraseCost })
  const restoring = Promise.withResolvers<'restored' | 'shutOut'>()
  await logRestore(database, dataDir, clock)
  const backups: Backups = backupsOf({
    dataDir,
    databasePath: database.path,
    databaseKey: database.key,
    clock,
    app: appVersion,
    slots: ring.slots,
    orders: () => ordersIn(database.connection).length,
  })
  function giveWay(why: 'restored' | 'shutOut') {
    database.giveWay()
    // The answer to the call that decided it is on its way by then.
    setTimeout(() => restoring.resolve(why), 300)
  }
  const link = openLink({ database, dataDir, clock, app: appVersion, way, startAnew: giveWay })
  const looks = looksOf({
    database,
    clock,
    onFirst: tellOfOpening,
    onFailure: (error) => recordError({ database, clock }, { error, place: 'looks' }),
  })
  const exam = examClock(clock)
  const presence = presenceOf(clock)
  const { endingHandlers, ...supervising } = supervision
  const { ...delivering } = delivery
  const { withdrawing, ...registering } = beneficiaries
  const certificates = roomCertificates(database, clock)
  const room = roomOf({ clock, database, installation: installation.name, certificates, listener: roomListener })
  const tidying = (error: unknown) => recordError({ database, clock }, { error, place: 'documents.tidy' })
  const documents = documentsHandlers({
    folder: dataDir,
    dropLater: (digests) => void dropDigests(database, digests).catch(tidying),
  })
  const failing = (place: string) => (error: unknown) => recordError({ database, clock }, { error, place })
  const appointmentsUndo = undoShelf()
  const rounds = keepCalendarsAgreed({ database, clock, google, onFailure: failing('calendarAccounts') })
  const bulk = bulkOf({ database, clock, onFailure: failing('bulk') })
  const router = openDoor(
    { database, clock, installation, passwords, looks },
    {
      setup: setupHandlers({ version: appVersion, backups, clock, giveWay: () => giveWay('restored') }),
      identity,
      organizations,
      devices,
      beneficiaries: { ...registering, withdrawMany: withdrawing(database) },
      ownFields,
      handovers,
      goals,
      merges,
      links,
      photos,
      peopleImports: peopleImportsHandlers(),
      peopleTrash,
      groups,
      appointments: appointmentsHandlers(appointmentsUndo),
      calendarAccounts: calendarAccountsHandlers({
        database,
        rounds,
        google,
        shelf: appointmentsUndo,
        onFailure: failing('calendarAccounts'),
      }),
      attendance,
      messages,
      unsaved,
      notifications,
      assessments,
      documents,
      bank,
      imports,
      exports: { assessment: exports.assessment, bank: exports.bank, seal: sealing(passphraseCost) },
      delivery: { ...delivering, picture, erased, ...sittingHandlers(exam, presence) },
      supervision: { ...supervising, ...endingHandlers(exam) },
      keys: keysHandlers(ring, async () => (await keychain?.name()) !== undefined),
      backups: backupsHandlers({ backups, dataDir, giveWay: () => giveWay('restored') }),
      kiosk,
      classroom: classroomHandlers({ room, presence, certificates }),
      results,
      grading,
      analytics,
      activity: activityHandlers({ database, clock }),
      privacy: privacyHandlers({ database }),
      reports,
      sync: syncHandlers(link),
      savedViews,
      bulk: bulk.handlers,
      search,
      today,
    },
  )
  await room.follow(router)
  const stopSchedule = startSchedule({ backups, dataDir, clock })
  // Behind the first page: nobody waits for it, and what it finds is kept.
  const onFailure = (error: unknown) => recordError({ database, clock }, { error, place: 'activity.checkLogs' })
  const emptyOthers = (those: { database: DatabaseFile; clock: Clock }) =>
    emptyMergedFiles(those)
      .then(() => emptyPeopleTrash(those))
      .then(bulk.forgetOld)
  const tidy = keepTidy({ database, clock, emptyOthers, onFailure: tidying })
  const reminders = keepReminding({
    database,
    clock,
    onFailure: (error) => recordError({ database, clock }, { error, place: 'appointments.remind' }),
  })
  const checking = Promise.all([checkLogs({ database, clock }).catch(onFailure), tidy.first])
  const stopVerifying = keepVerifying({ database, clock, onFailure })
  return {
    router,
    installation: installation.name,
    restored: restoring.promise,
    checked: checking,
    async close() {
      stopSchedule()
      await bulk.stop()
      await link.stop()
      await stopVerifying()
      await tidy.stop()
      await reminders.stop()
      await rounds.stop()
      await backups.close()
      await room.close()
      await checking
      await database.close()
    },
  }
}

type KeyOptions = Pick<AppOptions, 'dataDir' | 'keychain' | 'passphraseCost'> & { clock: Clock }

/** The slots of the open database, in order, and with the use of the one that opened it noted. */
function ringOf(databaseKey: Buffer, keys: KeyStore, { dataDir, clock, keychain, passphraseCost }: KeyOptions) {
  const now = clock.now().toISOString()
  tidyKeyFile(dataDir, databaseKey, now)
  const ring = keyRing({ dataDir, databaseKey, keychain, cost: passphraseCost })
  const slotId = keys.openedSlot?.()
  if (slotId !== undefined) ring.noteUse(slotId, now)
  return ring
}

/** The line about a restore belongs into the database that was restored, which only opens after it; nobody is signed in there. */
async function logRestore(database: DatabaseFile, dataDir: string, clock: Clock) {
  const { unlogged } = readSettings(dataDir)
  if (!unlogged) return
  await database.write(async (db) => {
    await deleteAllSessions(db)
    const by = unlogged.by === null ? undefined : await userById(db, unlogged.by)
    // Without an account behind it, as from the command line, it concerns every organization alike.
    const organizations = by ? [by.organizationId] : (await organizationRows(db)).map(({ id }) => id)
    for (const organizationId of organizations) {
      await logActivity(db, database.auditKey, {
        actor: { userId: by?.id ?? null, organizationId },
        action: 'backups.restored',
        resourceId: null,
        details: { madeAt: unlogged.madeAt },
        visitor: { ipAddress: '', userAgent: '' },
        now: clock.now().toISOString(),
      })
    }
  })
  changeSettings(dataDir, { unlogged: null })
}
