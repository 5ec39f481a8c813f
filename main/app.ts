import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Router } from '@orpc/server'
import type { contract } from '../shared/contract/index.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Visitor } from './context.ts'
import { openDatabase } from './database/database.ts'
import type { KeyStore } from './database/key.ts'
import { checkLogs } from './domains/activity/checks.ts'
import { activityHandlers } from './domains/activity/handlers.ts'
import { looksOf } from './domains/activity/looks.ts'
import * as analytics from './domains/analytics/handlers.ts'
import * as assessments from './domains/assessments/handlers.ts'
import * as bank from './domains/bank/handlers.ts'
import * as beneficiaries from './domains/beneficiaries/handlers.ts'
import { isIndexIncomplete, rebuildPeopleIndex } from './domains/beneficiaries/people-index.ts'
import { roomCertificates } from './domains/classroom/certificates/kept.ts'
import { classroomHandlers } from './domains/classroom/handlers.ts'
import { roomOf } from './domains/classroom/room.ts'
import { examClock } from './domains/delivery/exam-clock.ts'
import * as delivery from './domains/delivery/handlers.ts'
import { picture } from './domains/delivery/picture.ts'
import { presenceOf } from './domains/delivery/presence.ts'
import { sittingHandlers } from './domains/delivery/sitting.ts'
import * as devices from './domains/devices/handlers.ts'
import * as documents from './domains/documents/handlers.ts'
import * as exports from './domains/exports/handlers.ts'
import * as grading from './domains/grading/handlers.ts'
import * as groups from './domains/groups/handlers.ts'
import * as identity from './domains/identity/handlers.ts'
import { openInstallation } from './domains/identity/installation.ts'
import { bcryptPasswords, type Passwords } from './domains/identity/passwords.ts'
import * as imports from './domains/imports/handlers.ts'
import * as kiosk from './domains/kiosk/handlers.ts'
import { recordError } from './domains/monitoring/record-error.ts'
import * as organizations from './domains/organizations/handlers.ts'
import { privacyHandlers } from './domains/privacy/handlers.ts'
import { carryOutOrders } from './domains/privacy/orders.ts'
import * as reports from './domains/reports/handlers.ts'
import * as results from './domains/results/handlers.ts'
import { setupHandlers } from './domains/setup/handlers.ts'
import * as supervision from './domains/supervision/handlers.ts'
import { openDoor } from './door.ts'
import type { RoomListener } from './room-listener.ts'

export interface App {
  /** The whole product behind one typed door; hosts put a transport in front of it. */
  router: Router<typeof contract, Visitor>
  /** Of this installation alone: hosts put it into what they keep at a visitor. */
  installation: string
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
}

const version = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')).version as string

export async function createApp({
  dataDir,
  keys,
  clock = systemClock,
  passwords = bcryptPasswords(),
  roomListener,
}: AppOptions): Promise<App> {
  const database = await openDatabase(join(dataDir, 'bdc.db'), keys)
  await carryOutOrders({ database, clock })
  if (await isIndexIncomplete(database.reader)) await database.write(rebuildPeopleIndex)
  const installation = await openInstallation(database, clock)
  const looks = looksOf({
    database,
    clock,
    onFailure: (error) => recordError({ database, clock }, { error, place: 'looks' }),
  })
  const exam = examClock(clock)
  const presence = presenceOf(clock)
  const { endingHandlers, ...supervising } = supervision
  const { ...delivering } = delivery
  const certificates = roomCertificates(database, clock)
  const room = roomOf({ clock, database, installation: installation.name, certificates, listener: roomListener })
  const router = openDoor(
    { database, clock, installation, passwords, looks },
    {
      setup: setupHandlers({ version }),
      identity,
      organizations,
      devices,
      beneficiaries,
      groups,
      assessments,
      documents,
      bank,
      imports,
      exports,
      delivery: { ...delivering, picture, ...sittingHandlers(exam, presence) },
      supervision: { ...supervising, ...endingHandlers(exam) },
      kiosk,
      classroom: classroomHandlers({ room, presence, certificates }),
      results,
      grading,
      analytics,
      activity: activityHandlers({ database, clock }),
      privacy: privacyHandlers({ database }),
      reports,
    },
  )
  await room.follow(router)
  // Behind the first page: nobody waits for it, and what it finds is kept.
  const checking = checkLogs({ database, clock }).catch((error: unknown) =>
    recordError({ database, clock }, { error, place: 'activity.checkLogs' }),
  )
  return {
    router,
    installation: installation.name,
    async close() {
      await room.close()
      await checking
      await database.close()
    },
  }
}
