import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { registry } from '../../main/database/registry.ts'
import type { PullReply, PushReply } from '../../main/sync/wire.ts'
import { initCentre } from '../../main/centre/init.ts'
import { startPostgres } from '../support/postgres.ts'
import { report } from './measure.ts'

const people = 50_000
const rowsInAll = people * 2
const perEnvelope = 2000
const aims = { up: 10_000, down: 40_000 }

await using server = await startPostgres({ isDurable: true })
const operator = await server.database()
await initCentre(operator, { prefix: 'bench' })
