import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient, type RouterClient } from '@orpc/server'
import { type App, createApp } from '../../main/app.ts'
import { type Clock, systemClock } from '../../main/clock.ts'
import { keyFile } from '../../main/database/key.ts'
import type { Credentials } from '../../main/door.ts'

export type Client = RouterClient<App['router']>

export interface TestApp extends AsyncDisposable {
  dataDir: string
  /** A visitor with credentials of their own, who has not signed in. */
  visitor(): Client
  /** Closes the app and opens it again on the same data, as after a restart. */
  restart(): Promise<void>
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

/** A real app on a temporary file. `clock` may be given to make time pass. */
export async function testApp({ clock = systemClock }: { clock?: Clock } = {}): Promise<TestApp> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bdc-test-'))
  const open = () => createApp({ dataDir, keys: keyFile(join(dataDir, 'bdc.key')), clock })
  let app = await open()

  return {
    dataDir,
    visitor() {
      const credentials = memoryCredentials()
      return lateBound(() =>
        createRouterClient(app.router, { context: { credentials, ipAddress: '127.0.0.1', userAgent: 'test' } }),
      )
    },
    async restart() {
      await app.close()
      app = await open()
    },
    async [Symbol.asyncDispose]() {
      await app.close()
      rmSync(dataDir, { recursive: true })
    },
  }
}

/** A client that goes to whichever app is open when it is called. */
function lateBound(current: () => Client): Client {
  return new Proxy({} as Client, { get: (_, domain) => Reflect.get(current(), domain) })
}

export const password = 'correct horse'

/** A centre with its first administrator signed in. */
export async function testCentre(app: TestApp, name = 'Centre') {
  const admin = app.visitor()
  const email = `${randomUUID()}@example.org`
  await admin.setup.createCentre({ organizationName: name, adminName: 'Ada Admin', email, password })
  return { admin, email }
}
