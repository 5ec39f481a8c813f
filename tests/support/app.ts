import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient, type RouterClient } from '@orpc/server'
import { type App, createApp } from '../../main/app.ts'
import { type Clock, systemClock } from '../../main/clock.ts'
import type { Credentials, Visitor } from '../../main/context.ts'
import { openDatabase, type Writer } from '../../main/database/database.ts'
import { keyFile } from '../../main/database/key.ts'
import type { GoogleAddresses } from '../../main/domains/calendar-accounts/google/client.ts'
import { bcryptPasswords, type Passwords } from '../../main/domains/identity/passwords.ts'
import { leastCost } from '../../main/keys/passphrase.ts'
import type { RoomListener } from '../../main/room-listener.ts'
import { putNewData } from './new-data.ts'

export type Client = RouterClient<App['router']>

export type Place = Pick<Visitor, 'ipAddress' | 'userAgent'>
const thisComputer: Place = { ipAddress: '127.0.0.1', userAgent: 'test' }

export interface TestApp extends AsyncDisposable {
  dataDir: string
  /** A visitor with credentials of their own, who has not signed in. */
  visitor(credentials?: Credentials, place?: Place): Client
  /** Closes the app and opens it again on the same data, as after a restart. */
  restart(): Promise<void>
  /** The same with another way to hash passwords. */
  reopenWith(passwords: Passwords): Promise<void>
  /** Closes the app so that another program can use the data; `withDatabase` still works. */
  pause(): Promise<void>
  /** Opens it again after `pause`. */
  resume(): Promise<void>
  /** Puts an older database in the place of this one while the app is closed. */
  restore(bytes: Buffer): void
  /** Reads or writes the database itself, behind the app's back and while it is closed. */
  withDatabase<T>(work: (db: Writer) => Promise<T>): Promise<T>
}

export function memoryCredentials(): Credentials {
  let token: string | undefined
  return {
    read: () => token,
    write(next) {
      token = next
    },
  }
}

/** The same bcrypt in a hundredth of the time. */
export const quickPasswords = bcryptPasswords(4)

interface TestAppOptions {
  google?: GoogleAddresses
  clock?: Clock
  roomListener?: RoomListener
}

/** A real app on a temporary file. `clock` may be given to make time pass. */
export async function testApp({ clock = systemClock, roomListener, google }: TestAppOptions = {}): Promise<TestApp> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bdc-test-'))
  const keys = keyFile(join(dataDir, 'bdc.key'))
  let passwords: Passwords = quickPasswords
  await putNewData(dataDir)
  const open = () =>
    createApp({ dataDir, keys, clock, passwords, passphraseCost: leastCost, roomListener, ...(google && { google }) })
  let app = await open()
  let isPaused = false

  return {
    dataDir,
    visitor(credentials = memoryCredentials(), place) {
      return lateBound(
        () => app,
        (current) => visitorOf(current, credentials, place),
      )
    },
    async restart() {
      await app.close()
      app = await open()
    },
    async reopenWith(others) {
      passwords = others
      await app.close()
      app = await open()
    },
    async pause() {
      await app.close()
      isPaused = true
    },
    async resume() {
      app = await open()
      isPaused = false
    },
    restore(bytes) {
      writeFileSync(join(dataDir, 'bdc.db'), bytes)
    },
    async withDatabase(work) {
      if (!isPaused) await app.close()
      const database = await openDatabase(join(dataDir, 'bdc.db'), keys)
      try {
        return await database.write(work)
      } finally {
        await database.close()
        if (!isPaused) app = await open()
      }
    },
    async [Symbol.asyncDispose]() {
      if (!isPaused) await app.close()
      rmSync(dataDir, { recursive: true })
    },
  }
}

/** A client in the same process, without a host between. */
export function visitorOf(app: App, credentials = memoryCredentials(), place: Place = thisComputer): Client {
  return createRouterClient(app.router, { context: { credentials, ...place } })
}

/** A client that goes to whichever app is open when it is called. */
function lateBound(currentApp: () => App, connect: (app: App) => Client): Client {
  let app = currentApp()
  let client = connect(app)
  return new Proxy({} as Client, {
    get(_, domain) {
      if (app !== currentApp()) {
        app = currentApp()
        client = connect(app)
      }
      return Reflect.get(client, domain)
    },
  })
}
