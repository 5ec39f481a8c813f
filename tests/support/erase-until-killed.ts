import { join } from 'node:path'
import { openDatabase } from '../../main/database/database.ts'
import { keyFile } from '../../main/database/key.ts'
import { erasePerson } from '../../main/domains/privacy/erase.ts'

/** Erases a person in a process of its own that ends without warning between the commit and what follows it. */
const [dataDir = '', personId = '', organizationId = ''] = process.argv.slice(2)
const database = await openDatabase(join(dataDir, 'bdc.db'), keyFile(join(dataDir, 'bdc.key')))
const erasedAt = '2026-03-01T09:00:00.000Z'
const order = { personId: Number(personId), organizationId: Number(organizationId), erasedBy: null, erasedAt }
await database.write((db) => erasePerson(db, database.auditKey, order))
process.kill(process.pid, 'SIGKILL')
