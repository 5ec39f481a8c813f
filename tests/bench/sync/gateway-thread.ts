import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import pg from 'pg'
import * as z from 'zod'
import { postgresCentre } from '../../../main/centre/postgres-centre.ts'
import { testGateway } from '../../sync/transport/gateway.ts'

/** The gateway of a bench in a thread of its own, as it is in a process of its own in life. */
export const GatewayInput = z.object({ port: z.int(), database: z.string(), password: z.string(), prefix: z.string() })

async function serve({ port, database, password, prefix }: z.infer<typeof GatewayInput>) {
  const pool = new pg.Pool({ host: '127.0.0.1', port, database, user: `${prefix}_gateway`, password })
  const plenty = { perSecond: 10_000, burst: 100_000 }
  const gateway = await testGateway(
    postgresCentre(pool, (site) => `${prefix}_site_${site}`),
    { limits: { site: plenty, enrolment: plenty, address: plenty, contents: plenty, connections: 100 } },
  )
  parentPort?.on('message', async () => {
    await gateway[Symbol.asyncDispose]()
    await pool.end()
    parentPort?.close()
  })
  parentPort?.postMessage({ port: gateway.port, fingerprint: gateway.fingerprint })
}

if (!isMainThread) await serve(GatewayInput.parse(workerData))
