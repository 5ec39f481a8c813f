import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import * as z from 'zod'
import { announceGateway, invite, newOrganization } from '../../../main/centre/enrolment.ts'
import { initCentre } from '../../../main/centre/init.ts'
import { systemClock } from '../../../main/clock.ts'
import { openDatabase, type Writer } from '../../../main/database/database.ts'
import { keyFile } from '../../../main/database/key.ts'
import { joinCentre } from '../../../main/sync/join.ts'
import { replicaOf } from '../../../main/sync/replica.ts'
import { type RoundOptions, runRound } from '../../../main/sync/round.ts'
import { openTransport } from '../../../main/sync/transports/open-transport.ts'
import { startPostgres } from '../../support/postgres.ts'
import { startLineThread } from './line-thread.ts'

export type Stage = Awaited<ReturnType<typeof startStage>>
export type BenchDevice = Awaited<ReturnType<Stage['device']>>

export interface NewDevice {
  /** Writes what is there before it joins. */
  fill?: (db: Writer) => Promise<unknown>
  /** The address of the one whose laptop it is; without it, it is a computer of the whole organization. */
  trainer?: string | undefined
}

const prefix = 'bench'
const Started = z.object({ port: z.int(), fingerprint: z.string() })

/**
 * A centre in a PostgreSQL that is durable, its gateway over HTTPS and a line that counts bytes in threads of their own, and
 * machines with encrypted databases of their own in files.
 */
export async function startStage() {
  const server = await startPostgres({ isDurable: true })
  const operator = await server.migrated()
  const password = randomBytes(12).toString('hex')
  await initCentre(operator, { prefix, gatewayPassword: password })
  const gateway = new Worker(new URL('./gateway-thread.ts', import.meta.url), {
    workerData: { port: operator.port, database: operator.database, password, prefix },
  })
  const [started] = await once(gateway, 'message')
  const { port, fingerprint } = Started.parse(started)
  const line = await startLineThread(port)
  await announceGateway(operator, `https://127.0.0.1:${line.port}`, fingerprint)
  const closing: (() => Promise<void>)[] = []

  /** A new machine of the organization. */
  async function device(organizationId: number, { fill = async () => {}, trainer }: NewDevice = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'bdc-bench-device-'))
    const open = () => openDatabase(join(folder, 'bdc.db'), keyFile(join(folder, 'bdc.key')))
    const alone = await open()
    await alone.write(fill)
    const { text } = await invite(
      operator,
      trainer
        ? { organizationId, scope: 'trainer', trainer }
        : { organizationId, scope: 'organization', trainer: null },
    )
    const joining = { database: alone, clock: systemClock, app: 'bench', machine: 'bench', by: null }
    await joinCentre({ ...joining, invitation: text })
    await alone.close()
    const database = await open()
    const replica = replicaOf(database.connection)
    const transport = openTransport(database.connection)
    if (!transport) throw new Error('The device does not know its centre.')
    closing.push(async () => {
      await transport.close()
      await database.close()
      rmSync(folder, { recursive: true })
    })
    const about = { replica, transport, clock: systemClock, random: randomBytes, app: 'bench' }
    return {
      database,
      replica,
      rows: () => replica.prepared<number>('SELECT count(*) FROM sync_rows').pluck().get() ?? 0,
      round: (options: Partial<RoundOptions> = {}) => runRound({ ...about, ...options }),
    }
  }

  return {
    operator,
    line,
    organization: (name: string) => newOrganization(operator, name),
    device,
    async [Symbol.asyncDispose]() {
      for (const close of closing.toReversed()) await close()
      await line[Symbol.asyncDispose]()
      gateway.postMessage('end')
      await once(gateway, 'exit')
      await server[Symbol.asyncDispose]()
    },
  }
}
